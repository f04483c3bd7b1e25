// The same bytes give the same answer: at every alignment, and as a stream whole, byte by byte and
// in two pieces.
//
// Our own messages, the golden cases, the corpus' single ones and PROTOS. All cuts of those up to
// 4 KB; of longer ones 16, from another one on for each message. SIPWARD_ALL_PREFIXES=1: all.
#include "tests/sip/identity.h"

#include <iostream>

#include "tests/sip/golden/case.h"

namespace sipward::sip {
namespace {

std::vector<std::string> GoldenMessages() {
  std::vector<golden::Problem> problems;
  std::vector<std::string> messages;
  for (golden::Case& test : golden::ReadAllPages(&problems)) {
    if (test.corpus.empty()) messages.push_back(std::move(test.bytes));
  }
  return messages;
}

// Own and golden messages, and those of the corpus.
std::vector<std::string> SingleMessages() {
  std::vector<std::string> messages = OwnMessages();
  for (auto more : {GoldenMessages(), CorpusMessages()}) {
    if (more.empty()) std::cout << "SKIPPED the corpus\n";
    std::move(more.begin(), more.end(), std::back_inserter(messages));
  }
  return messages;
}

void Print(std::string_view what, size_t messages, uint64_t compared) {
  std::cout << what << ": " << messages << " messages, " << compared << " comparisons\n";
}

void ExpectOneAnswer(const std::vector<std::string>& messages) {
  Identity identity;
  for (const std::string& message : messages) identity.ReadAtAlignments(message, 1, 0);
  EXPECT_EQ(identity.different(), 0u);
  EXPECT_EQ(identity.readings(), messages.size() * 128);
  Print("alignments", messages.size(), identity.readings());
}

void ExpectOneFraming(const std::vector<std::string>& messages) {
  constexpr size_t kLong = 4096;
  constexpr size_t kCutsOfLong = 16;
  Identity identity;
  for (size_t i = 0; i < messages.size(); ++i) {
    const size_t size = messages[i].size();
    identity.FrameInPieces(messages[i], size > kLong ? 2 * size / kCutsOfLong : 1, i * 97);
  }
  EXPECT_EQ(identity.different(), 0u);
  EXPECT_GT(identity.streams(), messages.size());
  Print("cuts", messages.size(), identity.streams());
}

TEST(Identity, SingleMessagesAtEveryAlignment) { ExpectOneAnswer(SingleMessages()); }

TEST(Identity, SingleMessagesInPieces) { ExpectOneFraming(SingleMessages()); }

class ProtosIdentity : public testing::Test {
 protected:
  void SetUp() override {
    messages_ = ProtosMessages();
    if (messages_.empty()) {
      std::cout << "SKIPPED " << testing::UnitTest::GetInstance()->current_test_info()->name()
                << " of PROTOS\n";
      GTEST_SKIP();
    }
  }
  std::vector<std::string> messages_;
};

TEST_F(ProtosIdentity, AtEveryAlignment) { ExpectOneAnswer(messages_); }

TEST_F(ProtosIdentity, InPieces) { ExpectOneFraming(messages_); }

}  // namespace
}  // namespace sipward::sip
