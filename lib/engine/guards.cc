#include "engine/guards.h"

#include <array>
#include <span>

#include "rules/rules.h"

namespace sipward::engine {

using facts::FieldId;
using facts::Value;

Party Party::Of(const facts::Packet& packet) {
  return {packet.source, packet.account, packet.trunk, packet.monotonic};
}

Party Party::Of(facts::HostEvent& event) {
  const auto text = [&](FieldId id) -> std::optional<std::string_view> {
    const Value& value = event.Get(id);
    if (value.str().empty()) return std::nullopt;
    return value.str();
  };
  Party party;
  const Value& source = event.Get(FieldId::kSrcIp);
  if (source.present()) party.source = source.address();
  party.account = text(FieldId::kAccount);
  party.trunk = text(FieldId::kTrunk);
  party.now = event.now();
  return party;
}

Hash128 KeyOf(KeySpace space, const Value& value, const HashSecret& secret) {
  const Value kept =
      value.kind == Value::Kind::kCidr ? Value::IpOrNet({value.address(), value.bits}) : value;
  std::array<char, 320> bytes;
  bytes[0] = static_cast<char>(space);
  const size_t size = rules::CanonicalBytes(kept, secret, std::span(bytes).subspan(1));
  return KeyedHash128(secret, {bytes.data(), size + 1});
}

Hash128 ThrottleKey(const Party& party, const HashSecret& secret) {
  if (party.source) return KeyOf(KeySpace::kAddress, Value::Net(HostOf(*party.source)), secret);
  if (party.account) return KeyOf(KeySpace::kAccount, Value::String(*party.account), secret);
  if (party.trunk) return KeyOf(KeySpace::kTrunk, Value::String(*party.trunk), secret);
  return KeyOf(KeySpace::kNothing, Value(), secret);
}

Guards::Guards(state::Region& region, const lists::List* allowed, const EngineTables& tables)
    : region_(region),
      allowed_(allowed && allowed->kind() == lists::Kind::kCidr ? allowed : nullptr),
      tables_(tables) {}

bool Guards::IsAllowListed(const std::optional<IpAddress>& source) const {
  return allowed_ && source && allowed_->Contains(*source);
}

bool Guards::IsBanned(const Party& party, std::string_view* reason) const {
  if (!region_.Marks(tables_.bans).Has(0)) return false;  // nobody ever was
  const auto banned = [&](KeySpace space, const Value& key) {
    state::BanInfo info;
    if (!region_.IsBanned(tables_.bans, KeyOf(space, key, region_.secret()), party.now, &info)) {
      return false;
    }
    *reason = info.reason;
    return true;
  };
  return (party.source && (banned(KeySpace::kAddress, Value::Ip(*party.source)) ||
                           banned(KeySpace::kAddress, Value::Net(NetworkOf(*party.source))))) ||
         (party.account && banned(KeySpace::kAccount, Value::String(*party.account))) ||
         (party.trunk && banned(KeySpace::kTrunk, Value::String(*party.trunk)));
}

}  // namespace sipward::engine
