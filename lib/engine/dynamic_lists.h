// The lists that rules fill while the engine runs, as a host sees them: what stands there, who put
// it there and for how long; and its own entries.
#ifndef SIPWARD_ENGINE_DYNAMIC_LISTS_H_
#define SIPWARD_ENGINE_DYNAMIC_LISTS_H_

#include <cstdint>
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

  // False if the key cannot stand there: of a list of networks, an address or a network of a length
  // that is looked for (rules::CanBeDynamic); else any text that is not empty; or if there is no
  // reason or no time. An entry that stands is never shortened.
  bool Add(std::string_view key, std::string_view reason, Nanos duration, Nanos now) const;
  // The entry for which rules find the key there: of an address also that of a network around it.
  // Texts in it are valid until this thread asks for another.
  std::optional<state::BanInfo> Look(std::string_view key, Nanos now) const;
  // Takes this very key off the list. False if it is not there.
  bool Remove(std::string_view key, Nanos now) const;
  // The next living entry at or behind *cursor, which begins at 0 and is moved behind it. In no
  // order; what comes or goes meanwhile may be missed.
  std::optional<state::BanInfo> Next(uint64_t* cursor, Nanos now) const;

 private:
  DynamicList() = default;
  facts::Value KeyOfText(std::string_view text) const;
  Hash128 Hash(const facts::Value& key) const;

  std::shared_ptr<state::Region> region_;
  std::shared_ptr<const Generation> generation_;  // keeps the table open
  lists::Kind kind_ = lists::Kind::kExact;
  state::Region::Table table_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DYNAMIC_LISTS_H_
