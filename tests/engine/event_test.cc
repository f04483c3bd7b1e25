// Events that a host tells of by fields: the same guards and rules as for messages.
#include "tests/engine/fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

using facts::EventKind;
using facts::FieldId;
using facts::Value;

class EventTest : public EngineTest {
 protected:
  EventTest() { Begin(EventKind::kCallStart); }

  void Begin(EventKind kind, bool proven = true) {
    event_.Reset(kind, packet_.monotonic, packet_.wall, proven);
    if (kind != EventKind::kTick) Set(FieldId::kSrcIp, Value::Ip(packet_.source));
  }
  void Set(FieldId id, const Value& value) { ASSERT_TRUE(event_.Set(id, value)); }
  void Set(FieldId id, std::string_view text) { Set(id, Value::String(text)); }
  Action Judge() {
    InspectEvent(event_);
    return verdict_.action;
  }
  Action CallTo(std::string_view number, std::string_view call_id = "call-1") {
    Begin(EventKind::kCallStart);
    Set(FieldId::kCalleeNumber, number);
    Set(FieldId::kCallId, call_id);
    return Judge();
  }

  facts::HostEvent event_;
};

TEST_F(EventTest, RulesSeeFieldsAndCount) {
  Load(
      "version 1 rule r { on call_start when count(by callee.number over 1h) > 2 "
      "then reject 403 \"Enough\", tag \"busy\", alert }");
  EXPECT_EQ(CallTo("49301234"), Action::kAllow);
  EXPECT_EQ(CallTo("49301234"), Action::kAllow);
  EXPECT_EQ(CallTo("49301234"), Action::kReject);
  EXPECT_EQ(verdict_.sip_code, 403);
  EXPECT_EQ(verdict_.sip_reason, "Enough");
  EXPECT_TRUE(verdict_.alert);
  ASSERT_EQ(verdict_.tag_count, 1u);
  EXPECT_EQ(verdict_.tags[0].text, "busy");
  EXPECT_EQ(verdict_.tags[0].rule->name, "r");
  ASSERT_EQ(verdict_.hit_count, 1u);
  EXPECT_TRUE(verdict_.hits[0].enforced);
  EXPECT_EQ(engine_->statistics().events, 3u);
  EXPECT_EQ(CallTo("49301235"), Action::kAllow);
  EXPECT_FALSE(verdict_.alert);
  EXPECT_EQ(verdict_.tag_count, 0u);
}

// A spray of keys is seen by the rules that ask for it.
TEST_F(EventTest, RulesSeeThePressureOnTheTables) {
  Load(
      "version 1 rule spray { on call_start when count(by callee.number over 1h max 16) > 0 and "
      "engine.pressure > 0.1 then drop }");
  EXPECT_EQ(CallTo("1"), Action::kAllow) << "there is room";
  for (int i = 0; i < 3000; ++i) CallTo(std::to_string(49'000'000 + i));
  EXPECT_EQ(verdict_.action, Action::kDrop);
}

TEST_F(EventTest, WhatHasHappenedIsFlaggedAtMost) {
  Load(
      "version 1 rule r { on auth, register, call_start, call_answer, call_end, media_change, cdr, "
      "tick when true then drop }");
  for (const EventKind kind :
       {EventKind::kAuth, EventKind::kRegister, EventKind::kCallStart, EventKind::kMediaChange}) {
    Begin(kind);
    EXPECT_EQ(Judge(), Action::kDrop) << facts::EventName(kind);
    EXPECT_TRUE(verdict_.hits[0].enforced);
  }
  for (const EventKind kind :
       {EventKind::kCallAnswer, EventKind::kCallEnd, EventKind::kCdr, EventKind::kTick}) {
    Begin(kind);
    EXPECT_EQ(Judge(), Action::kFlag) << facts::EventName(kind);
    EXPECT_FALSE(verdict_.hits[0].enforced);
    EXPECT_EQ(verdict_.hits[0].action, Action::kDrop);
  }
}

TEST_F(EventTest, ABanAtTheEndOfACallHoldsForTheNext) {
  Load(
      "version 1 rule r { on call_end when duration > 1h then ban account for 1h }"
      "rule n { on call_end when count(by account over 1h) >= 2 then tag \"second\" }");
  Begin(EventKind::kCallEnd);
  Set(FieldId::kAccount, "alice");
  Set(FieldId::kDuration, Value::Int(2 * kHour));
  EXPECT_EQ(Judge(), Action::kFlag);
  EXPECT_TRUE(verdict_.hits[0].enforced) << "the ban was made";
  Begin(EventKind::kCallStart);
  Set(FieldId::kAccount, "alice");
  EXPECT_EQ(Judge(), Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
  Begin(EventKind::kCallEnd);
  Set(FieldId::kAccount, "alice");
  Judge();
  EXPECT_TRUE(verdict_.banned);
  EXPECT_EQ(verdict_.tag_count, 1u) << "the end of a call of a banned account is counted";
  Begin(EventKind::kCallStart);
  Set(FieldId::kAccount, "bob");
  EXPECT_EQ(Judge(), Action::kAllow);
}

TEST_F(EventTest, BansOfMessagesHoldForEventsAndTheOtherWayRound) {
  Load(
      "version 1 rule m { on request when method == OPTIONS then ban src.ip for 1h }"
      "rule e { on auth when result == fail then ban src.ip for 1h }");
  packet_.transport = facts::Transport::kTcp;
  Inspect(RequestText{.method = "OPTIONS"});
  Begin(EventKind::kRegister);
  EXPECT_EQ(Judge(), Action::kDrop);
  From("203.0.113.5");
  Begin(EventKind::kAuth, false);
  Set(FieldId::kResult, Value::Int(static_cast<int64_t>(facts::Result::kFail)));
  EXPECT_EQ(Judge(), Action::kFlag) << "not proven";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  Begin(EventKind::kAuth, true);
  Set(FieldId::kResult, Value::Int(static_cast<int64_t>(facts::Result::kFail)));
  EXPECT_EQ(Judge(), Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(EventTest, AnAllowListedSourceIsNeverRefused) {
  Load(
      "version 1 list allowed : cidr [\"192.0.2.0/24\"]"
      "rule r { on call_start, auth when true then reject 403, ban src.ip for 1h }");
  Begin(EventKind::kAuth);
  EXPECT_EQ(Judge(), Action::kFlag);
  EXPECT_TRUE(verdict_.allow_listed);
  EXPECT_EQ(CallTo("1"), Action::kFlag);
  From("203.0.113.5");
  EXPECT_EQ(CallTo("1"), Action::kDrop);
}

TEST_F(EventTest, ACallForHelpIsGuardedWithItsWholeCall) {
  Load(
      "version 1 list emergency : exact [\"112\"]"
      "rule r { on call_start, call_end, media_change, register when true then reject 403 }"
      "rule e { on call_start, media_change, call_end when emergency then tag \"help\" }");
  EXPECT_EQ(CallTo("112", "help"), Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
  EXPECT_EQ(verdict_.tag_count, 1u) << "rules see it";
  Begin(EventKind::kMediaChange);
  Set(FieldId::kCallId, "help");
  EXPECT_EQ(Judge(), Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
  Begin(EventKind::kMediaChange);
  Set(FieldId::kCallId, "other");
  EXPECT_EQ(Judge(), Action::kReject);
  EXPECT_EQ(CallTo("1120", "other"), Action::kReject);
  Begin(EventKind::kCallStart);
  Set(FieldId::kDialled, "urn:service:sos.fire");
  EXPECT_EQ(Judge(), Action::kFlag);
  Begin(EventKind::kCallStart);
  Set(FieldId::kEmergency, Value::Bool(true));
  EXPECT_EQ(Judge(), Action::kFlag) << "the host's word";
  Begin(EventKind::kRegister);
  EXPECT_EQ(Judge(), Action::kReject);
}

TEST_F(EventTest, TheHostCannotDenyAnEmergencyCall) {
  Load("version 1 rule r { on call_start when true then reject 403 }");
  Begin(EventKind::kCallStart);
  Set(FieldId::kDialled, "urn:service:sos");
  Set(FieldId::kEmergency, Value::Bool(false));
  EXPECT_EQ(Judge(), Action::kFlag);
}

TEST_F(EventTest, ACallThatBeganAsAMessageIsKnown) {
  Load("version 1 rule r { on media_change when true then reject 403 }");
  Inspect(RequestText{.uri = "urn:service:sos", .call_id = "m"});
  Begin(EventKind::kMediaChange);
  Set(FieldId::kCallId, "m");
  EXPECT_EQ(Judge(), Action::kFlag);
}

TEST_F(EventTest, RequestsByFieldsAreGuardedLikeMessages) {
  Load("version 1 rule r { on request, response when true then drop }");
  const auto request = [&](sip::Method method, std::string_view uri, std::string_view to_tag) {
    Begin(EventKind::kRequest);
    Set(FieldId::kMethod, Value::Int(static_cast<int64_t>(method)));
    Set(FieldId::kRuri, uri);
    Set(FieldId::kCallId, "c");
    Set(FieldId::kFromTag, "f");
    if (!to_tag.empty()) Set(FieldId::kToTag, to_tag);
  };
  request(sip::Method::kInvite, "urn:service:sos", "");
  EXPECT_EQ(Judge(), Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
  request(sip::Method::kBye, "sip:psap@example.com", "t");
  EXPECT_EQ(Judge(), Action::kFlag);
  request(sip::Method::kRegister, "urn:service:sos", "");
  EXPECT_EQ(Judge(), Action::kDrop);
  request(sip::Method::kInvite, "urn:service:sos", "");
  Set(FieldId::kMalformed, Value::Bool(true));
  EXPECT_EQ(Judge(), Action::kDrop) << "malformed";
  request(sip::Method::kInvite, "urn:service:sosx", "");
  EXPECT_EQ(Judge(), Action::kDrop);
}

TEST_F(EventTest, AThrottleWithoutASourceIsTheAccounts) {
  Load("version 1 rule r { on call_start when true then throttle 1/s }");
  const auto call = [&](std::string_view account) {
    event_.Reset(EventKind::kCallStart, packet_.monotonic, packet_.wall, true);
    Set(FieldId::kAccount, account);
    return Judge();
  };
  Action last = Action::kAllow;
  for (int i = 0; i < 5; ++i) last = call("alice");
  EXPECT_EQ(last, Action::kThrottle);
  EXPECT_EQ(call("bob"), Action::kFlag);
}

TEST_F(EventTest, NothingIsAllocated) {
  LoadPack("version 1 rule r { on call_start when count(by account over 1h) > 2 then reject 403 }");
  Begin(EventKind::kCallStart);
  Set(FieldId::kAccount, "alice");
  Set(FieldId::kCallId, "c");
  Judge();
  replaying_.RecordAlone();
  const uint64_t before = allocation_count();
  for (int i = 0; i < 10; ++i) Judge();
  EXPECT_EQ(allocation_count(), before);
}

// The rules say from which country numbers are dialled: one number is one key.
TEST_F(EventTest, NumbersAreOfOneFormForAllRules) {
  Load(
      "version 1 const home = \"DE\" rule r { on call_start when count(by callee.number over 1h) > "
      "2 "
      "then reject 403 }");
  EXPECT_EQ(CallTo("+49 (0)30 123456"), Action::kAllow);
  EXPECT_EQ(CallTo("030/123456"), Action::kAllow);
  EXPECT_EQ(CallTo("tel:+49-30-123456;ext=7"), Action::kReject);
  EXPECT_EQ(CallTo("030 123457"), Action::kAllow);
}

TEST_F(EventTest, EmergencyCallsOfTheCountryAreNeverRefused) {
  Load(
      "version 1 const home = \"US\" rule r { on call_start when true then reject 403 } "
      "rule t { on call_start when callee.number.type == emergency then tag \"sos\" }");
  EXPECT_EQ(CallTo("911"), Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
  ASSERT_EQ(verdict_.tag_count, 1u);
  EXPECT_EQ(CallTo("tel:911;phone-context=+1", "call-2"), Action::kFlag);
  EXPECT_EQ(CallTo("12025550100", "call-3"), Action::kReject);
  EXPECT_EQ(verdict_.tag_count, 0u);
}

// Their records and ends say so as well, without a list and without a start that was seen.
TEST_F(EventTest, WhatIsToldOfAnEmergencyCallLaterSaysThatItIsOne) {
  Load(
      "version 1 const home = \"US\" "
      "rule r { on call_answer, call_end, cdr when emergency then tag \"sos\" }");
  for (const EventKind kind : {EventKind::kCallAnswer, EventKind::kCallEnd, EventKind::kCdr}) {
    for (const auto& [number, tags] : {std::pair("911", 1u), std::pair("12025550100", 0u)}) {
      Begin(kind);
      Set(FieldId::kCalleeNumber, number);
      Judge();
      EXPECT_EQ(verdict_.tag_count, tags) << number;
      EXPECT_EQ(verdict_.emergency, tags == 1) << number;
    }
  }
}

}  // namespace
}  // namespace sipward::engine
