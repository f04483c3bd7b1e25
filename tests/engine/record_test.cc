// Records of messages that are seldom: banned, too long, broken; and records that were changed.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decision_record.h"
#include "engine/replayer.h"
#include "evidence/evidence.h"
#include "fixture.h"

namespace sipward::engine {
namespace {

constexpr std::string_view kRules = R"(version 1
rule big { on request when message.size > 65000 or body.size > 3 then tag "big" }
rule odd { on request when anomaly("message.too_long") or malformed then tag "odd" }
rule often { on request when count(by src.ip over 1m) > 2 then ban src.ip for 1h, reject 403 }
rule asks { on request when contains(body, "v=0") then tag "sdp" }
)";

// The multipart body does not end, which is an anomaly that nobody sees without it.
constexpr std::string_view kBody = "--b\r\nContent-Type: text/plain\r\n\r\nv=0 secret\r\n";

class RecordTest : public EngineTest {
 protected:
  RecordTest() { packet_.transport = facts::Transport::kTcp; }

  static std::string WithBody(std::string text = RequestText{}.str()) {
    const std::string length = "Content-Length: 0\r\n\r\n";
    text.resize(text.size() - length.size());
    return text + "Content-Type: multipart/mixed;boundary=b\r\nContent-Length: " +
           std::to_string(kBody.size()) + "\r\n\r\n" + std::string(kBody);
  }
  std::string Taken() const { return inspector_->TakeRecord(verdict_); }
  std::string Described() {
    const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
    const std::string taken = Taken();
    return replayer->Describe(*ReadRecord(taken));
  }
};

TEST_F(RecordTest, OfABannedMessageAllHoldsWithoutItsBody) {
  Load(kRules);
  for (int i = 0; i < 6; ++i) {
    Inspect(WithBody());  // and replayed, by the fixture
    EXPECT_EQ(Taken().find("secret"), std::string::npos);
  }
  EXPECT_TRUE(verdict_.banned);
  EXPECT_NE(Described().find(R"("from.user":{"value":"alice")"), std::string::npos);
}

TEST_F(RecordTest, WhatIsDescribedIsOfTheMessageAndNotOfOneBefore) {
  Load(kRules);
  for (int i = 0; i < 4; ++i) Inspect(RequestText{});
  const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
  for (const char* user : {"first", "second", "third"}) {
    Inspect(RequestText{.from_user = user});
    const std::string taken = Taken();
    const auto record = ReadRecord(taken);
    EXPECT_NE(replayer->Describe(*record).find(R"("from.user":{"value":")" + std::string(user)),
              std::string::npos);
  }
}

TEST_F(RecordTest, OfWhatIsTooLongNothingIsKept) {
  packet_.transport = facts::Transport::kUdp;
  Load(kRules);
  Inspect(RequestText{}.str() + std::string(70'000, 'x'));
  EXPECT_EQ(verdict_.parse_status, sip::ParseStatus::kLimit);
  EXPECT_GE(verdict_.tag_count, 1u);
  const std::string taken = Taken();
  const auto record = ReadRecord(taken);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->kept, "");
  EXPECT_GT(record->message_size, 70'000u);
}

TEST_F(RecordTest, WhatStandsBehindTheBodyIsNotKept) {
  packet_.transport = facts::Transport::kUdp;
  Load(kRules);
  for (const std::string& text :
       std::vector<std::string>{RequestText{}.str() + "secret", "INVITE\r\nFrom: x\r\n\r\nsecret",
                                "INVITE\nFrom: x\n\nsecret", WithBody()}) {
    Inspect(text);
    EXPECT_EQ(Taken().find("secret"), std::string::npos) << text;
  }
}

TEST_F(RecordTest, WhatKeepsTheWayOpenIsThatAgain) {
  Load(kRules);
  for (const std::string& text :
       std::vector<std::string>{std::string(), std::string("\r\n\r\n"),
                                std::string("\r\n\0\r\n\r\n", 7), std::string("\r\n\0\r\n\r\nx", 8),
                                std::string("\0\1\n\n\x21\x12\xA4\x42", 8) + std::string(12, '\n'),
                                std::string("x\n\n")}) {
    Inspect(text);
  }
}

TEST_F(RecordTest, NothingIsTakenThatWasNotRecorded) {
  Load(kRules);
  EXPECT_EQ(Taken(), "");
  Inspect(RequestText{});
  EXPECT_NE(Taken(), "");
  EXPECT_FALSE(inspector_->Resume(packet_, 1, &verdict_));
  EXPECT_EQ(Taken(), "");
}

TEST_F(RecordTest, AnyChangeOfARecordIsRead) {
  Load(kRules);
  Inspect(WithBody());
  const std::string good = Taken();
  const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
  std::mt19937 random(5);
  Verdict again;
  int same = 0, other = 0, none = 0;
  for (size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i % good.size()] = static_cast<char>(random());
    const auto record = ReadRecord(changed);
    if (!record) {
      ++none;
      continue;
    }
    ASSERT_LE(record->kept.size() + record->tape.size(), changed.size());
    const Replayed outcome = replayer->Run(*record, &again);
    (outcome == Replayed::kSame ? same : other) += 1;
    const std::string told = replayer->Describe(*record);
    EXPECT_EQ(told.empty(), outcome == Replayed::kOtherRules);
    EXPECT_TRUE(told.empty() || evidence::IsJson(told)) << told;
  }
  EXPECT_GT(other, 0);
  EXPECT_GT(none, 0);
  // Octets of the message that no rule asks for, and numbers of the JSON that say nothing of the
  // verdict.
  EXPECT_GT(same, 0);
  for (size_t cut = 0; cut < good.size(); ++cut) {
    EXPECT_FALSE(ReadRecord(std::string_view(good).substr(0, cut))) << cut;
  }
}

// Even where no rule asks for what was changed.
TEST_F(RecordTest, AMessageThatIsWholeMustBeThatOfItsHash) {
  Load(kRules);
  Inspect(RequestText{});
  std::string changed = Taken();
  const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
  EXPECT_EQ(replayer->Run(*ReadRecord(changed), &verdict_), Replayed::kSame);
  const size_t at = changed.find("Max-Forwards: 70");
  ASSERT_NE(at, changed.npos);
  changed[at + 15] = '1';
  EXPECT_EQ(replayer->Run(*ReadRecord(changed), &verdict_), Replayed::kBroken);
}

TEST_F(RecordTest, SizesThatDoNotFitAreNoRecord) {
  for (
      const std::string_view text :
      {"", "\n", "{}\n", "{\"format\":1}\n",
       R"({"format":1,"message":{"size":1,"kept":2},"tape":0})"
       "\nab",
       R"({"format":1,"message":{"size":-1,"kept":0},"tape":0})"
       "\n",
       R"({"format":1,"message":{"size":1,"kept":0},"tape":-1})"
       "\n",
       R"({"format":1,"message":{"size":9223372036854775807,"kept":9223372036854775807},"tape":9223372036854775807})"
       "\n",
       R"({"format":3,"message":{"size":0,"kept":0},"tape":0})"
       "\n",
       R"({"format":0,"message":{"size":0,"kept":0},"tape":0})"
       "\n"}) {
    EXPECT_FALSE(ReadRecord(text)) << text;
  }
  const auto record =
      ReadRecord(R"({"format":1,"message":{"size":9223372036854775807,"kept":0},"tape":0})"
                 "\n");
  ASSERT_TRUE(record);  // and takes no room
  EXPECT_EQ(record->kept, "");
}

}  // namespace
}  // namespace sipward::engine
