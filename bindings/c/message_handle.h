// What stands behind the opaque types of the parser.
#ifndef SIPWARD_BINDINGS_C_MESSAGE_HANDLE_H_
#define SIPWARD_BINDINGS_C_MESSAGE_HANDLE_H_

#include <memory>

#include "sip/sip.h"
#include "sipward.h"

struct sipward_message {
  std::unique_ptr<sipward::sip::Message> owned;  // null: the message is an inspector's
  sipward::sip::Message* message = nullptr;
  bool parsed = false;
};

struct sipward_framer {
  sipward::sip::StreamFramer framer;
};

#endif  // SIPWARD_BINDINGS_C_MESSAGE_HANDLE_H_
