// Messages that are sent again.

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

constexpr std::string_view kCounts = R"(version 1
rule many { on request when count(by src.ip over 1m) > 3 then drop }
rule flood { on request when rate(by src.ip over 10s) > 20 then reject 503 }
)";

TEST_F(EngineTest, ARetransmissionCountsOnce) {
  Load(kCounts);
  const std::string text = RequestText{}.str();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Inspect(text).action, Action::kAllow) << i;
    After(kSecond);
  }
  Inspect(RequestText{});
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop) << "the fourth transaction";
}

TEST_F(EngineTest, ARetransmissionIsInTheRate) {
  Load("version 1 rule flood { on request when rate(by src.ip over 10s) > 5 then reject 503 }");
  const std::string text = RequestText{}.str();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Inspect(text).action, Action::kAllow);
  EXPECT_EQ(Inspect(text).action, Action::kReject);
}

// Nobody is counted less for repeating one message without end.
TEST_F(EngineTest, TenAreARetransmissionAndMoreAreAFlood) {
  Load("version 1 rule many { on request when count(by src.ip over 1m) > 2 then drop }");
  const std::string text = RequestText{}.str();
  for (int i = 0; i < 12; ++i) EXPECT_EQ(Inspect(text).action, Action::kAllow) << i;
  EXPECT_EQ(Inspect(text).action, Action::kDrop);
}

TEST_F(EngineTest, ATransactionIsForgottenAfterItsTime) {
  Load("version 1 rule many { on request when count(by src.ip over 1h) > 1 then drop }");
  const std::string text = RequestText{}.str();
  EXPECT_EQ(Inspect(text).action, Action::kAllow);
  After(kSecond * 32 - 1);
  EXPECT_EQ(Inspect(text).action, Action::kAllow);
  After(1);
  EXPECT_EQ(Inspect(text).action, Action::kDrop);
}

// What differs in anything that says who wants what is another transaction.
TEST_F(EngineTest, OnlyTheSameIsARetransmission) {
  const std::string text = RequestText{.extra = "Authorization: Digest username=\"a\"\r\n"}.str();
  const std::pair<std::string_view, std::string_view> changes[] = {
      {"INVITE sip:bob", "INVITE sip:rob"},
      {";branch=z9", ";branch=x9"},
      {"<sip:alice", "<sip:malic"},
      {"To: <sip:bob", "To: <sip:rob"},
      {"call-1@", "call-2@"},
      {"CSeq: 1", "CSeq: 2"},
      {"\"a\"", "\"b\""}};
  for (const auto& [from, to] : changes) {
    Load("version 1 rule many { on request when count(by src.ip over 1m) > 1 then drop }");
    EXPECT_EQ(Inspect(text).action, Action::kAllow);
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    EXPECT_EQ(Inspect(other).action, Action::kDrop) << to;
  }
  for (const bool port : {false, true}) {
    Load("version 1 rule many { on request when count(by dst.ip over 1m) > 1 then drop }");
    Inspect(text);
    port ? void(++packet_.source_port) : From("192.0.2.8");
    EXPECT_EQ(Inspect(text).action, Action::kDrop);
  }
}

// A connection delivers by itself: who repeats himself there means it.
TEST_F(EngineTest, NothingIsRetransmittedOverAConnection) {
  Load("version 1 rule many { on request when count(by src.ip over 1m) > 1 then drop }");
  packet_.transport = facts::Transport::kTcp;
  const std::string text = RequestText{}.str();
  EXPECT_EQ(Inspect(text).action, Action::kAllow);
  EXPECT_EQ(Inspect(text).action, Action::kDrop);
}

// `first_seen` holds for the first message alone, and the answer for all of its transaction.
TEST_F(EngineTest, ARetransmissionGetsTheAnswerOfTheFirst) {
  constexpr std::string_view kRules = R"(version 1
rule stranger { on request when first_seen(src.ip within 1d) then reject 488 "No strangers" }
)";
  Load(kRules);
  const std::string text = RequestText{}.str();
  EXPECT_EQ(Inspect(text).sip_reason, "No strangers");
  for (int i = 0; i < 5; ++i) {
    After(kSecond);
    EXPECT_EQ(Inspect(text).action, Action::kReject);
    EXPECT_EQ(verdict_.sip_code, 488);
    EXPECT_EQ(verdict_.sip_reason, "");
    ASSERT_EQ(Rules(), std::vector<std::string>{"stranger"});
    EXPECT_TRUE(verdict_.hits[0].enforced);
  }
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow) << "another transaction";
  // Rules that do not know the rule any more keep to its answer.
  ASSERT_TRUE(engine_->Reload(Compile("version 1 rule r { on request when false then drop }")));
  EXPECT_EQ(Inspect(text).action, Action::kReject);
  EXPECT_EQ(verdict_.hit_count, 0u);
}

TEST_F(EngineTest, NoAnswerIsKeptWhereNoneMayBeGiven) {
  constexpr std::string_view kRules = R"(version 1
list allowed: cidr ["198.51.100.9"]
rule stranger { on request when first_seen(from.user ?? "" within 1d) then drop }
)";
  Load(kRules, {.report_only = true});
  const std::string text = RequestText{}.str();
  EXPECT_EQ(Inspect(text).action, Action::kFlag);
  EXPECT_EQ(Inspect(text).action, Action::kAllow);
  Load(kRules);
  From("198.51.100.9");
  EXPECT_EQ(Inspect(text).action, Action::kFlag);
  EXPECT_EQ(Inspect(text).action, Action::kAllow);
}

TEST_F(EngineTest, PointsAreGivenOncePerTransaction) {
  Load(
      "version 1 rule bad { on request when (user_agent ?? \"\") == \"evil\" then score 40 on "
      "src.ip }");
  packet_.authenticated = true;
  const std::string text = RequestText{.user_agent = "evil"}.str();
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Inspect(text).action, Action::kFlag) << i;
  EXPECT_EQ(Inspect(RequestText{.user_agent = "evil"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.user_agent = "evil"}).action, Action::kDrop) << "120 points";
}

}  // namespace
}  // namespace sipward::engine
