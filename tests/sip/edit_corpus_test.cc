// Everything that lies about, written back: as it is, in normal form, stripped, and with a header
// that has nothing to do with the others.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/sip/edit_check.h"
#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

std::vector<std::string> AllMessages() {
  std::vector<std::string> all = OwnMessages();
  for (const auto& more : {CorpusMessages(), ProtosMessages()}) {
    if (more.empty()) std::cout << "SKIPPED a corpus of EditCorpus\n";
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

class EditCorpus : public testing::Test {
 protected:
  // Over every message in both profiles; returns how many were written.
  int RunAll(std::span<const Edit> edits, const EditOptions& how) {
    int written = 0;
    for (const std::string& text : messages_) {
      for (const Profile profile : {Profile::kTolerant, Profile::kStrict}) {
        const ParseOptions options{.profile = profile};
        EXPECT_TRUE(check_.Run(text, options, edits, how)) << check_.why() << " in\n"
                                                           << text << "\nas\n"
                                                           << check_.written();
        const bool refused =
            check_.before().status() != ParseStatus::kOk || !check_.before().complete();
        EXPECT_EQ(check_.result().problem == EditProblem::kMessage, refused);
        if (check_.result().problem == EditProblem::kNone) ++written;
        if (HasFailure()) return written;
      }
    }
    return written;
  }

  std::vector<std::string> messages_ = AllMessages();
  EditCheck check_;
};

TEST_F(EditCorpus, ACopyIsExact) { EXPECT_GT(RunAll({}, {}), 40); }

TEST_F(EditCorpus, TheNormalFormSaysTheSame) { EXPECT_GT(RunAll({}, {.normalise = true}), 40); }

TEST_F(EditCorpus, TheNormalFormOfANormalFormIsItself) {
  for (const std::string& text : messages_) {
    check_.Run(text, {}, {}, {.normalise = true});
    if (check_.result().problem != EditProblem::kNone) continue;
    const std::string once = check_.written();
    ASSERT_TRUE(check_.Run(once, {}, {}, {.normalise = true})) << check_.why();
    ASSERT_EQ(check_.written(), once);
  }
}

TEST_F(EditCorpus, NothingOfTheSetIsLeft) {
  const Edit strip[] = {{.kind = EditKind::kStripIdentity, .number = kStripEverything}};
  EXPECT_GT(RunAll(strip, {}), 40);
  EXPECT_GT(RunAll(strip, {.normalise = true}), 40);
}

TEST_F(EditCorpus, AnUnrelatedHeaderChangesNoOtherField) {
  for (const EditPlace place : {EditPlace::kTop, EditPlace::kEnd}) {
    const Edit edits[] = {
        {.kind = EditKind::kAdd, .place = place, .name = "X-Border", .value = "a;b=\"c\" <d>"}};
    int written = 0;
    for (const std::string& text : messages_) {
      ASSERT_TRUE(check_.Run(text, {}, edits, {})) << check_.why() << " in\n" << text;
      if (check_.result().problem != EditProblem::kNone) continue;
      ++written;
      ASSERT_TRUE(check_.SameFields()) << check_.why() << " in\n" << text;
      const Header* added = check_.after().Find("X-Border");
      ASSERT_NE(added, nullptr);
      EXPECT_EQ(added->value.In(check_.written().data()), "a;b=\"c\" <d>");
      // Taken out again, the message is what it was but for its framing.
      const std::string with = check_.written();
      const Edit remove[] = {
          {.kind = EditKind::kRemove, .which = EditWhich::kFirst, .name = "x-border"}};
      ASSERT_TRUE(check_.Run(with, {}, remove, {})) << check_.why();
      const std::string without = check_.written();
      const Edit nothing[] = {
          {.kind = EditKind::kRemove, .which = EditWhich::kFirst, .name = "X-Not-There"}};
      ASSERT_TRUE(check_.Run(text, {}, nothing, {})) << check_.why();
      ASSERT_EQ(check_.written(), without);
    }
    EXPECT_GT(written, 40);
  }
}

}  // namespace
}  // namespace sipward::sip
