// Calls as events, and a count of them that forgets nothing.
#ifndef SIPWARD_TESTS_ANALYTICS_HAPPENINGS_H_
#define SIPWARD_TESTS_ANALYTICS_HAPPENINGS_H_

#include <string>

#include "analytics/analytics.h"

namespace sipward::analytics {

using facts::EventKind;
using facts::FieldId;
using facts::HostEvent;
using facts::Value;

// One call, however it is told.
struct Call {
  std::string trunk = {}, account = {}, caller = {}, callee = {}, agent = {}, attest = {};
  std::string source = "192.0.2.7";
  bool answered = true;
  Nanos setup = 0, ring = 0, duration = kMinute;
  int64_t code = 200, cost = 0;
  std::string ended_by = "caller";
};

inline void SetText(const std::string& text, FieldId id, HostEvent* event) {
  if (!text.empty()) event->Set(id, Value::String(text));
}

inline void SetParty(const Call& call, HostEvent* event) {
  SetText(call.trunk, FieldId::kTrunk, event);
  SetText(call.account, FieldId::kAccount, event);
  SetText(call.caller, FieldId::kCallerNumber, event);
  SetText(call.callee, FieldId::kCalleeNumber, event);
  if (!call.source.empty()) {
    event->Set(FieldId::kSrcIp, Value::Ip(*IpAddress::Parse(call.source)));
  }
}

inline void SetIdentity(const Call& call, HostEvent* event) {
  if (call.attest.empty()) return;
  event->Set(FieldId::kIdentityResult,
             Value::Int(static_cast<int64_t>(facts::IdentityResult::kVerified)));
  event->Set(FieldId::kIdentityAttest, Value::String(call.attest));
}

inline void SetEnd(const Call& call, HostEvent* event) {
  event->Set(FieldId::kAnswered, Value::Bool(call.answered));
  event->Set(FieldId::kDuration, Value::Int(call.answered ? call.duration : 0));
  event->Set(FieldId::kCode, Value::Int(call.code));
  event->Set(FieldId::kCost, Value::Int(call.cost));
  event->Set(FieldId::kSetup, Value::Int(call.setup));
  event->Set(FieldId::kRing, Value::Int(call.ring));
  event->Set(FieldId::kEndedBy, Value::String(call.ended_by));
}

// As it is told while it goes on.
inline void TellLive(const Call& call, Analytics* analytics) {
  HostEvent event;
  event.Reset(EventKind::kCallStart, 0, 0, false);
  SetParty(call, &event);
  SetIdentity(call, &event);
  SetText(call.agent, FieldId::kUserAgent, &event);
  analytics->TakeEvent(event, 0, false);
  const uint64_t agent = call.agent.empty() ? 0 : KeyedHash64({}, call.agent);
  if (call.answered) {
    event.Reset(EventKind::kCallAnswer, 0, 0, false);
    SetParty(call, &event);
    event.Set(FieldId::kSetup, Value::Int(call.setup));
    event.Set(FieldId::kRing, Value::Int(call.ring));
    analytics->TakeEvent(event, agent, false);
  }
  event.Reset(EventKind::kCallEnd, 0, 0, false);
  SetParty(call, &event);
  SetEnd(call, &event);
  analytics->TakeEvent(event, agent, false);
}

// As its record tells it.
inline void TellRecord(const Call& call, Analytics* analytics) {
  HostEvent event;
  event.Reset(EventKind::kCdr, 0, 0, true);
  SetParty(call, &event);
  SetIdentity(call, &event);
  SetText(call.agent, FieldId::kUserAgent, &event);
  SetEnd(call, &event);
  analytics->TakeEvent(event, 0, false);
}

inline Report ReportOf(const Analytics& analytics) {
  Report report;
  report.Add(analytics);
  report.Settle();
  return report;
}

inline const Report::Line* FindLine(const Report& report, Dimension dimension,
                                    std::string_view key) {
  for (const Report::Line& line : report.lines(dimension).lines) {
    if (line.key == key) return &line;
  }
  return nullptr;
}

}  // namespace sipward::analytics

#endif  // SIPWARD_TESTS_ANALYTICS_HAPPENINGS_H_
