// What becomes of an INVITE, and of requests within a call.
#include <algorithm>

#include "calls/calls.h"
#include "calls/media.h"

namespace sipward::calls {
namespace {

// RFC 4028 section 4: 90 seconds at least. More than a week says nothing.
uint32_t SessionSeconds(sip::Message& message) {
  constexpr int64_t kLeast = 90, kMost = 7 * 24 * 3600;
  const int64_t seconds = message.number(sip::HeaderId::kSessionExpires);
  return seconds < 0 ? 0 : static_cast<uint32_t>(std::clamp(seconds, kLeast, kMost));
}

bool IsSuccess(int code) { return code >= 200 && code < 300; }
bool IsChallenge(int code) { return code == 401 || code == 407; }

}  // namespace

void Tracker::TakeAnswer(const facts::Packet& packet) {
  const int code = message_->start().code;
  const bool to_invite = message_->cseq().method == sip::Method::kInvite;
  const sip::Method method = message_->cseq().method;
  const bool of_call = method != sip::Method::kRegister && method != sip::Method::kOptions &&
                       (to_invite || message_->to().tag.present());
  if (!of_call) return;
  const Dialog dialog = Find(*message_, from_key_);
  if (!dialog.found) {
    const bool alive = code >= 180 && code < 300;
    if (!to_invite || !alive || !message_->to().tag.present()) return;
    BeginHalfSeen(packet);
    ChangeCall(begun_, [&](CallRecord& call) { return TakeAnswerToInvite(&call); });
    return;
  }
  ChangeCall(dialog.key, [&](CallRecord& call) {
    if (call.state == CallState::kOver) return false;
    NoteWay(packet, &call);
    const bool of_this = to_invite && !dialog.by_callee && message_->cseq().number == call.cseq;
    // Only its answers tell who asked.
    if (of_this && call.half_seen && code < 300 && IsParty(packet.source, call)) {
      NoteHost(packet.destination, &call);
    }
    return of_this ? TakeAnswerToInvite(&call)
                   : TakeAnswerInDialog(packet, dialog.by_callee, &call);
  });
}

bool Tracker::TakeAnswerToInvite(CallRecord* call) {
  const int code = message_->start().code;
  if (call->state == CallState::kAnswered || call->state == CallState::kHangingUp) {
    if (IsSuccess(code)) Connect(call);
    return true;
  }
  call->seen = std::max(call->seen, own_now_);
  call->tried = true;
  if (code <= 100) return true;
  if (code < 200) {
    call->state = CallState::kRinging;
    if (!call->rung) call->rang = own_now_;
    call->rung = true;
    return true;
  }
  call->code = static_cast<uint16_t>(code);
  if (IsSuccess(code)) {
    Connect(call);
  } else if (IsChallenge(code)) {
    call->state = CallState::kChallenged;
  } else {
    End(call->cancelled ? EndedBy::kCaller : EndedBy::kCallee, own_now_, call);
  }
  return true;
}

// A 2xx: the first answers the call, those of other tags are further legs of it.
void Tracker::Connect(CallRecord* call) {
  const uint32_t leg = ShortHash(message_->to().tag.In(message_->bytes().data()));
  const auto end = call->legs.begin() + call->leg_count;
  if (std::find(call->legs.begin(), end, leg) == end && call->leg_count < CallRecord::kLegs)
    call->legs[call->leg_count++] = leg;
  if (call->was_answered) return;
  call->was_answered = true;
  call->state = CallState::kAnswered;
  call->answered = own_now_;
  call->cancelled = false;  // it came too late
  call->ended_by = EndedBy::kNobody;
  call->session_seconds = SessionSeconds(*message_);
  const Media media = ReadMedia(*message_);
  const bool offered_secure = call->caller_secure;
  call->callee_media = media.address;
  call->callee_secure = media.secure;
  Happened* what = TellOf(facts::EventKind::kCallAnswer, *call);
  what->media = call->caller_media;
  what->media_secure = media.described && media.secure;
  what->media_downgraded = offered_secure && media.described && !media.secure;
}

bool Tracker::TakeAnswerInDialog(const facts::Packet& packet, bool by_callee, CallRecord* call) {
  const int code = message_->start().code;
  if (code < 200) return false;
  // RFC 3261 section 12.2.1.2: the other side knows nothing of the call.
  const bool gone = code == 481 || code == 408;
  if (message_->cseq().method == sip::Method::kBye) {
    if (call->state != CallState::kHangingUp) return false;
    if (IsSuccess(code) || gone) {
      End(call->ended_by, call->seen, call);
    } else {
      call->state = call->was_answered ? CallState::kAnswered : CallState::kRinging;
      call->ended_by = EndedBy::kNobody;
      call->seen = own_now_;
    }
    return true;
  }
  if (!IsParty(packet.source, *call) || !call->was_answered) return false;
  if (gone) {
    End(EndedBy::kNobody, own_now_, call);
    return true;
  }
  if (!IsSuccess(code)) return false;
  call->seen = std::max(call->seen, own_now_);
  const sip::Method method = message_->cseq().method;
  if (method != sip::Method::kInvite && method != sip::Method::kUpdate) return true;
  if (const uint32_t seconds = SessionSeconds(*message_); seconds != 0)
    call->session_seconds = seconds;
  MoveMedia(!by_callee, false, call);
  return true;
}

}  // namespace sipward::calls
