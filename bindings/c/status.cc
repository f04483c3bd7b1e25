#include "guard.h"
#include "sipward.h"

extern "C" {

const char* sipward_status_text(int32_t status) {
  switch (status) {
    case SIPWARD_OK:
      return "Done.";
    case SIPWARD_INCOMPLETE:
      return "More bytes are needed.";
    case SIPWARD_END:
      return "There is nothing more of the kind asked for.";
    case SIPWARD_ERR_ARGUMENT:
      return "An argument is missing, out of range, or of a struct_size that does not fit.";
    case SIPWARD_ERR_NO_MEMORY:
      return "Memory could not be had.";
    case SIPWARD_ERR_MALFORMED:
      return "The bytes are not a SIP message that the profile accepts.";
    case SIPWARD_ERR_LIMIT:
      return "The message goes beyond a limit.";
    case SIPWARD_ERR_RULES:
      return "The rules have errors; the diagnostics name them.";
    case SIPWARD_ERR_STATE_FULL:
      return "The state region is too small for these rules.";
    case SIPWARD_ERR_SPACE:
      return "The buffer is too small.";
    case SIPWARD_ERR_EDIT:
      return "The message cannot be written with these edits.";
    case SIPWARD_ERR_FIELD:
      return "The event has no such field, or its value is of another type.";
    case SIPWARD_ERR_SNAPSHOT:
      return "The bytes are not a snapshot for this state.";
    case SIPWARD_ERR_LIST:
      return "The rules have no dynamic list of this name.";
    case SIPWARD_ERR_TICKET:
      return "The ticket is not that of the packet.";
    case SIPWARD_ERR_CREDENTIAL:
      return "A certificate, key or list of revoked ones cannot be used.";
    case SIPWARD_ERR_UNSUPPORTED:
      return "The library was built without it.";
    case SIPWARD_ERR_SIGN:
      return "Verifiers would refuse it, so it is not signed.";
    case SIPWARD_ERR_PROCESS:
      return "The object belongs to the process that made it, and this is a child of it.";
    case SIPWARD_ERR_CAPTURE:
      return "The capture cannot be read.";
    case SIPWARD_ERR_RATES:
      return "The rate list cannot be used.";
    case SIPWARD_ERR_FEED:
      return "The update of the feed is refused; its statistics say why.";
    default:
      return "This is not a status of the library.";
  }
}

uint32_t sipward_version(void) {
  return SIPWARD_VERSION_MAJOR << 16 | SIPWARD_VERSION_MINOR << 8 | SIPWARD_VERSION_PATCH;
}

const char* sipward_action_name(uint32_t action) {
  switch (action) {
    case SIPWARD_ACTION_ALLOW:
      return "allow";
    case SIPWARD_ACTION_FLAG:
      return "flag";
    case SIPWARD_ACTION_CHALLENGE:
      return "challenge";
    case SIPWARD_ACTION_THROTTLE:
      return "throttle";
    case SIPWARD_ACTION_HOLD:
      return "hold";
    case SIPWARD_ACTION_REJECT:
      return "reject";
    case SIPWARD_ACTION_DROP:
      return "drop";
    default:
      return nullptr;
  }
}

const char* sipward_feed_fault_name(uint32_t fault) {
  switch (fault) {
    case SIPWARD_FEED_FAULT_TOO_LARGE:
      return "too_large";
    case SIPWARD_FEED_FAULT_UNSIGNED:
      return "unsigned";
    case SIPWARD_FEED_FAULT_BAD_SIGNATURE:
      return "bad_signature";
    case SIPWARD_FEED_FAULT_OLDER:
      return "older";
    case SIPWARD_FEED_FAULT_BROKEN:
      return "broken";
    case SIPWARD_FEED_FAULT_EMPTY:
      return "empty";
    case SIPWARD_FEED_FAULT_SHRUNK:
      return "shrunk";
    case SIPWARD_FEED_FAULT_NO_LIST:
      return "no_list";
    default:
      return "";
  }
}

const char* sipward_feed_refusal_name(uint32_t refusal) {
  switch (refusal) {
    case SIPWARD_FEED_MALFORMED:
      return "malformed";
    case SIPWARD_FEED_TOO_WIDE:
      return "too_wide";
    case SIPWARD_FEED_PRIVATE:
      return "private";
    case SIPWARD_FEED_ALLOWED:
      return "allowed";
    case SIPWARD_FEED_REPEATED:
      return "repeated";
    case SIPWARD_FEED_TOO_MANY:
      return "too_many";
    default:
      return "";
  }
}

}  // extern "C"
