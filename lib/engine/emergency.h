// The emergency guard: whoever calls for help, or is called back by those whom he called, is never
// refused. No rule can switch this off.
#ifndef SIPWARD_ENGINE_EMERGENCY_H_
#define SIPWARD_ENGINE_EMERGENCY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/hash.h"
#include "engine/guards.h"
#include "engine/tables.h"
#include "facts/facts.h"
#include "numbering/numbering.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

// `urn:service:sos` or `urn:service:sos.` and a label, letters in any case (RFC 5031 section 4.2).
bool IsEmergencyUrn(std::string_view uri);

// A dialog that began with an emergency call keeps its guard for this long after its last INVITE.
inline constexpr Nanos kEmergencyDialogTime = 4 * kHour;
// One host can have this many emergency dialogs remembered at once, and one more each minute:
// enough for a whole office, too few to push the calls of others out of the table. Beyond it, the
// verdict advises overload.
inline constexpr uint32_t kEmergencyDialogsOfAHost = 16;
// So many emergency calls of all hosts together, and one more each second, before the verdict
// advises overload.
inline constexpr uint32_t kEmergencyCallsOfAll = 100;
// Whom an emergency call was made for may be called back for this long.
inline constexpr Nanos kCallbackTime = 30 * kMinute;

// What the guard says. Overload is advice alone: the call is guarded all the same, and the host
// chooses.
struct EmergencyFinding {
  bool guarded = false;
  bool overload = false;
};

class EmergencyGuard {
 public:
  // The lists may be null. `numbers`: any kind but cidr; `trusted` and `allowed`: cidr.
  EmergencyGuard(state::Region& region, const rules::RuleSet& rules, const EngineTables& tables);

  // Whether this message belongs to an emergency call: an initial INVITE to an emergency URN, to
  // an emergency number of the country that the rules call `home`, or to an entry of the list
  // `emergency`, and what goes on in the dialog that it began. The guard is no
  // cloak: the message must be well-formed, and in the dialog only what carries a call is guarded,
  // never a REGISTER, OPTIONS, SUBSCRIBE or MESSAGE, whatever Call-ID it borrows.
  //
  // `Priority: psap-callback` (RFC 7090) guards an initial INVITE as well, but only one from the
  // lists `trusted` or `allowed`, or to whom an emergency call was made for within kCallbackTime:
  // the host that it came from, its account, or, where the caller was proven, registered or an
  // account, the user in its From. That the caller is registered or authenticated is no reason to
  // trust the header.
  EmergencyFinding Judge(sip::Message& message, const facts::Packet& packet,
                         rules::Evaluator& evaluator) const;

  // The same of an event: a request as above, with the fields method, ruri, to.tag, malformed; a
  // call to callee.number or dialled; what goes on with its call_id; and what the host itself calls
  // `emergency`. Authentications and registrations are never guarded. Sets the field `emergency`.
  EmergencyFinding Judge(facts::HostEvent& event, const Party& party,
                         rules::Evaluator& evaluator) const;

 private:
  struct Call;
  enum class Why : uint8_t { kCalls, kTrusted, kCalledLately };

  bool IsEmergencyAtHome(std::string_view text) const;
  bool IsEmergencyNumber(std::string_view text, rules::Evaluator& evaluator) const;
  bool IsCalled(std::string_view uri, std::string_view user, rules::Evaluator& evaluator) const;
  bool IsCalled(facts::HostEvent& event, rules::Evaluator& evaluator) const;
  bool IsTrusted(const std::optional<IpAddress>& source) const;
  bool CalledLately(const Call& call) const;
  EmergencyFinding JudgeInitial(const Call& call, rules::Evaluator& evaluator) const;
  EmergencyFinding JudgeCallStart(facts::HostEvent& event, const Party& party,
                                  rules::Evaluator& evaluator) const;
  // Remembers the call and its caller; what is returned is guarded.
  EmergencyFinding Remember(const Call& call, Why why) const;
  Hash128 DialogKey(std::string_view call_id, std::string_view caller_tag) const;
  Hash128 CallKey(std::string_view call_id) const;
  bool IsKnownCall(std::string_view call_id, Nanos now) const;
  bool IsInDialog(sip::Method method, bool needs_tag, const Call& call,
                  std::string_view to_tag) const;

  state::Region& region_;
  const lists::List* numbers_;
  const lists::List* trusted_;
  const lists::List* allowed_;
  numbering::Home home_;
  EngineTables tables_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_EMERGENCY_H_
