// Messages of real programs written back: copied, in normal form, stripped, and with a header more.
#include <gtest/gtest.h>

#include "tests/captures/captured.h"
#include "tests/sip/edit_check.h"

namespace sipward::captures {
namespace {

using namespace sip;

TEST(Edit, WhatWasRecordedIsWrittenBackWhole) {
  const Captured& all = AllCaptures();
  const Edit strip[] = {{.kind = EditKind::kStripIdentity, .number = kStripEverything}};
  const Edit add[] = {{.place = EditPlace::kTop, .name = "X-Border", .value = "1"}};
  EditCheck check;
  size_t written = 0;
  for (size_t i = 0; i < all.packets.size(); ++i) {
    const std::string_view text = all.Message(i);
    for (const std::span<const Edit> edits :
         {std::span<const Edit>(), std::span<const Edit>(strip), std::span<const Edit>(add)}) {
      for (const bool normalise : {false, true}) {
        ASSERT_TRUE(check.Run(text, {}, edits, {.normalise = normalise})) << check.why() << " in\n"
                                                                          << text;
        if (check.result().problem != EditProblem::kNone) continue;
        ++written;
        ASSERT_TRUE(check.SameFields()) << check.why() << " in\n" << text;
      }
    }
  }
  EXPECT_GT(written, all.packets.size() * 3);
}

}  // namespace
}  // namespace sipward::captures
