// The bans as a host sees them: who is banned, why and for how long; and its own word on it.
#ifndef SIPWARD_ENGINE_BANS_H_
#define SIPWARD_ENGINE_BANS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/guards.h"
#include "engine/tables.h"
#include "rules/rules.h"
#include "state/state.h"

namespace sipward::engine {

enum class BanKind : uint8_t { kAddress, kAccount, kTrunk };

struct Ban {
  BanKind kind = BanKind::kAddress;
  // Texts are valid until this thread asks for another ban.
  std::string_view key;     // 192.0.2.1, 192.0.2.0/24, alice; at most 62 bytes of it
  std::string_view reason;  // name of the rule, or the host's text; at most 47 bytes of it
  Nanos since = 0;
  Nanos until = 0;
  bool allow_listed = false;  // it has no effect on some or all of it: the list `allowed` is above
};

// Any number of threads may use it at once, and others inspect meanwhile.
class Bans {
 public:
  // `rules` say who is allow-listed.
  Bans(std::shared_ptr<state::Region> region, const EngineTables& tables,
       std::shared_ptr<const rules::RuleSet> rules);

  // False if the key cannot be banned: an address or a network that messages are looked up by (the
  // /24 of an IPv4 address, the /64 of an IPv6 one), else a name that is not empty; or if there is
  // no reason or no time. A ban that stands is never shortened.
  bool Add(BanKind kind, std::string_view key, std::string_view reason, Nanos duration, Nanos now);
  // The ban that hits a message of this address, or of this account or trunk: of an address also
  // that of its network. A network is found by itself alone.
  std::optional<Ban> Find(BanKind kind, std::string_view key, Nanos now) const;
  // Takes back the ban of this very key. False if there is none.
  bool Remove(BanKind kind, std::string_view key, Nanos now);
  // The next living ban at or behind *cursor, which begins at 0 and is moved behind it. In no
  // order; what comes or goes meanwhile may be missed.
  std::optional<Ban> Next(uint64_t* cursor, Nanos now) const;

  // How the table of bans keeps a key: what it is, in one letter, then the text.
  // Whether a living ban gave way to it, since there was no more room.
  static bool Put(state::Region& region, const EngineTables& tables, KeySpace space,
                  const facts::Value& key, std::string_view reason, Nanos until, Nanos now);

 private:
  std::optional<Ban> ToBan(const state::BanInfo& info) const;

  std::shared_ptr<state::Region> region_;
  EngineTables tables_;
  std::shared_ptr<const rules::RuleSet> rules_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_BANS_H_
