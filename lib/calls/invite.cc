// How calls begin.
#include "calls/calls.h"
#include "calls/media.h"

namespace sipward::calls {
namespace {

// What a caller or a called one is known by: the user of the URI, of a number as it is written.
std::string_view UserOf(const sip::Uri& uri, const char* base) { return uri.user.In(base); }

std::string_view CallerOf(sip::Message& message) {
  const char* base = message.bytes().data();
  const std::string_view from = UserOf(message.from().uri, base);
  const auto asserted = message.addresses(sip::HeaderId::kPAssertedIdentity);
  // RFC 3323 section 4.1.1.3, RFC 3325 section 7.
  const bool anonymous = from.empty() || from == "anonymous";
  return anonymous && !asserted.empty() ? UserOf(asserted.front().uri, base) : from;
}

}  // namespace

void Tracker::Begin(const facts::Packet& packet, CallRecord* call) {
  const char* base = message_->bytes().data();
  *call = CallRecord{};
  call->started = call->seen = own_now_;
  call->asker = Asker::Of(packet);
  call->cseq = static_cast<uint32_t>(message_->cseq().number);
  NoteHost(packet.source, call);
  NoteHost(packet.destination, call);
  const std::string_view callee = message_->is_request() ? UserOf(message_->request_uri(), base)
                                                         : UserOf(message_->to().uri, base);
  call->texts.Fill({message_->call_id().In(base), packet.account.value_or(std::string_view()),
                    CallerOf(*message_), callee, packet.trunk.value_or(std::string_view())});
  if (message_->is_response()) return;
  const std::string_view agent = message_->ValueOf(sip::HeaderId::kUserAgent).In(base);
  if (agents_ && !agent.empty()) call->agent = KeyedHash64(region_.secret(), agent);
  const Media media = ReadMedia(*message_);
  call->caller_media = media.address;
  call->caller_secure = media.secure;
}

void Tracker::Add(const CallRecord& call) {
  state::Record record, displaced;
  Keep(call, &record);
  const state::RecordPlace place =
      region_.AddRecord(tables_.calls, begun_, record, own_now_, &displaced);
  if (place == state::RecordPlace::kNoRoom) ++counts_.untracked;
  if (displaced.rank == 0) return;
  CallRecord other = LoadCall(displaced);
  if (EndIfOver(displaced.until, &other) || other.state == CallState::kOver) return;
  ++counts_.given_up;
  End(EndedBy::kNobody, own_now_, &other);
}

void Tracker::TakeInvite(const facts::Packet& packet, bool emergency) {
  begun_ = from_key_;
  const bool known = ChangeCall(
      begun_, [&](CallRecord& call) { return TakeNextInvite(packet, emergency, &call); });
  if (known) return;
  CallRecord call;
  Begin(packet, &call);
  call.emergency = emergency;
  Add(call);
  TellOf(facts::EventKind::kCallStart, call)->answers = true;
}

// An INVITE of a call that is known: sent again, or on its way through, or with credentials, or the
// next call under the same name.
bool Tracker::TakeNextInvite(const facts::Packet& packet, bool emergency, CallRecord* call) {
  const bool party = IsParty(packet.source, *call);
  if (message_->cseq().number <= call->cseq) {
    if (!party || call->state == CallState::kOver) return false;
    NoteWay(packet, call);
    return true;
  }
  const bool over = call->state == CallState::kOver;
  if (!party && !over) return false;
  const char* base = message_->bytes().data();
  const bool goes_on =
      !over && !call->was_answered &&
      call->texts.Get(CallRecord::kAccount) == packet.account.value_or(std::string_view()) &&
      call->asker.proven == packet.strong_evidence() &&
      call->texts.Get(CallRecord::kCallee) == UserOf(message_->request_uri(), base);
  if (goes_on) {
    call->cseq = static_cast<uint32_t>(message_->cseq().number);
    call->state = CallState::kCalling;
    call->tried = false;
    call->seen = own_now_;
    return true;
  }
  if (!over) End(EndedBy::kCallee, own_now_, call);
  Begin(packet, call);
  call->emergency = emergency;
  TellOf(facts::EventKind::kCallStart, *call)->answers = true;
  return true;
}

// Of a call only an answer was seen: it began before, or on the other side.
void Tracker::BeginHalfSeen(const facts::Packet& packet) {
  begun_ = from_key_;
  CallRecord call;
  Begin(packet, &call);
  call.half_seen = true;
  call.asker.source = packet.destination;
  call.asker.source_port = packet.destination_port;
  Add(call);
  TellOf(facts::EventKind::kCallStart, call);
}

}  // namespace sipward::calls
