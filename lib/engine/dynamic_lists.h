// The lists that rules fill while the engine runs, as a host sees them: what stands there, who put
// it there and for how long; and its own entries.
#ifndef SIPWARD_ENGINE_DYNAMIC_LISTS_H_
#define SIPWARD_ENGINE_DYNAMIC_LISTS_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/generation.h"
#include "rules/rules.h"
#include "state/state.h"

namespace sipward::engine {

// One dynamic list of the rules that ran when it was asked for. Any number of threads may use it at
// once, and others inspect meanwhile.
class DynamicList {
 public:
  // Nothing if the rules have no dynamic list of this name.
  static std::optional<DynamicList> Find(std::shared_ptr<state::Region> region,
                                         std::shared_ptr<const Generation> generation,
                                         std::string_view name);

  // False if the key cannot stand there: a list of networks takes an address, or a network from 8
  // bits (IPv6: 16); one of prefixes digits, of domains a name, and any other text that is not
  // empty; or if there is no reason or no time. An entry that stands is never shortened.
  bool Add(std::string_view key, std::string_view reason, Nanos duration, Nanos now) const;
  // The entry for which rules find the key there: of an address also that of a network around it,
  // of a number that of its prefix, of a name that of its domain.
  // Texts in it are valid until this thread asks for another.
  std::optional<state::BanInfo> Look(std::string_view key, Nanos now) const;
  // Takes this very key off the list. False if it is not there.
  bool Remove(std::string_view key, Nanos now) const;
  // The next living entry at or behind *cursor, which begins at 0 and is moved behind it. In no
  // order; what comes or goes meanwhile may be missed.
  std::optional<state::BanInfo> Next(uint64_t* cursor, Nanos now,
                                     uint64_t end = std::numeric_limits<uint64_t>::max()) const;

  // For whoever keeps many entries there, as a feed.
  lists::Kind kind() const { return table_.kind(); }
  uint64_t id() const { return table_.table().offset; }  // another one if the table is another
  uint64_t places() const { return region_->Places(table_.table()); }
  // How the key is known there; nothing if it cannot stand there.
  std::optional<Hash128> HashOf(std::string_view key) const { return table_.HashOf(ValueOf(key)); }
  rules::DynamicTable::Added Put(std::string_view key, std::string_view reason, Nanos until,
                                 Nanos now) const {
    return table_.Add(ValueOf(key), reason, until, now);
  }
  bool Holds(const Hash128& hash, Nanos now) const {
    return region_->IsBanned(table_.table(), hash, now, nullptr);
  }
  void Forget(const Hash128& hash) const { region_->Reset(table_.table(), hash); }

 private:
  DynamicList() = default;
  facts::Value ValueOf(std::string_view text) const;

  std::shared_ptr<state::Region> region_;
  std::shared_ptr<const Generation> generation_;  // keeps the table open
  rules::DynamicTable table_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DYNAMIC_LISTS_H_
