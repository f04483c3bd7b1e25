// What the engine counts, in all and by rule, and what it tells.
#include "engine/statistics.h"

#include <algorithm>
#include <map>

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

class StatisticsTest : public EngineTest {
 protected:
  uint64_t Count(size_t rule, MatchFate fate) const {
    return engine_->generation()->tally(rule).by_fate[static_cast<size_t>(fate)].load();
  }
  // All of a rule's counts, in the order of MatchFate.
  std::vector<uint64_t> Counts(size_t rule) const {
    std::vector<uint64_t> counts;
    for (size_t i = 0; i < kMatchFates; ++i) {
      counts.push_back(Count(rule, static_cast<MatchFate>(i)));
    }
    return counts;
  }
  std::vector<NoticeCode> Codes() {
    std::vector<NoticeCode> codes;
    uint64_t lost = 0;
    while (const auto notice = engine_->notices().Next(&cursor_, &lost)) {
      codes.push_back(notice->code);
      last_ = *notice;
      told_[notice->code] = *notice;
    }
    return codes;
  }

  uint64_t cursor_ = 0;
  Notice last_;
  std::map<NoticeCode, Notice> told_;  // the last of each
};

using Numbers = std::vector<uint64_t>;

TEST_F(StatisticsTest, PacketsCountByKindActionAndAnomaly) {
  Load("version 1\nrule r { on request when method == OPTIONS then drop, alert, capture }");
  Inspect(RequestText{});
  Inspect(RequestText{.method = "OPTIONS"});
  Inspect(ResponseText(200, "INVITE", "bob", "call-1"));
  Inspect("\r\n\r\n");
  Inspect("GET / HTTP/1.1\r\n\r\n");
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.packets, 5u);
  EXPECT_EQ(counted.by_kind[static_cast<size_t>(facts::EventKind::kRequest)], 2u);
  EXPECT_EQ(counted.by_kind[static_cast<size_t>(facts::EventKind::kResponse)], 1u);
  EXPECT_EQ(counted.not_sip, 2u);
  EXPECT_EQ(counted.keep_alives, 1u);
  EXPECT_EQ(counted.by_action[static_cast<size_t>(Action::kDrop)], 1u);
  EXPECT_EQ(counted.alerts, 1u);
  EXPECT_EQ(counted.captures, 1u);
  EXPECT_EQ(counted.reloads, 1u);
  EXPECT_GE(counted.by_anomaly[static_cast<size_t>(sip::AnomalyClass::kViolation)], 1u);
}

TEST_F(StatisticsTest, EventsCountByKind) {
  Load("version 1\nrule r { on call_end when true then drop }");
  facts::HostEvent event;
  event.Reset(facts::EventKind::kCallEnd, packet_.monotonic, packet_.wall, true);
  InspectEvent(event);
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.events, 1u);
  EXPECT_EQ(counted.by_kind[static_cast<size_t>(facts::EventKind::kCallEnd)], 1u);
  EXPECT_EQ(Counts(0), (Numbers{0, 0, 0, 0, 0, 1, 0}));  // it has happened already
  EXPECT_EQ(counted.matches_withheld, 1u);
}

TEST_F(StatisticsTest, EachMatchCountsOnceByWhatBecameOfIt) {
  Load(R"(version 1
    list allowed : cidr ["203.0.113.0/24"]
    rule hard    { on request when (user_agent ?? "") == "bad" then drop }
    rule watched { mode report on request when (user_agent ?? "") == "bad" then drop }
    rule bans    { on request when (user_agent ?? "") == "bad" then ban src.ip for 1h })");
  const RequestText bad{.user_agent = "bad"};
  Inspect(bad);  // over UDP: nobody is proven
  EXPECT_EQ(Counts(0), (Numbers{1, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(Counts(1), (Numbers{0, 1, 0, 0, 0, 0, 0}));
  EXPECT_EQ(Counts(2), (Numbers{0, 0, 0, 0, 1, 0, 0}));
  From("203.0.113.9");
  Inspect(bad);
  From("192.0.2.8");
  Inspect(RequestText{.uri = "urn:service:sos", .user_agent = "bad"});
  EXPECT_EQ(Counts(0), (Numbers{1, 0, 1, 1, 0, 0, 0}));
  EXPECT_EQ(Counts(1), (Numbers{0, 3, 0, 0, 0, 0, 0}));
  packet_.transport = facts::Transport::kTcp;
  From("192.0.2.9");
  Inspect(bad);
  Inspect(bad);  // banned: no rule is asked
  EXPECT_EQ(Counts(2), (Numbers{1, 0, 1, 1, 1, 0, 0}));
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.matches, 12u);
  EXPECT_EQ(counted.matches_reported, 4u);
  EXPECT_EQ(counted.matches_withheld, 5u);
  EXPECT_EQ(counted.bans, 1u);
  EXPECT_EQ(counted.bans_withheld, 1u);
  EXPECT_EQ(counted.banned, 1u);
  EXPECT_EQ(counted.allow_listed, 1u);
  EXPECT_EQ(counted.emergency, 1u);
}

TEST_F(StatisticsTest, RetransmissionsCountApart) {
  Load("version 1\nrule r { on request when true then tag \"x\" }");
  const std::string text = RequestText{}.str();
  for (int i = 0; i < 4; ++i) Inspect(text);
  EXPECT_EQ(Counts(0), (Numbers{1, 0, 0, 0, 0, 0, 3}));
  EXPECT_EQ(engine_->statistics().matches, 1u);
  EXPECT_EQ(engine_->statistics().retransmissions, 3u);
}

TEST_F(StatisticsTest, ARuleKeepsItsCountsOverReloadsThatHaveIt) {
  const auto rules = [](std::string_view name) {
    return "version 1\nrule stays { on request when true then tag \"s\" }\nrule " +
           std::string(name) + " { on request when true then tag \"o\" }";
  };
  Load(rules("one"));
  Inspect(RequestText{});
  Inspector late(engine_);  // counts by the old rules until it adopts
  ASSERT_TRUE(engine_->Reload(Compile("version 1\nrule before { on tick when true then alert }\n" +
                                      rules("two").substr(10))));
  Verdict verdict;
  const std::string text = RequestText{}.str();
  packet_.bytes = text;
  late.InspectNext(packet_, &verdict);
  const auto generation = engine_->generation();
  ASSERT_EQ(generation->rules().rules()[1].name, "stays");
  EXPECT_EQ(Count(1, MatchFate::kEnforced), 2u);
  EXPECT_EQ(generation->tally(1).since, 1u);
  EXPECT_EQ(Count(2, MatchFate::kEnforced), 0u);
  EXPECT_EQ(generation->tally(2).since, 2u);
  ASSERT_TRUE(engine_->Reload(Compile(rules("one"))));
  EXPECT_EQ(Count(0, MatchFate::kEnforced), 2u);
  EXPECT_EQ(Count(1, MatchFate::kEnforced), 0u);  // it was gone meanwhile
  EXPECT_EQ(engine_->statistics().reloads, 3u);
}

TEST_F(StatisticsTest, WhatAnInspectorCountedOutlivesIt) {
  Load("version 1\n");
  Inspect(RequestText{});
  inspector_.reset();
  EXPECT_EQ(engine_->statistics().packets, 1u);
}

TEST_F(StatisticsTest, LoadsAndRefusalsAreTold) {
  Load("version 1\n");
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kRulesLoaded});
  Inspect(RequestText{});
  rules::Options options;
  options.max_state_bytes = uint64_t{1} << 40;
  rules::Compiler compiler(options);
  compiler.AddRules("big.ward",
                    "version 1\nrule big { on request when count(by src.ip over 1h max 900000) > 1 "
                    "then drop }");
  const auto big = compiler.Build();
  ASSERT_NE(big, nullptr);
  EXPECT_FALSE(engine_->Reload(big));
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kStateFull});
  EXPECT_NE(last_.subject().find("count"), std::string_view::npos) << last_.subject();
  EXPECT_GT(last_.amount, last_.limit);
  EXPECT_EQ(last_.now, packet_.monotonic);
  EXPECT_EQ(last_.wall, packet_.wall);
  EXPECT_EQ(engine_->statistics().reloads_refused, 1u);
}

TEST_F(StatisticsTest, WithheldBansAreToldEightTimesAndThenCounted) {
  Load("version 1\nrule r { on request when true then ban src.ip for 1h }");
  Codes();
  for (int i = 0; i < 20; ++i) Inspect(RequestText{});
  EXPECT_EQ(Codes(), std::vector(8, NoticeCode::kBanWithheld));
  EXPECT_EQ(last_.subject(), "r");
  EXPECT_EQ(last_.key(), "192.0.2.7");
  EXPECT_EQ(last_.omitted, 0u);
  EXPECT_EQ(engine_->notices().omitted(), 12u);
  After(Notices::kPeriod);
  Inspect(RequestText{});
  Inspect(RequestText{});
  EXPECT_EQ(Codes(), std::vector(1, NoticeCode::kBanWithheld));
  EXPECT_EQ(last_.omitted, 12u);
}

TEST_F(StatisticsTest, AFullListIsTold) {
  Load(
      "version 1\nlist seen : exact dynamic max 16\n"
      "rule r { on request when true then add from.user to seen for 1h }");
  Codes();
  for (int i = 0; i < 200; ++i) Inspect(RequestText{.from_user = "u" + std::to_string(i)});
  const auto codes = Codes();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), NoticeCode::kEntryDisplaced), 8);
  EXPECT_EQ(told_[NoticeCode::kEntryDisplaced].subject(), "seen");
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.list_entries, 200u);
  EXPECT_GE(counted.displaced, 150u);
  EXPECT_LT(counted.displaced, 200u);
}

TEST_F(StatisticsTest, PressureIsToldWhenItBeginsAndWhenItIsOver) {
  Load("version 1\nrule r { on request when count(by from.user over 1h max 64) > 100 then drop }");
  Codes();
  for (int i = 0; i < 2000; ++i) Inspect(RequestText{.from_user = "u" + std::to_string(i)});
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kPressure});
  EXPECT_GE(last_.amount, last_.limit);
  After(kMinute);
  Inspect(RequestText{});
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kPressureOver});
}

TEST_F(StatisticsTest, AClockThatGoesBackIsTold) {
  Load("version 1\n");
  Codes();
  Inspect(RequestText{});
  After(-kSecond);
  Inspect(RequestText{});  // late by no more than others may be
  EXPECT_TRUE(Codes().empty());
  After(-kMinute);
  Inspect(RequestText{});
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kClockBack});
  EXPECT_EQ(last_.amount, static_cast<uint64_t>(kMinute));
}

TEST_F(StatisticsTest, WhatIsResumedIsNoClockThatGoesBack) {
  Load("version 1 rule forged { on request when identity.result == failed then drop }",
       {.identity_by_host = true});
  Codes();
  const std::string text =
      RequestText{.extra = "Identity: e30.e30.c2ln;info=<https://cr.example.com/a.pem>\r\n"}.str();
  const uint64_t ticket = Inspect(text).ticket;
  facts::Packet waiting = packet_;
  waiting.bytes = text;
  After(kMinute);
  Inspect(RequestText{});
  const facts::Identity failed{.result = facts::IdentityResult::kFailed};
  waiting.identity = &failed;
  EXPECT_TRUE(inspector_->Resume(waiting, ticket, &verdict_));
  Inspect(RequestText{});
  EXPECT_TRUE(Codes().empty());
}

TEST_F(StatisticsTest, MatchesThatAVerdictDoesNotShowAreTold) {
  std::string rules = "version 1\n";
  for (int i = 0; i < 20; ++i) {
    rules += "rule r" + std::to_string(i) + " { on request when true then alert }\n";
  }
  Load(rules);
  Codes();
  Inspect(RequestText{});
  EXPECT_EQ(Codes(), std::vector{NoticeCode::kMatchesOmitted});
  EXPECT_EQ(last_.amount, 20u);
}

TEST_F(StatisticsTest, FeedbackCountsOnceADay) {
  Load("version 1\n");
  const Nanos now = packet_.monotonic;
  engine_->TakeFeedback("call-1", FeedbackVerdict::kFraud, now);
  engine_->TakeFeedback("call-1", FeedbackVerdict::kFraud, now + kHour);
  engine_->TakeFeedback("call-1", FeedbackVerdict::kLegitimate, now + kHour);
  engine_->TakeFeedback("call-2", FeedbackVerdict::kFraud, now + kHour);
  engine_->TakeFeedback("call-1", FeedbackVerdict::kFraud, now + 25 * kHour);
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.feedback[0], 3u);
  EXPECT_EQ(counted.feedback[1], 1u);
  EXPECT_EQ(counted.feedback_again, 1u);
}

TEST(NoticesTest, ReadersHearWhatTheyLost) {
  Notices notices;
  ASSERT_TRUE(notices.Init());
  constexpr int kPut = 200;
  for (int i = 0; i < kPut; ++i) {
    notices.Put(NoticeCode::kOverload, i * Notices::kPeriod, i, {.amount = uint64_t(i)});
  }
  uint64_t cursor = 0;
  uint64_t lost = 0;
  auto notice = notices.Next(&cursor, &lost);
  ASSERT_TRUE(notice);
  EXPECT_EQ(lost, kPut - Notices::kCapacity);
  EXPECT_EQ(notice->amount, lost);
  size_t read = 1;
  for (; (notice = notices.Next(&cursor, &lost)); ++read) EXPECT_EQ(lost, 0u);
  EXPECT_EQ(read, Notices::kCapacity);
  cursor = UINT64_MAX;
  EXPECT_FALSE(notices.Next(&cursor, &lost));
}

TEST(NoticesTest, AClockThatWasSetBackSilencesNobody) {
  Notices notices;
  ASSERT_TRUE(notices.Init());
  notices.Put(NoticeCode::kOverload, INT64_MAX, 0, {});
  notices.Put(NoticeCode::kOverload, 0, 0, {});
  notices.Put(NoticeCode::kOverload, INT64_MIN, 0, {});
  EXPECT_EQ(notices.put(), 3u);
}

}  // namespace
}  // namespace sipward::engine
