// What goes on while a call is under way, and who hangs up.
#include <algorithm>

#include "calls/calls.h"
#include "calls/media.h"

namespace sipward::calls {

void Tracker::TakeInDialog(const facts::Packet& packet) {
  const Dialog dialog = Find(*message_, from_key_);
  if (!dialog.found) return;
  const sip::Method method = message_->start().method;
  ChangeCall(dialog.key, [&](CallRecord& call) {
    if (call.state == CallState::kOver) return false;
    if (method == sip::Method::kBye) return TakeBye(packet, dialog.by_callee, &call);
    if (!IsParty(packet.source, call)) {
      // It is no sign of life, but media may move for all that.
      return (method == sip::Method::kInvite || method == sip::Method::kUpdate) &&
             MoveMedia(dialog.by_callee, true, &call);
    }
    NoteWay(packet, &call);
    if (call.state != CallState::kHangingUp) call.seen = std::max(call.seen, own_now_);
    if (method == sip::Method::kInvite || method == sip::Method::kUpdate)
      MoveMedia(dialog.by_callee, true, &call);
    return true;
  });
}

// A BYE from a host that has no part in the call may be forged: what becomes of it is seen by its
// answer, or by nobody's having given one.
bool Tracker::TakeBye(const facts::Packet& packet, bool by_callee, CallRecord* call) {
  const EndedBy by = by_callee ? EndedBy::kCallee : EndedBy::kCaller;
  if (!IsParty(packet.source, *call)) {
    if (call->state == CallState::kHangingUp) return false;
    call->state = CallState::kHangingUp;
    call->ended_by = by;
    call->seen = own_now_;
    return true;
  }
  const char* base = message_->bytes().data();
  const uint32_t leg = ShortHash((by_callee ? message_->from() : message_->to()).tag.In(base));
  const auto end = call->legs.begin() + call->leg_count;
  const auto found = std::find(call->legs.begin(), end, leg);
  // One of several that answered (RFC 3261 section 13.2.2.4) leaves, and the others stay.
  if (call->leg_count > 1) {
    if (found == end) return false;
    *found = *(end - 1);
    --call->leg_count;
    return true;
  }
  if (call->leg_count == 1 && found == end) return false;
  End(by, own_now_, call);
  return true;
}

void Tracker::TakeCancel() {
  const Dialog dialog = Find(*message_, from_key_);
  if (!dialog.found) return;
  ChangeCall(dialog.key, [&](CallRecord& call) {
    if (call.was_answered || call.state == CallState::kOver || call.cancelled) return false;
    if (message_->cseq().number != call.cseq) return false;
    call.cancelled = true;
    call.ended_by = EndedBy::kCaller;
    call.seen = own_now_;
    return true;
  });
}

bool Tracker::MoveMedia(bool by_callee, bool answers, CallRecord* call) {
  const Media media = ReadMedia(*message_);
  if (!media.described || media.address.is_unspecified()) return false;
  IpAddress& address = by_callee ? call->callee_media : call->caller_media;
  bool& secure = by_callee ? call->callee_secure : call->caller_secure;
  const bool moved = !address.is_unspecified() && address != media.address;
  const bool downgraded = secure && !media.secure;
  if (moved || downgraded) {
    Happened* what = TellOf(facts::EventKind::kMediaChange, *call);
    what->answers = answers;
    what->media = media.address;
    what->media_before = address;
    what->media_secure = media.secure;
    what->media_downgraded = downgraded;
  }
  const bool changed = address != media.address || secure != media.secure;
  address = media.address;
  secure = media.secure;
  return changed;
}

}  // namespace sipward::calls
