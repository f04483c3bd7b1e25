// Which call a message belongs to, and what is kept of it.
#include <algorithm>
#include <bit>
#include <limits>

#include "base/plain.h"
#include "calls/calls.h"

namespace sipward::calls {
namespace {

constexpr uint32_t kMostCalls = uint32_t{1} << 28;

int64_t RankOf(const CallRecord& call) {
  switch (call.state) {
    case CallState::kAnswered:
    case CallState::kHangingUp:
      return 3;
    case CallState::kRinging:
      return 2;
    case CallState::kOver:
      return 0;
    default:
      return 1;
  }
}

Nanos PatienceWith(const CallRecord& call) {
  switch (call.state) {
    case CallState::kRinging:
      return call.cancelled ? kAnswerTime : kRingTime;
    case CallState::kCalling:
      return call.tried && !call.cancelled ? kRingTime : kAnswerTime;
    case CallState::kAnswered:
      return call.session_seconds == 0 ? kSilence
                                       : Nanos{call.session_seconds} * kSecond + kAnswerTime;
    default:
      return kAnswerTime;
  }
}

Nanos Later(Nanos time, Nanos by) {
  return time > std::numeric_limits<Nanos>::max() - by ? std::numeric_limits<Nanos>::max()
                                                       : time + by;
}

}  // namespace

std::array<state::TableSpec, 3> TableSpecs(uint64_t region_bytes, uint32_t call_capacity) {
  using state::TableKind;
  constexpr uint64_t kEntry = state::kRecordBytes + 32;
  constexpr uint64_t kShare = 16;
  // Twice as many places as calls, so that hardly any finds both of its buckets full.
  const uint64_t places =
      call_capacity == 0 ? std::bit_floor(std::max<uint64_t>(16, region_bytes / kShare / kEntry))
                         : 2 * uint64_t{std::min(call_capacity, kMostCalls)};
  const auto calls = static_cast<uint32_t>(std::max<uint64_t>(16, places));
  const auto requests = static_cast<uint32_t>(
      std::bit_floor(std::max<uint64_t>(16, region_bytes / (4 * kShare) / kEntry)));
  return {{{TableKind::kRecord, 0, calls, "calls.calls"},
           {TableKind::kRecord, 0, requests, "calls.requests"},
           {TableKind::kMember, 0, 4 * requests, "calls.nonces"}}};
}

void Tracker::Restart(Nanos now, Nanos wall) {
  now_ = now;
  own_now_ = region_.OwnTime(now);
  wall_ = wall;
  told_ = count_ = 0;
  message_ = nullptr;
}

uint32_t Tracker::ShortHash(std::string_view text) const {
  return static_cast<uint32_t>(KeyedHash64(region_.secret(), text));
}

uint32_t Tracker::HostHash(const IpAddress& address) const {
  return ShortHash(BytesOf(HostOf(address).address.bytes));
}

// Both in one hash, unless they are longer than any that is meant well.
Hash128 Tracker::CallKey(std::string_view call_id, std::string_view tag) const {
  constexpr size_t kOrdinary = 240;
  const size_t size = call_id.size() + tag.size();
  if (size > kOrdinary) {
    struct {
      Hash128 call_id, tag;
    } const parts{KeyedHash128(region_.secret(), call_id), KeyedHash128(region_.secret(), tag)};
    return KeyedHash128(region_.secret(), BytesOf(parts));
  }
  std::array<char, kOrdinary + 1> both;
  char* at = std::copy(call_id.begin(), call_id.end(), both.begin());
  at = std::copy(tag.begin(), tag.end(), at);
  *at = static_cast<char>(tag.size());
  return KeyedHash128(region_.secret(), {both.data(), size + 1});
}

Hash128 Tracker::FromKey(sip::Message& message) const {
  const char* base = message.bytes().data();
  return CallKey(message.call_id().In(base), message.from().tag.In(base));
}

Tracker::Dialog Tracker::Find(sip::Message& message, const Hash128& from_key) {
  const char* base = message.bytes().data();
  const std::string_view to = message.to().tag.In(base);
  Dialog dialog;
  dialog.key = from_key;
  dialog.found = region_.ReadRecord(tables_.calls, dialog.key, &dialog.record);
  if (dialog.found || to.empty()) return dialog;
  const Hash128 other = CallKey(message.call_id().In(base), to);
  if (!region_.ReadRecord(tables_.calls, other, &dialog.record)) return dialog;
  dialog.found = dialog.by_callee = true;
  dialog.key = other;
  return dialog;
}

bool Tracker::IsParty(const IpAddress& source, const CallRecord& call) const {
  const auto end = call.hosts.begin() + call.host_count;
  return std::find(call.hosts.begin(), end, HostHash(source)) != end;
}

void Tracker::NoteHost(const IpAddress& address, CallRecord* call) const {
  if (call->host_count == CallRecord::kHosts || IsParty(address, *call)) return;
  call->hosts[call->host_count++] = HostHash(address);
}

// A host has part in a call if one that has sends it a request, or gets its answer. To be answered
// gives nobody a part: strangers are.
void Tracker::NoteWay(const facts::Packet& packet, CallRecord* call) const {
  const bool response = message_->is_response();
  const IpAddress& known = response ? packet.destination : packet.source;
  if (IsParty(known, *call)) NoteHost(response ? packet.source : packet.destination, call);
}

facts::CallFacts Tracker::Look(sip::Message& message, const facts::Packet& packet) {
  facts::CallFacts facts;
  if (!message.call_id().present()) return facts;
  const Dialog dialog = Find(message, FromKey(message));
  if (!dialog.found) return facts;
  const CallRecord call = LoadCall(dialog.record);
  facts.known = true;
  facts.party = IsParty(packet.source, call);
  facts.replayed = !facts.party && message.is_request() &&
                   message.start().method == sip::Method::kInvite && !message.to().tag.present() &&
                   message.cseq().number <= call.cseq;
  return facts;
}

void Tracker::Keep(const CallRecord& call, state::Record* record) {
  Store(call, record);
  record->rank = RankOf(call);
  record->until = Later(call.seen, PatienceWith(call));
}

bool Tracker::EndIfOver(Nanos until, CallRecord* call) {
  if (until > own_now_ || call->state == CallState::kOver) return false;
  ++counts_.lost;
  End(call->ended_by, until, call);
  return true;
}

// A call whose time is over, if there is one where the sweep has come to.
bool Tracker::EndOne() {
  return region_.ChangeExpiredRecord(tables_.calls, own_now_, &sweep_, [&](state::Record& record) {
    CallRecord call = LoadCall(record);
    EndIfOver(record.until, &call);
    Keep(call, &record);
  });
}

void Tracker::Take(sip::Message& message, const facts::Packet& packet, bool emergency) {
  Restart(packet.monotonic, packet.wall);
  EndOne();
  if (!message.call_id().present() || !message.cseq().number_valid) return;
  message_ = &message;
  from_key_ = FromKey(message);
  if (message.is_response()) {
    TakeAnswer(packet);
    TakeFinal(packet);
    return;
  }
  if (!message.is_request()) return;
  const bool in_dialog = message.to().tag.present();
  const sip::Method method = message.start().method;
  if (method == sip::Method::kInvite && !in_dialog) {
    TakeInvite(packet, emergency);
  } else if (method == sip::Method::kCancel) {
    TakeCancel();
  } else if (in_dialog) {
    TakeInDialog(packet);
  }
  if (IsAttempt()) NoteAttempt(packet);
}

bool Tracker::PassTime(Nanos now, Nanos wall) {
  Restart(now, wall);
  // A table of 16 million calls is walked through in a thousand steps.
  constexpr uint64_t kBuckets = 4096;
  const uint64_t begin = sweep_;
  while (count_ < kMostEvents) {
    if (EndOne()) continue;
    if (sweep_ - begin >= kBuckets) return true;
  }
  return false;
}

}  // namespace sipward::calls
