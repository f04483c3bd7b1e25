#include <memory>

#include "guard.h"
#include "message_handle.h"
#include "message_values.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
using sipward::sip::StreamFramer;

extern "C" {

int32_t sipward_framer_create(uint32_t limit, sipward_framer** out) {
  if (!Usable(out) || limit > kMostBytes) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    *out = new sipward_framer{StreamFramer(limit == 0 ? StreamFramer::kDefaultLimit : limit)};
    return SIPWARD_OK;
  });
}

void sipward_framer_destroy(sipward_framer* framer) {
  if (Usable(framer)) delete framer;
}

int32_t sipward_framer_push(sipward_framer* framer, const char* data, size_t size, size_t* taken) {
  if (!Usable(framer) || !UsableBytes(data, size) || !Usable(taken)) return SIPWARD_ERR_ARGUMENT;
  *taken = framer->framer.Push(View(data, size));
  return SIPWARD_OK;
}

int32_t sipward_framer_next(sipward_framer* framer, const char** data, size_t* size,
                            sipward_anomaly* error) {
  if (!Usable(framer) || !Usable(data) || !Usable(size)) return SIPWARD_ERR_ARGUMENT;
  if (error != nullptr && !Usable(error)) return SIPWARD_ERR_ARGUMENT;
  std::string_view message;
  switch (framer->framer.Next(&message)) {
    case StreamFramer::Status::kMessage:
      *data = message.data();
      *size = message.size();
      return SIPWARD_OK;
    case StreamFramer::Status::kNeedMore:
      return SIPWARD_INCOMPLETE;
    case StreamFramer::Status::kError:
      break;
  }
  const sipward::sip::Anomaly& reason = *framer->framer.error();
  if (error != nullptr) *error = ToC(reason);
  return StatusOf(reason.id);
}

size_t sipward_framer_pending(const sipward_framer* framer) {
  return Usable(framer) ? framer->framer.pending() : 0;
}

}  // extern "C"
