// Every capacity from nothing to enough, between pages that nobody may touch; and no allocation.
#include <gtest/gtest.h>

#include "tests/sip/edit_check.h"
#include "tests/sip/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward::sip {
namespace {

constexpr Edit kEdits[] = {
    {.kind = EditKind::kStripIdentity, .number = kStripEverything},
    {.kind = EditKind::kAdd, .place = EditPlace::kTop, .name = "Via", .value = "SIP/2.0/UDP a"},
    {.kind = EditKind::kSet, .name = "User-Agent", .value = "border"},
    {.kind = EditKind::kRemove, .which = EditWhich::kLast, .name = "Contact"},
    {.kind = EditKind::kReplace, .name = "Subject", .value = "s"},
    {.kind = EditKind::kBody, .value = "text/plain", .body = "body"}};

TEST(EditGuard, EveryCapacity) {
  GuardedPages in(1 << 16);
  GuardedPages out(1 << 16);
  Message message;
  const std::string blank(1 << 16, 'z');
  for (const std::string& text : OwnMessages()) {
    const std::string_view bytes = in.AtEnd(text);
    message.Parse(bytes, {});
    for (const bool normalise : {false, true}) {
      for (const std::span<const Edit> edits :
           {std::span<const Edit>(), std::span<const Edit>(kEdits)}) {
        const EditOptions how{.normalise = normalise};
        const EditResult needed = WriteMessage(message, edits, how, nullptr, 0);
        if (needed.problem != EditProblem::kSpace) continue;
        for (size_t capacity = 0; capacity <= needed.size; ++capacity) {
          // The buffer's last octet is the last of its page.
          const std::string_view room = out.AtEnd(std::string_view(blank).substr(0, capacity));
          const EditResult result =
              WriteMessage(message, edits, how, const_cast<char*>(room.data()), capacity);
          ASSERT_EQ(result.size, needed.size);
          ASSERT_EQ(result.problem == EditProblem::kNone, capacity == needed.size);
          if (capacity < needed.size) {
            ASSERT_EQ(room.find_first_not_of('z'), room.npos);
          }
        }
      }
    }
  }
}

TEST(EditGuard, WritingAllocatesNothing) {
  std::vector<std::string> texts = OwnMessages();
  texts.push_back(InviteWith("X: a\r\n Identity: b\r\nx y\r\nP-Asserted-Identity\r\n : c\r\n"));
  Message message;
  std::vector<char> room(1 << 16);
  size_t written = 0;
  const size_t before = allocation_count();
  for (const std::string& text : texts) {
    message.Parse(text, {});
    for (const bool normalise : {false, true}) {
      written += WriteMessage(message, kEdits, {.normalise = normalise}, room.data(), room.size())
                     .problem == EditProblem::kNone;
    }
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(written, 40u);
}

}  // namespace
}  // namespace sipward::sip
