// What stands above the rules: allow-list, emergency calls, bans. No rule can switch these off.
#ifndef SIPWARD_ENGINE_GUARDS_H_
#define SIPWARD_ENGINE_GUARDS_H_

#include <string_view>

#include "base/hash.h"
#include "facts/facts.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

// `urn:service:sos` or `urn:service:sos.` and a label, letters in any case (RFC 5031 section 4.2).
bool IsEmergencyUrn(std::string_view uri);

// The key under which a value stands in the tables of the engine.
Hash128 KeyOf(const facts::Value& value, const HashSecret& secret);

// A dialog that began with an emergency call keeps its guard for this long after its last INVITE.
inline constexpr Nanos kEmergencyDialogTime = 4 * kHour;

class Guards {
 public:
  // Both lists may be null; `emergency_dialogs` is a kMember table, `bans` a kBan table.
  Guards(state::Region& region, const lists::List* allowed, const lists::List* emergency_numbers,
         state::Region::Table emergency_dialogs, state::Region::Table bans);

  bool IsAllowListed(const IpAddress& source) const;

  // Whether this message belongs to an emergency call: an initial INVITE to an emergency URN or to
  // an entry of the list `emergency`, and everything in the dialog that it began. Only well-formed
  // messages can (the guard is no cloak). Remembers the dialog.
  bool IsEmergency(sip::Message& message, rules::Evaluator& evaluator, Nanos now) const;

  // Whether the source, its network or its account is banned; *reason is then the name of the rule
  // that banned it.
  bool IsBanned(const facts::Packet& packet, Nanos now, std::string_view* reason) const;

 private:
  Hash128 DialogKey(sip::Message& message) const;

  state::Region& region_;
  const lists::List* allowed_;
  const lists::List* emergency_numbers_;
  state::Region::Table emergency_dialogs_;
  state::Region::Table bans_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_GUARDS_H_
