#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "sample.h"

namespace sipward {
namespace {

using sample::MakePacket;

class EvidenceTest : public testing::Test {
 protected:
  static Rules Compiled() {
    Compiler compiler = Compiler::Create().value();
    EXPECT_TRUE(compiler.KeepSource().ok());
    EXPECT_TRUE(compiler.AddRules("test.ward", sample::kRules).ok());
    return compiler.Build().value();
  }

  void Judge(std::string_view message) {
    Verdict verdict;
    ASSERT_TRUE(inspector_.Inspect(MakePacket(message), verdict).ok());
  }

  Rules rules_ = Compiled();
  Engine engine_ = Engine::Create(rules_, State::Create({}).value()).value();
  Inspector inspector_ = Inspector::Create(engine_).value();
  Replayer replayer_ = Replayer::Create(rules_).value();
};

TEST_F(EvidenceTest, ARecordIsJudgedAgain) {
  ASSERT_TRUE(inspector_.Record().ok());
  for (int i = 0; i < 5; ++i) {
    const Verdict verdict = inspector_.Inspect(MakePacket(sample::kInvite));
    EXPECT_EQ(verdict.action(), i < 3 ? Action::kAllow : Action::kDrop);
    std::string record = inspector_.TakeRecord().value();
    EXPECT_EQ(record.find("\r\n\r\nbody"), std::string::npos);
    EXPECT_EQ(replayer_.Run(record).value(), Replayed::kSame);
    const std::string told = replayer_.Describe(record).value();
    EXPECT_NE(told.find(i < 3 ? "\"action\":\"allow\"" : "\"action\":\"drop\""), told.npos) << told;
    record.replace(record.find("\"score\":0"), 9, "\"score\":1");
    EXPECT_EQ(replayer_.Run(record).value(), Replayed::kOther);
    EXPECT_EQ(replayer_.Run(record.substr(1)).error().status.code(), StatusCode::kMalformed);
    EXPECT_EQ(replayer_.Describe("").error().status.code(), StatusCode::kMalformed);
  }
}

TEST_F(EvidenceTest, BodiesAreKeptIfAskedFor) {
  ASSERT_TRUE(inspector_.Record(true).ok());
  Judge(sample::kInvite);
  const std::string record = inspector_.TakeRecord().value();
  EXPECT_NE(record.find("\r\n\r\nbody"), std::string::npos);
  EXPECT_EQ(replayer_.Run(record).value(), Replayed::kSame);
}

TEST_F(EvidenceTest, NothingIsTakenThatWasNotRecorded) {
  EXPECT_EQ(inspector_.TakeRecord().error().status.code(), StatusCode::kEnd);
  Judge(sample::kInvite);
  EXPECT_EQ(inspector_.TakeRecord().error().status.code(), StatusCode::kEnd);
  ASSERT_TRUE(inspector_.Record().ok());
  EXPECT_EQ(inspector_.TakeRecord().error().status.code(), StatusCode::kEnd);
  Judge(sample::kInvite);
  EXPECT_TRUE(inspector_.TakeRecord().ok());
  inspector_.StopRecording();
  EXPECT_EQ(inspector_.TakeRecord().error().status.code(), StatusCode::kEnd);
}

TEST_F(EvidenceTest, TheSourceOfRulesGivesTheSameRules) {
  ASSERT_TRUE(inspector_.Record().ok());
  Judge(sample::kOptions);
  const std::string record = inspector_.TakeRecord().value();
  Compiler compiler = Compiler::Create().value();
  ASSERT_TRUE(compiler.AddSource(rules_.source()).ok());
  const Rules same = compiler.Build().value();
  EXPECT_EQ(same.hash(), rules_.hash());
  EXPECT_EQ(same.hash().size(), 64u);
  EXPECT_EQ(same.source(), "");
  EXPECT_EQ(Replayer::Create(same).value().Run(record).value(), Replayed::kSame);

  const Rules other = Rules::FromText("other.ward", "version 1\n").value();
  Replayer stranger = Replayer::Create(other).value();
  EXPECT_EQ(stranger.Run(record).value(), Replayed::kOtherRules);
  EXPECT_EQ(stranger.Describe(record).error().status.code(), StatusCode::kArgument);
  Compiler refusing = Compiler::Create().value();
  EXPECT_EQ(refusing.AddSource("no source").code(), StatusCode::kRules);
}

}  // namespace
}  // namespace sipward
