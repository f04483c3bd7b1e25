// What stands above the rules: allow-list, emergency calls, bans. No rule can switch these off.
#ifndef SIPWARD_ENGINE_GUARDS_H_
#define SIPWARD_ENGINE_GUARDS_H_

#include <string_view>

#include "base/hash.h"
#include "engine/tables.h"
#include "facts/facts.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

// `urn:service:sos` or `urn:service:sos.` and a label, letters in any case (RFC 5031 section 4.2).
bool IsEmergencyUrn(std::string_view uri);

// What a key in the engine's tables means, so that an account named 192.0.2.7 is not that address.
enum class KeySpace : char {
  kAddress = 'i',
  kAccount = 'a',
  kTrunk = 't',
  kScore = 's',
};
// The key under which a value stands there. An IPv4 network of one address is that address.
Hash128 KeyOf(KeySpace space, const facts::Value& value, const HashSecret& secret);

// A dialog that began with an emergency call keeps its guard for this long after its last INVITE.
inline constexpr Nanos kEmergencyDialogTime = 4 * kHour;
// One host can have this many emergency dialogs remembered at once, and one more each minute:
// enough for a whole office, too few to push the calls of others out of the table.
inline constexpr uint32_t kEmergencyDialogsOfAHost = 16;

class Guards {
 public:
  // Both lists may be null.
  Guards(state::Region& region, const lists::List* allowed, const lists::List* emergency_numbers,
         const EngineTables& tables);

  bool IsAllowListed(const IpAddress& source) const;

  // Whether this message belongs to an emergency call: an initial INVITE to an emergency URN or to
  // an entry of the list `emergency`, and what goes on in the dialog that it began. The guard is no
  // cloak: the message must be well-formed, and in the dialog only what carries a call is guarded,
  // never a REGISTER, OPTIONS, SUBSCRIBE or MESSAGE, whatever Call-ID it borrows.
  bool IsEmergency(sip::Message& message, const facts::Packet& packet,
                   rules::Evaluator& evaluator) const;

  // Whether the source, its network, its account or its trunk is banned; *reason is then the name
  // of the rule that banned it.
  bool IsBanned(const facts::Packet& packet, std::string_view* reason) const;

 private:
  Hash128 DialogKey(sip::Message& message, Slice caller_tag) const;
  bool IsInEmergencyDialog(sip::Message& message, Nanos now) const;

  state::Region& region_;
  const lists::List* allowed_;
  const lists::List* emergency_numbers_;
  EngineTables tables_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_GUARDS_H_
