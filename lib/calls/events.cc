// What happened, as events of the rules.
#include <algorithm>

#include "calls/calls.h"

namespace sipward::calls {
namespace {

using facts::FieldId;
using facts::Value;

void SetText(std::string_view text, FieldId id, facts::HostEvent* event) {
  if (!text.empty()) event->Set(id, Value::String(text));
}

void SetAsker(const Asker& asker, facts::HostEvent* event) {
  if (!asker.source.is_unspecified()) event->Set(FieldId::kSrcIp, Value::Ip(asker.source));
  event->Set(FieldId::kSrcPort, Value::Int(asker.source_port));
  event->Set(FieldId::kTransport, Value::Int(asker.transport));
  event->Set(FieldId::kDirection, Value::Int(asker.direction));
  event->Set(FieldId::kSrcRegistered, Value::Bool(asker.registered));
  event->Set(FieldId::kSrcAuthenticated, Value::Bool(asker.authenticated));
}

void SetMedia(const IpAddress& address, FieldId id, facts::HostEvent* event) {
  if (!address.is_unspecified()) event->Set(id, Value::Ip(address));
}

// As people see it: without its quotes.
std::string_view Unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

Nanos Between(Nanos earlier, Nanos later) {
  Nanos out;
  return __builtin_sub_overflow(later, earlier, &out) ? 0 : std::max<Nanos>(0, out);
}

std::string_view NameOf(EndedBy by) {
  return by == EndedBy::kCaller ? "caller" : by == EndedBy::kCallee ? "callee" : "nobody";
}

}  // namespace

// There is always room: a message brings three events at most, and one of time.
Tracker::Happened* Tracker::Tell(facts::EventKind kind) {
  Happened& what = events_[std::min(count_, kMostEvents - 1)];
  count_ = std::min(count_ + 1, kMostEvents);
  what.kind = kind;
  what.answers = false;
  what.media = what.media_before = IpAddress{};
  what.media_secure = what.media_downgraded = false;
  return &what;
}

Tracker::Happened* Tracker::TellOf(facts::EventKind kind, const CallRecord& call) {
  Happened* what = Tell(kind);
  what->call = call;
  if (kind == facts::EventKind::kCallStart) {
    what->media = call.caller_media;
    what->media_secure = call.caller_secure;
  }
  return what;
}

// A call that nothing ended lasted as long as there was a sign of it; one that nobody answered rang
// until its time was over.
void Tracker::End(EndedBy by, Nanos own_end, CallRecord* call) {
  constexpr uint16_t kTimeout = 408, kTerminated = 487;
  const bool lost = by == EndedBy::kNobody;
  call->ended_by = by;
  if (!call->was_answered && call->code < 300)
    call->code = call->cancelled ? kTerminated : lost ? kTimeout : call->code;
  const Nanos sign = call->seen;
  call->seen = lost && call->was_answered ? std::min(sign, own_end) : own_end;
  TellOf(facts::EventKind::kCallEnd, *call);
  call->state = CallState::kOver;
  call->seen = own_now_;
}

void Tracker::Refuse(uint16_t code) {
  told_ = count_ = 0;
  ChangeCall(begun_, [&](CallRecord& call) {
    if (call.state == CallState::kOver) return false;
    call.code = code;
    End(EndedBy::kCallee, own_now_, &call);
    return true;
  });
}

bool Tracker::Next(facts::HostEvent* event, bool* answers) {
  if (told_ == count_) return false;
  const Happened& what = events_[told_++];
  *answers = what.answers;
  if ((facts::SetOf(what.kind) & facts::kOnCalls) != 0) {
    agent_ = what.call.agent;
    FillCall(what, event);
  } else {
    agent_ = 0;
    FillAttempt(what, event);
  }
  return true;
}

void Tracker::FillCall(const Happened& what, facts::HostEvent* event) const {
  const CallRecord& call = what.call;
  event->Reset(what.kind, now_, wall_, call.asker.proven);
  SetAsker(call.asker, event);
  SetText(call.texts.Get(CallRecord::kCallId), FieldId::kCallId, event);
  SetText(call.texts.Get(CallRecord::kAccount), FieldId::kAccount, event);
  SetText(call.texts.Get(CallRecord::kTrunk), FieldId::kTrunk, event);
  SetText(call.texts.Get(CallRecord::kCaller), FieldId::kCallerNumber, event);
  SetText(call.texts.Get(CallRecord::kCallee), FieldId::kCalleeNumber, event);
  SetText(call.texts.Get(CallRecord::kCallee), FieldId::kDialled, event);
  event->Set(FieldId::kEmergency, Value::Bool(call.emergency));
  switch (what.kind) {
    case facts::EventKind::kCallStart:
      SetMedia(what.media, FieldId::kMediaIp, event);
      event->Set(FieldId::kMediaSecure, Value::Bool(what.media_secure));
      if (message_ != nullptr && message_->is_request()) {
        const char* base = message_->bytes().data();
        SetText(message_->ValueOf(sip::HeaderId::kUserAgent).In(base), FieldId::kUserAgent, event);
        SetText(Unquoted(message_->from().display.In(base)), FieldId::kCallerName, event);
      }
      break;
    case facts::EventKind::kCallAnswer:
    case facts::EventKind::kMediaChange:
      SetMedia(what.media, FieldId::kMediaIp, event);
      SetMedia(what.media_before, FieldId::kMediaBefore, event);
      event->Set(FieldId::kMediaSecure, Value::Bool(what.media_secure));
      event->Set(FieldId::kMediaDowngraded, Value::Bool(what.media_downgraded));
      break;
    default:
      event->Set(FieldId::kCode, Value::Int(call.code));
      event->Set(FieldId::kEndedBy, Value::String(NameOf(call.ended_by)));
      event->Set(FieldId::kAnswered, Value::Bool(call.was_answered));
      event->Set(FieldId::kDuration,
                 Value::Int(call.was_answered ? Between(call.answered, call.seen) : 0));
      break;
  }
  event->Set(FieldId::kRing,
             Value::Int(Between(call.started, call.was_answered ? call.answered : call.seen)));
  event->Set(FieldId::kSetup, Value::Int(call.rung ? Between(call.started, call.rang) : 0));
}

void Tracker::FillAttempt(const Happened& what, facts::HostEvent* event) const {
  const RequestRecord& request = what.request;
  const bool proven = request.asker.proven || request.nonce_known;
  event->Reset(what.kind, now_, wall_, proven);
  SetAsker(request.asker, event);
  SetText(request.texts.Get(RequestRecord::kAccount), FieldId::kAccount, event);
  SetText(request.texts.Get(RequestRecord::kAor), FieldId::kAor, event);
  SetText(request.texts.Get(RequestRecord::kUserAgent), FieldId::kUserAgent, event);
  event->Set(FieldId::kResult, Value::Int(static_cast<int64_t>(what.result)));
  if (what.kind == facts::EventKind::kAuth) {
    SetText(request.texts.Get(RequestRecord::kUser), FieldId::kAuthUser, event);
    SetText(request.texts.Get(RequestRecord::kRealm), FieldId::kAuthRealm, event);
    event->Set(FieldId::kAuthReason, Value::Int(static_cast<int64_t>(what.reason)));
    return;
  }
  SetText(request.texts.Get(RequestRecord::kContact), FieldId::kContactUri, event);
  event->Set(FieldId::kContactCount, Value::Int(request.contacts));
  if (request.expires >= 0) event->Set(FieldId::kExpires, Value::Int(request.expires));
}

}  // namespace sipward::calls
