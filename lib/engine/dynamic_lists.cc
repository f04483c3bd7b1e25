#include "engine/dynamic_lists.h"

#include <algorithm>
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
  const state::Region::Table table = generation->tables()[found->table];
  list.table_ = rules::DynamicTable(region.get(), table, found->kind);
  list.region_ = std::move(region);
  list.generation_ = std::move(generation);
  return list;
}

// What rules look for; absent: it would never be found.
Value DynamicList::ValueOf(std::string_view text) const {
  if (table_.kind() != lists::Kind::kCidr) return text.empty() ? Value() : Value::String(text);
  const auto net = Cidr::Parse(text);
  return net ? Value::IpOrNet(*net) : Value();
}

bool DynamicList::Add(std::string_view key, std::string_view reason, Nanos duration,
                      Nanos now) const {
  if (reason.empty() || duration <= 0) return false;
  return table_.Add(ValueOf(key), reason, SaturatingSum(now, duration), now) !=
         rules::DynamicTable::Added::kRefused;
}

std::optional<state::BanInfo> DynamicList::Look(std::string_view key, Nanos now) const {
  state::BanInfo info;
  const Value value = ValueOf(key);
  // A network is no address: what is asked for is its own entry.
  const bool found = value.present() && value.kind == Value::Kind::kCidr
                         ? table_.FindEntry(value, now, &info)
                         : table_.Find(value, now, &info);
  return found ? std::optional(info) : std::nullopt;
}

bool DynamicList::Remove(std::string_view key, Nanos now) const {
  return table_.Remove(ValueOf(key), now);
}

std::optional<state::BanInfo> DynamicList::Next(uint64_t* cursor, Nanos now, uint64_t end) const {
  state::BanInfo info;
  if (!region_->NextBan(table_.table(), now, cursor, &info, end)) return std::nullopt;
  return info;
}

}  // namespace sipward::engine
