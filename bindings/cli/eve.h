// Lines of EVE JSON, as Suricata writes them: what reads those reads these.
#ifndef SIPWARD_BINDINGS_CLI_EVE_H_
#define SIPWARD_BINDINGS_CLI_EVE_H_

#include <string>

#include "inspected.h"

namespace sipward::cli {

// Appends an event `sip` for the message, and an event `alert` for each rule that matched. All of
// their fields are Suricata's own. alert.gid is 5060, and alert.signature_id follows from the name
// of the rule alone: it is the same on every machine and in every version.
void AppendEve(std::string* out, const Inspected& inspected);

// 1 to 2^31 - 1.
uint32_t SignatureIdOf(std::string_view rule);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVE_H_
