#include "engine/guards.h"

#include <array>

#include "base/ascii.h"

namespace sipward::engine {

bool IsEmergencyUrn(std::string_view uri) {
  constexpr std::string_view kSos = "urn:service:sos";
  if (uri.size() < kSos.size() || !EqualsIgnoreCase(uri.substr(0, kSos.size()), kSos)) return false;
  const std::string_view rest = uri.substr(kSos.size());
  return rest.empty() ||
         (rest.size() > 1 && rest[0] == '.' && (IsAlpha(rest[1]) || IsDigit(rest[1])));
}

Hash128 KeyOf(const facts::Value& value, const HashSecret& secret) {
  std::array<char, 320> bytes;
  const size_t size = rules::CanonicalBytes(value, secret, bytes);
  return KeyedHash128(secret, {bytes.data(), size});
}

Guards::Guards(state::Region& region, const lists::List* allowed,
               const lists::List* emergency_numbers, state::Region::Table emergency_dialogs,
               state::Region::Table bans)
    : region_(region),
      allowed_(allowed && allowed->kind() == lists::Kind::kCidr ? allowed : nullptr),
      emergency_numbers_(emergency_numbers && emergency_numbers->kind() != lists::Kind::kCidr
                             ? emergency_numbers
                             : nullptr),
      emergency_dialogs_(emergency_dialogs),
      bans_(bans) {}

bool Guards::IsAllowListed(const IpAddress& source) const {
  return allowed_ && allowed_->Contains(source);
}

// The Call-ID alone: it is the one part of a dialog's name that is the same in messages of both
// sides, before and after the callee chose a tag.
Hash128 Guards::DialogKey(sip::Message& message) const {
  return KeyedHash128(region_.secret(), message.call_id().In(message.bytes().data()));
}

bool Guards::IsEmergency(sip::Message& message, rules::Evaluator& evaluator, Nanos now) const {
  if (message.error() != nullptr) return false;
  const bool initial = message.is_request() && message.start().method == sip::Method::kInvite &&
                       !message.to().tag.present();
  if (!initial) return region_.Contains(emergency_dialogs_, DialogKey(message), now);
  const char* base = message.bytes().data();
  const sip::Uri& uri = message.request_uri();
  const bool emergency = IsEmergencyUrn(uri.text.In(base)) ||
                         (emergency_numbers_ && uri.user.present() &&
                          evaluator.InList(*emergency_numbers_, uri.user.In(base)));
  if (emergency)
    region_.Insert(emergency_dialogs_, DialogKey(message), now + kEmergencyDialogTime, now);
  return emergency;
}

bool Guards::IsBanned(const facts::Packet& packet, Nanos now, std::string_view* reason) const {
  const auto banned = [&](const facts::Value& key) {
    state::BanInfo info;
    if (!region_.IsBanned(bans_, KeyOf(key, region_.secret()), now, &info)) return false;
    *reason = info.reason;
    return true;
  };
  const uint8_t bits = packet.source.is_v4() ? 24 : 64;
  return banned(facts::Value::Ip(packet.source)) ||
         banned(facts::Value::Net(Cidr{packet.source.Prefix(bits), bits})) ||
         (packet.account && banned(facts::Value::String(*packet.account)));
}

}  // namespace sipward::engine
