// Messages and their prefixes between two pages that nobody may read, through the parser, every
// accessor and the framer, in both profiles.
//
// All prefixes of our own messages and of the corpus' single ones; of the PROTOS messages the whole
// and every 31st prefix, of those beyond 4 KB every 997th; under a sanitizer of one message in
// eight. SIPWARD_ALL_PREFIXES=1: all, which takes an hour.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/sip/guarded.h"

namespace sipward::sip {
namespace {

TEST(Guard, EveryPrefixOfOurMessages) {
  Guarded guarded;
  const std::vector<std::string> messages = OwnMessages();
  for (const std::string& message : messages) guarded.ReadPrefixes(message, 1, 0);
  EXPECT_GT(messages.size(), 25u);
  EXPECT_GT(guarded.reads(), 10'000u);
}

TEST(Guard, EveryPrefixOfTheCorpora) {
  Guarded guarded;
  const std::vector<std::string> messages = CorpusMessages();
  if (messages.empty()) {
    std::cout << "SKIPPED Guard.EveryPrefixOfTheCorpora\n";
    GTEST_SKIP();
  }
  for (const std::string& message : messages) guarded.ReadPrefixes(message, 1, 0);
  EXPECT_GT(guarded.reads(), 100'000u);
  std::cout << "prefixes: " << messages.size() << " messages, " << guarded.reads() << " reads\n";
}

TEST(Guard, PrefixesOfProtos) {
  Guarded guarded;
  const std::vector<std::string> messages = ProtosSample();
  if (messages.empty()) {
    std::cout << "SKIPPED Guard.PrefixesOfProtos\n";
    GTEST_SKIP();
  }
  EXPECT_EQ(messages.size(), (4'527 + kSampledOneOf - 1) / kSampledOneOf);
  for (size_t i = 0; i < messages.size(); ++i) {
    guarded.ReadPrefixes(messages[i], messages[i].size() > 4'096 ? 997 : 31, i);
  }
  EXPECT_GT(guarded.reads(), 80'000u / kSampledOneOf);
  std::cout << "prefixes: " << messages.size() << " messages, " << guarded.reads() << " reads\n";
}

}  // namespace
}  // namespace sipward::sip
