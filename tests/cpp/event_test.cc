#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "sample.h"

namespace sipward {
namespace {

using std::chrono::hours;

constexpr char kEventRules[] = R"(version 1
rule toll.repeated {
  on call_start
  when count(by callee.number over 1h) > 2
  then reject 403 "Enough", tag "toll", alert, capture
}
rule auth.failed { on auth where result == fail when reason == wrong_password then drop }
rule late { on call_end when duration > 1h and cost > 2.5 and answered then drop, tag "dear" }
rule far { on call_start where direction == outbound and transport == tls and src.port == 5061
  when src.net == "192.0.2.0/24" and has(media.ip) and media.ip == "198.51.100.9" then tag "all known" }
)";

class EventTest : public testing::Test {
 protected:
  static Inspector MakeInspector() {
    const Rules rules = Rules::FromText("test.ward", kEventRules).value();
    const State state = State::Create({}).value();
    return Inspector::Create(Engine::Create(rules, state).value()).value();
  }
  Inspector inspector_ = MakeInspector();
  Verdict verdict_;
};

TEST_F(EventTest, FieldsAreFoundByNameOnTheEventsThatHaveThem) {
  const Field number = Field::Find(EventKind::kCallStart, "callee.number").value();
  EXPECT_EQ(number.name(), "callee.number");
  EXPECT_EQ(number.type(), FieldType::kNumber);
  EXPECT_TRUE(number.IsOf(EventKind::kCdr));
  EXPECT_FALSE(number.IsOf(EventKind::kAuth));
  EXPECT_FALSE(number.meaning().empty());
  const Result<Field> none = Field::Find(EventKind::kAuth, "callee.number");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().status, StatusCode::kField);
  EXPECT_GT(Field::All(EventKind::kRequest).size(), 60u);
  EXPECT_LT(Field::All(EventKind::kTick).size(), 5u);
  EXPECT_EQ(Name(EventKind::kCallEnd), "call_end");
}

TEST_F(EventTest, RulesCountWhatIsTold) {
  const Field number = Field::Find(EventKind::kCallStart, "callee.number").value();
  HostEvent call(EventKind::kCallStart);
  call.proven = true;
  ASSERT_TRUE(call.Set(number, "4930123456").ok());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(inspector_.Inspect(call).action(), Action::kAllow);
  ASSERT_TRUE(inspector_.Inspect(call, verdict_).ok());
  EXPECT_EQ(verdict_.action(), Action::kReject);
  EXPECT_TRUE(verdict_.parse_status().ok());
  EXPECT_TRUE(verdict_.alert() && verdict_.capture() && !verdict_.overload());
  ASSERT_EQ(verdict_.tag_count(), 1u);
  for (const Tag& tag : verdict_.Tags()) {
    EXPECT_EQ(tag.text, "toll");
    EXPECT_EQ(tag.rule, "toll.repeated");
  }
  EXPECT_FALSE(verdict_.TagAt(1));
  ASSERT_TRUE(call.Set(number, "4930123457").ok());
  EXPECT_EQ(inspector_.Inspect(call).action(), Action::kAllow);
}

TEST_F(EventTest, EveryTypeHasItsValues) {
  HostEvent end(EventKind::kCallEnd);
  EXPECT_TRUE(end.Set("duration", hours(2)).ok());
  EXPECT_TRUE(end.Set("cost", Money{2'500'001}).ok());
  EXPECT_TRUE(end.Set("answered", true).ok());
  EXPECT_TRUE(end.Set("time", std::chrono::system_clock::now()).ok());
  EXPECT_TRUE(end.Set("code", 200).ok());
  EXPECT_TRUE(end.Set("engine.pressure", 0.5).ok());
  EXPECT_EQ(inspector_.Inspect(end, verdict_), StatusCode::kOk);
  EXPECT_EQ(verdict_.action(), Action::kFlag) << "it is over";
  EXPECT_EQ(verdict_.tag_count(), 1u);

  HostEvent call(EventKind::kCallStart);
  EXPECT_TRUE(call.Set("direction", Direction::kOutbound).ok());
  EXPECT_TRUE(call.Set("transport", Transport::kTls).ok());
  EXPECT_TRUE(call.Set("src.port", uint16_t{5061}).ok());
  EXPECT_TRUE(call.Set("src.ip", Endpoint::V4({192, 0, 2, 7}, 5061)).ok());
  EXPECT_TRUE(call.Set("media.ip", "198.51.100.9").ok());
  EXPECT_TRUE(call.Set("src.net", "192.0.2.0/24").ok());
  EXPECT_EQ(inspector_.Inspect(call, verdict_), StatusCode::kOk);
  EXPECT_EQ(verdict_.tag_count(), 1u);

  HostEvent attempt(EventKind::kAuth);
  const std::string reason = "wrong_password";
  EXPECT_TRUE(attempt.Set("result", "fail").ok());
  EXPECT_TRUE(attempt.Set("reason", reason).ok());
  EXPECT_EQ(inspector_.Inspect(attempt).action(), Action::kDrop);
}

TEST_F(EventTest, WhatDoesNotFitIsRefusedAndChangesNothing) {
  HostEvent call(EventKind::kCallStart);
  EXPECT_EQ(call.Set("no.such", 1), StatusCode::kField);
  EXPECT_EQ(call.Set("answered", true), StatusCode::kField) << "a field of other events";
  EXPECT_EQ(call.Set("callee.number", 49), StatusCode::kField);
  EXPECT_EQ(call.Set("callee.number", true), StatusCode::kField);
  EXPECT_EQ(call.Set("src.port", "5060"), StatusCode::kField);
  EXPECT_EQ(call.Set("src.port", 5060.0), StatusCode::kField);
  EXPECT_EQ(call.Set("src.port", UINT64_MAX), StatusCode::kField);
  EXPECT_EQ(call.Set("price", 3), StatusCode::kField);
  EXPECT_EQ(call.Set("media.secure", 1), StatusCode::kField);
  EXPECT_EQ(call.Set("time", hours(1)), StatusCode::kField);
  EXPECT_EQ(call.ToC().fact_count, 0u);
  EXPECT_TRUE(call.Set("transport", "carrier pigeon").ok()) << "read when it is inspected";
  EXPECT_EQ(inspector_.Inspect(call, verdict_), StatusCode::kField);
  EXPECT_EQ(verdict_.action(), Action::kNone);
  EXPECT_EQ(verdict_.tag_count(), 0u);
  call.Reset(EventKind::kTick);
  EXPECT_EQ(inspector_.Inspect(call).action(), Action::kAllow);
}

}  // namespace
}  // namespace sipward
