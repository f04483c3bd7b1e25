// Messages as events of a case.
#ifndef SIPWARD_BINDINGS_CLI_CASE_MESSAGE_H_
#define SIPWARD_BINDINGS_CLI_CASE_MESSAGE_H_

#include "case_event.h"
#include "message_view.h"

namespace sipward::cli {

// What the message itself says: who calls whom, with what device, and what its Identity claims,
// which nobody verified.
void TakeMessage(const MessageView& message, CaseEvent* event);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_MESSAGE_H_
