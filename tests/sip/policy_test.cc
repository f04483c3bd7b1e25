// What refuses a message: the columns of anomaly.def, and the changes that a host makes to them.
#include <gtest/gtest.h>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

ParseStatus Read(const std::string& text, const ParseOptions& options, Message* message) {
  message->Parse(text, options);
  return message->Validate();
}

constexpr AnomalyId IdOf(int i) { return static_cast<AnomalyId>(i); }

TEST(PolicyTest, AProfileIsItsColumn) {
  int leniencies = 0;
  for (int i = 0; i < kAnomalyCount; ++i) {
    const AnomalyInfo& info = Describe(IdOf(i));
    EXPECT_EQ(RefusedBy(Profile::kStrict).Has(IdOf(i)), info.refused_in_strict) << info.name;
    EXPECT_EQ(RefusedBy(Profile::kTolerant).Has(IdOf(i)), info.refused_in_tolerant) << info.name;
    EXPECT_EQ(IsLeniency(IdOf(i)), !info.refused_in_tolerant) << info.name;
    // What tolerant refuses, strict refuses too; and no limit can be waived.
    EXPECT_TRUE(info.refused_in_strict || !info.refused_in_tolerant) << info.name;
    if (info.cls == AnomalyClass::kLimit) {
      EXPECT_FALSE(IsLeniency(IdOf(i))) << info.name;
    }
    leniencies += info.refused_in_strict && !info.refused_in_tolerant;
  }
  EXPECT_GT(leniencies, 40);
}

TEST(PolicyTest, TheFirstThatRefusesIsTheError) {
  AnomalySet refusing;
  refusing.Add(AnomalyId::kUriTwoAt);
  AnomalyLog log;
  log.set_refusing(refusing);
  log.Add(AnomalyId::kStartMalformed, 1);
  EXPECT_EQ(log.error(), nullptr);
  log.Add(AnomalyId::kUriTwoAt, 2);
  log.Add(AnomalyId::kUriTwoAt, 3);
  ASSERT_NE(log.error(), nullptr);
  EXPECT_EQ(log.error()->offset, 2u);
  EXPECT_EQ(log.size(), 3);
}

// Two leniencies in one message: each is a switch of its own.
TEST(PolicyTest, ChangesHoldForOneAnomalyAlone) {
  const std::string text =
      "OPTIONS sip:a@example.com SIP/2.0\n"
      "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
      "Max-Forwards: 300\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:a@example.com>\r\n"
      "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n";
  AnomalySet line, number, both;
  line.Add(AnomalyId::kLineBareLf);
  number.Add(AnomalyId::kMaxForwardsRange);
  both.Add(line);
  both.Add(number);
  Message message;
  constexpr Profile kStrict = Profile::kStrict;
  EXPECT_EQ(Read(text, {}, &message), ParseStatus::kOk);
  EXPECT_EQ(Read(text, {.profile = kStrict}, &message), ParseStatus::kMalformed);
  EXPECT_EQ(Read(text, {.profile = kStrict, .accepted = line}, &message), ParseStatus::kMalformed);
  ASSERT_NE(message.error(), nullptr);
  EXPECT_EQ(message.error()->id, AnomalyId::kMaxForwardsRange);
  EXPECT_EQ(Read(text, {.profile = kStrict, .accepted = both}, &message), ParseStatus::kOk);
  EXPECT_TRUE(message.anomalies().Has(AnomalyId::kLineBareLf));
  EXPECT_TRUE(message.anomalies().Has(AnomalyId::kMaxForwardsRange));
  EXPECT_EQ(Read(text, {.refused = number}, &message), ParseStatus::kMalformed);
  EXPECT_EQ(message.error()->id, AnomalyId::kMaxForwardsRange);
}

}  // namespace
}  // namespace sipward::sip
