#include "engine/guards.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace sipward::engine {
namespace {

using facts::Value;
using sip::Method;

// What an INVITE dialog consists of (RFC 3261 section 12.2, RFC 3262, 3311, 6086).
bool CarriesACall(Method method) {
  switch (method) {
    case Method::kInvite:
    case Method::kAck:
    case Method::kBye:
    case Method::kCancel:
    case Method::kPrack:
    case Method::kUpdate:
    case Method::kInfo:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool IsEmergencyUrn(std::string_view uri) {
  constexpr std::string_view kSos = "urn:service:sos";
  if (uri.size() < kSos.size() || !EqualsIgnoreCase(uri.substr(0, kSos.size()), kSos)) return false;
  const std::string_view rest = uri.substr(kSos.size());
  return rest.empty() ||
         (rest.size() > 1 && rest[0] == '.' && (IsAlpha(rest[1]) || IsDigit(rest[1])));
}

Hash128 KeyOf(KeySpace space, const Value& value, const HashSecret& secret) {
  const bool one_address =
      value.kind == Value::Kind::kCidr && value.bits == 32 && value.address().is_v4();
  std::array<char, 320> bytes;
  bytes[0] = static_cast<char>(space);
  const size_t size = rules::CanonicalBytes(one_address ? Value::Ip(value.address()) : value,
                                            secret, std::span(bytes).subspan(1));
  return KeyedHash128(secret, {bytes.data(), size + 1});
}

Guards::Guards(state::Region& region, const lists::List* allowed,
               const lists::List* emergency_numbers, const EngineTables& tables)
    : region_(region),
      allowed_(allowed && allowed->kind() == lists::Kind::kCidr ? allowed : nullptr),
      emergency_numbers_(emergency_numbers && emergency_numbers->kind() != lists::Kind::kCidr
                             ? emergency_numbers
                             : nullptr),
      tables_(tables) {}

bool Guards::IsAllowListed(const IpAddress& source) const {
  return allowed_ && allowed_->Contains(source);
}

// Call-ID and the caller's tag: they name the dialog before and after the callee chose a tag, on
// either side of a proxy.
Hash128 Guards::DialogKey(sip::Message& message, Slice caller_tag) const {
  const char* base = message.bytes().data();
  const Hash128 call = KeyedHash128(region_.secret(), message.call_id().In(base));
  const Hash128 tag = KeyedHash128(region_.secret(), caller_tag.In(base));
  return {call.low ^ (tag.low << 1 | tag.low >> 63), call.high ^ (tag.high << 1 | tag.high >> 63)};
}

// The caller's tag stands in From of what the caller sends and of the answers to it, in To of what
// the callee sends.
bool Guards::IsInEmergencyDialog(sip::Message& message, Nanos now) const {
  const Method method = message.is_response() ? message.cseq().method : message.start().method;
  const Slice to_tag = message.to().tag;
  const bool needs_tag = message.is_request() && method != Method::kCancel;
  if (!CarriesACall(method) || (needs_tag && !to_tag.present())) return false;
  return region_.Contains(tables_.emergency_dialogs, DialogKey(message, message.from().tag), now) ||
         (to_tag.present() &&
          region_.Contains(tables_.emergency_dialogs, DialogKey(message, to_tag), now));
}

bool Guards::IsEmergency(sip::Message& message, const facts::Packet& packet,
                         rules::Evaluator& evaluator) const {
  if (message.error() != nullptr) return false;
  const Nanos now = packet.monotonic;
  const bool initial = message.is_request() && message.start().method == Method::kInvite &&
                       !message.to().tag.present();
  if (!initial) return IsInEmergencyDialog(message, now);
  const char* base = message.bytes().data();
  const sip::Uri& uri = message.request_uri();
  const bool emergency = IsEmergencyUrn(uri.text.In(base)) ||
                         (emergency_numbers_ && uri.user.present() &&
                          evaluator.InList(*emergency_numbers_, uri.user.In(base)));
  if (!emergency) return false;
  const Value host = Value::Net(HostOf(packet.source));
  if (region_.Take(tables_.throttles, KeyOf(KeySpace::kAddress, host, region_.secret()), kMinute,
                   kEmergencyDialogsOfAHost, now)) {
    region_.Insert(tables_.emergency_dialogs, DialogKey(message, message.from().tag),
                   SaturatingSum(now, kEmergencyDialogTime), now);
  }
  return true;
}

bool Guards::IsBanned(const facts::Packet& packet, std::string_view* reason) const {
  const auto banned = [&](KeySpace space, const Value& key) {
    state::BanInfo info;
    if (!region_.IsBanned(tables_.bans, KeyOf(space, key, region_.secret()), packet.monotonic,
                          &info)) {
      return false;
    }
    *reason = info.reason;
    return true;
  };
  return banned(KeySpace::kAddress, Value::Ip(packet.source)) ||
         banned(KeySpace::kAddress, Value::Net(NetworkOf(packet.source))) ||
         (packet.account && banned(KeySpace::kAccount, Value::String(*packet.account))) ||
         (packet.trunk && banned(KeySpace::kTrunk, Value::String(*packet.trunk)));
}

}  // namespace sipward::engine
