#include <memory>

#include "guard.h"
#include "message_handle.h"
#include "message_values.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

void TakeLimit(uint32_t given, uint32_t* limit) {
  if (given != 0) *limit = given;
}

bool ToOptions(const sipward_parse_options* given, sip::ParseOptions* out) {
  if (given == nullptr) return true;
  sipward_parse_options options;
  if (!ReadStruct(given, &options) || !ToProfile(options.profile, &out->profile)) return false;
  const sip::Limits most;
  if (options.headers > most.headers || options.vias > most.vias ||
      options.values_per_header > most.values_per_header || options.sdp_media > most.sdp_media ||
      options.sdp_attributes > most.sdp_attributes || options.body_parts > most.body_parts ||
      options.body_depth > most.body_depth) {
    return false;
  }
  out->stream = options.stream != 0;
  TakeLimit(options.message_bytes, &out->limits.message_bytes);
  TakeLimit(options.headers, &out->limits.headers);
  TakeLimit(options.header_value_bytes, &out->limits.header_value_bytes);
  TakeLimit(options.values_per_header, &out->limits.values_per_header);
  TakeLimit(options.params_per_value, &out->limits.params_per_value);
  TakeLimit(options.vias, &out->limits.vias);
  TakeLimit(options.uri_bytes, &out->limits.uri_bytes);
  TakeLimit(options.sdp_media, &out->limits.sdp_media);
  TakeLimit(options.sdp_attributes, &out->limits.sdp_attributes);
  TakeLimit(options.body_parts, &out->limits.body_parts);
  TakeLimit(options.body_depth, &out->limits.body_depth);
  TakeLimit(options.comment_depth, &out->limits.comment_depth);
  TakePolicy(options.policy, &out->accepted, &out->refused);
  return true;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace sip = sipward::sip;

extern "C" {

int32_t sipward_message_create(sipward_message** out) {
  if (!Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    auto message = std::make_unique<sipward_message>();
    message->owned = std::make_unique<sip::Message>();
    message->message = message->owned.get();
    *out = message.release();
    return SIPWARD_OK;
  });
}

void sipward_message_destroy(sipward_message* message) {
  if (Usable(message) && message->owned != nullptr) delete message;
}

int32_t sipward_message_parse(sipward_message* message, const char* data, size_t size,
                              const sipward_parse_options* options) {
  sip::ParseOptions parse_options;
  if (!Usable(message) || message->owned == nullptr || !UsableBytes(data, size) ||
      !ToOptions(options, &parse_options)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  message->parsed = true;
  return ToC(message->message->Parse(View(data, size), parse_options));
}

int32_t sipward_message_validate(sipward_message* message) {
  if (!Usable(message)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  return ToC(message->message->Validate());
}

int32_t sipward_message_bytes(const sipward_message* message, sipward_text* out) {
  if (!Usable(message) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  *out = Text(message->message->bytes());
  return SIPWARD_OK;
}

int32_t sipward_message_error(const sipward_message* message, sipward_anomaly* out) {
  if (!Usable(message) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::Anomaly* error = message->parsed ? message->message->error() : nullptr;
  if (error == nullptr) return SIPWARD_END;
  *out = ToC(*error);
  return SIPWARD_OK;
}

int32_t sipward_message_anomaly(const sipward_message* message, uint32_t index,
                                sipward_anomaly* out) {
  if (!Usable(message) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::AnomalyLog& log = message->message->anomalies();
  if (!message->parsed || index >= static_cast<uint32_t>(log.size())) return SIPWARD_END;
  *out = ToC(log[static_cast<int>(index)]);
  return SIPWARD_OK;
}

int32_t sipward_message_start_line(const sipward_message* message, sipward_start_line* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  WriteStruct(ToC(message->message->start()), out);
  return SIPWARD_OK;
}

uint32_t sipward_message_header_count(const sipward_message* message) {
  if (!Usable(message) || !message->parsed) return 0;
  return static_cast<uint32_t>(message->message->headers().size());
}

int32_t sipward_message_header(const sipward_message* message, uint32_t index,
                               sipward_header* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= sipward_message_header_count(message)) return SIPWARD_END;
  WriteStruct(ToC(message->message->headers()[index]), out);
  return SIPWARD_OK;
}

int32_t sipward_message_find(const sipward_message* message, const char* name, size_t name_size,
                             sipward_slice* out) {
  if (!Usable(message) || !UsableBytes(name, name_size) || !Usable(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (!message->parsed) return SIPWARD_END;
  const sip::Header* header = message->message->Find(View(name, name_size));
  if (header == nullptr) return SIPWARD_END;
  *out = ToC(header->value);
  return SIPWARD_OK;
}

int32_t sipward_message_body(const sipward_message* message, sipward_slice* out) {
  if (!Usable(message) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  *out = ToC(message->message->body());
  return SIPWARD_OK;
}

}  // extern "C"
