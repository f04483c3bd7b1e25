// What stands above the rules beside the emergency guard: allow-list and bans. No rule can switch
// these off.
#ifndef SIPWARD_ENGINE_GUARDS_H_
#define SIPWARD_ENGINE_GUARDS_H_

#include <optional>
#include <string_view>

#include "base/hash.h"
#include "engine/tables.h"
#include "facts/facts.h"
#include "lists/lists.h"
#include "state/state.h"

namespace sipward::engine {

// Who is behind a message or an event, and when.
struct Party {
  std::optional<IpAddress> source;
  std::optional<std::string_view> account, trunk;
  Nanos now = 0;

  static Party Of(const facts::Packet& packet);
  static Party Of(facts::HostEvent& event);
};

// What a key in the engine's tables means, so that an account named 192.0.2.7 is not that address.
enum class KeySpace : char {
  kAddress = 'i',
  kAccount = 'a',
  kTrunk = 't',
  kScore = 's',
  kCaller = 'c',  // user of the From of an emergency call
  kCall = 'd',    // its Call-ID
  kNothing = '0',
};
// The key under which a value stands there. A network of one address is that address.
Hash128 KeyOf(KeySpace space, const facts::Value& value, const HashSecret& secret);
// The party as one key of the throttles: its host; without a source its account, then its trunk.
Hash128 ThrottleKey(const Party& party, const HashSecret& secret);

class Guards {
 public:
  // `allowed` may be null.
  Guards(state::Region& region, const lists::List* allowed, const EngineTables& tables);

  bool IsAllowListed(const std::optional<IpAddress>& source) const;

  // Whether the source, its network, its account or its trunk is banned; *reason is then the name
  // of the rule that banned it.
  bool IsBanned(const Party& party, std::string_view* reason) const;

 private:
  state::Region& region_;
  const lists::List* allowed_;
  EngineTables tables_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_GUARDS_H_
