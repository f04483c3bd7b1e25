#include "engine/bans.h"

#include <array>
#include <span>
#include <utility>

#include "lists/lists.h"

namespace sipward::engine {
namespace {

using facts::Value;

constexpr std::array<KeySpace, 3> kSpaces = {KeySpace::kAddress, KeySpace::kAccount,
                                             KeySpace::kTrunk};

KeySpace SpaceOf(BanKind kind) { return kSpaces[static_cast<size_t>(kind)]; }

std::optional<BanKind> KindOf(char space) {
  for (size_t i = 0; i < kSpaces.size(); ++i) {
    if (static_cast<char>(kSpaces[i]) == space) return static_cast<BanKind>(i);
  }
  return std::nullopt;
}

// What the guard looks for; absent: it would never be found.
Value KeyOfText(BanKind kind, std::string_view text) {
  if (kind != BanKind::kAddress) return text.empty() ? Value() : Value::String(text);
  const auto net = Cidr::Parse(text);
  if (!net) return {};
  const Value value = Value::IpOrNet(*net);
  const bool looked_up = value.kind == Value::Kind::kIp || *net == NetworkOf(net->address);
  return looked_up ? value : Value();
}

}  // namespace

Bans::Bans(std::shared_ptr<state::Region> region, const EngineTables& tables,
           std::shared_ptr<const rules::RuleSet> rules)
    : region_(std::move(region)), tables_(tables), rules_(std::move(rules)) {}

bool Bans::Put(state::Region& region, const EngineTables& tables, KeySpace space, const Value& key,
               std::string_view reason, Nanos until, Nanos now) {
  std::array<char, 64> text;
  text[0] = static_cast<char>(space);
  const size_t size = 1 + rules::KeyText(key, std::span(text).subspan(1));
  return region.Ban(tables.bans, KeyOf(space, key, region.secret()), {text.data(), size}, reason,
                    until, now);
}

bool Bans::Add(BanKind kind, std::string_view key, std::string_view reason, Nanos duration,
               Nanos now) {
  const Value value = KeyOfText(kind, key);
  if (!value.present() || reason.empty() || duration <= 0) return false;
  Put(*region_, tables_, SpaceOf(kind), value, reason, SaturatingSum(now, duration), now);
  return true;
}

std::optional<Ban> Bans::ToBan(const state::BanInfo& info) const {
  const auto kind = info.key.empty() ? std::nullopt : KindOf(info.key.front());
  if (!kind) return std::nullopt;
  Ban ban{*kind, info.key.substr(1), info.reason, info.since, info.until};
  const lists::List* allowed = rules_->FindList("allowed");
  const auto net = *kind == BanKind::kAddress ? Cidr::Parse(ban.key) : std::nullopt;
  ban.allow_listed = net && allowed != nullptr && allowed->Touches(*net);
  return ban;
}

std::optional<Ban> Bans::Find(BanKind kind, std::string_view key, Nanos now) const {
  const auto find = [&](const Value& value) -> std::optional<Ban> {
    state::BanInfo info;
    const Hash128 hash = KeyOf(SpaceOf(kind), value, region_->secret());
    if (!region_->IsBanned(tables_.bans, hash, now, &info)) return std::nullopt;
    return ToBan(info);
  };
  const Value value = KeyOfText(kind, key);
  if (!value.present()) return std::nullopt;
  const auto found = find(value);
  if (found || value.kind != Value::Kind::kIp) return found;
  return find(Value::Net(NetworkOf(value.address())));
}

bool Bans::Remove(BanKind kind, std::string_view key, Nanos now) {
  const Value value = KeyOfText(kind, key);
  if (!value.present()) return false;
  const Hash128 hash = KeyOf(SpaceOf(kind), value, region_->secret());
  const bool banned = region_->IsBanned(tables_.bans, hash, now, nullptr);
  region_->Reset(tables_.bans, hash);
  return banned;
}

std::optional<Ban> Bans::Next(uint64_t* cursor, Nanos now) const {
  state::BanInfo info;
  while (region_->NextBan(tables_.bans, now, cursor, &info)) {
    if (const auto ban = ToBan(info)) return ban;
  }
  return std::nullopt;
}

}  // namespace sipward::engine
