// What an authentication came to, as an event of the C interface.
#ifndef SIPWARD_BINDINGS_C_AUTH_EVENT_H_
#define SIPWARD_BINDINGS_C_AUTH_EVENT_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "auth/auth.h"
#include "facts/facts.h"
#include "sipward.h"

namespace sipward::c {

// As rules write it.
std::string_view FactName(facts::AuthReason reason);

// Of the last check; its texts are views.
class AuthEvent {
 public:
  void Fill(const auth::Request& request, const auth::Result& result,
            const auth::Credential* known);
  // Nothing happened that rules would ask about.
  bool empty() const { return event_.fact_count == 0; }
  sipward_host_event ToC() const;

 private:
  sipward_fact& Add(facts::FieldId id, uint32_t kind);
  void AddText(facts::FieldId id, std::string_view text);

  sipward_host_event event_{};
  std::array<sipward_fact, 16> facts_;
};

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_AUTH_EVENT_H_
