#include "engine/dynamic_lists.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sipward::engine {

using facts::Value;

std::optional<DynamicList> DynamicList::Find(std::shared_ptr<state::Region> region,
                                             std::shared_ptr<const Generation> generation,
                                             std::string_view name) {
  const auto lists = generation->rules().dynamic_lists();
  const auto found = std::find_if(lists.begin(), lists.end(),
                                  [&](const rules::RuleSet::Dynamic& d) { return d.name == name; });
  if (found == lists.end()) return std::nullopt;
  DynamicList list;
  list.kind_ = found->kind;
  list.table_ = generation->tables()[found->table];
  list.region_ = std::move(region);
  list.generation_ = std::move(generation);
  return list;
}

// What rules look for; absent: it would never be found.
Value DynamicList::KeyOfText(std::string_view text) const {
  if (kind_ != lists::Kind::kCidr) return text.empty() ? Value() : Value::String(text);
  const auto net = Cidr::Parse(text);
  return net && rules::CanBeDynamic(*net) ? Value::IpOrNet(*net) : Value();
}

Hash128 DynamicList::Hash(const Value& key) const {
  return rules::DynamicKey(key, region_->secret());
}

bool DynamicList::Add(std::string_view key, std::string_view reason, Nanos duration,
                      Nanos now) const {
  const Value value = KeyOfText(key);
  if (!value.present() || reason.empty() || duration <= 0) return false;
  std::array<char, 64> text;
  const size_t size = rules::KeyText(value, text);
  region_->Ban(table_, Hash(value), {text.data(), size}, reason, SaturatingSum(now, duration), now);
  return true;
}

std::optional<state::BanInfo> DynamicList::Look(std::string_view key, Nanos now) const {
  state::BanInfo info;
  const auto holds = [&](const Value& value) {
    return region_->IsBanned(table_, Hash(value), now, &info);
  };
  const Value value = KeyOfText(key);
  if (!value.present()) return std::nullopt;
  if (value.kind != Value::Kind::kIp) return holds(value) ? std::optional(info) : std::nullopt;
  const IpAddress ip = value.address();
  for (const uint8_t bits : rules::DynamicLengths(ip)) {
    if (holds(Value::Net({ip.Prefix(bits), bits}))) return info;
  }
  return std::nullopt;
}

bool DynamicList::Remove(std::string_view key, Nanos now) const {
  const Value value = KeyOfText(key);
  if (!value.present()) return false;
  const bool there = region_->IsBanned(table_, Hash(value), now, nullptr);
  region_->Reset(table_, Hash(value));
  return there;
}

std::optional<state::BanInfo> DynamicList::Next(uint64_t* cursor, Nanos now) const {
  state::BanInfo info;
  if (!region_->NextBan(table_, now, cursor, &info)) return std::nullopt;
  return info;
}

}  // namespace sipward::engine
