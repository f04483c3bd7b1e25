// belle-sip (Linphone).
#include <belle-sip/belle-sip.h>

#include <string>

#include "tests/peers/peer.h"

namespace sipward::peers {
namespace {

void Start() { belle_sip_set_log_level(BELLE_SIP_LOG_FATAL); }

std::string_view View(const char* text) { return text == nullptr ? "" : text; }

std::string Text(const belle_sip_uri_t* uri) {
  const int port = belle_sip_uri_get_port(uri);
  return UriText({.scheme = belle_sip_uri_is_secure(uri) != 0 ? "sips" : "sip",
                  .user = View(belle_sip_uri_get_user(uri)),
                  .password = View(belle_sip_uri_get_user_password(uri)),
                  .host = View(belle_sip_uri_get_host(uri)),
                  .port = port == 0 ? "" : std::to_string(port),
                  .unescaped = true});
}

std::string Text(belle_generic_uri_t* uri) {
  char* text = belle_generic_uri_to_string(uri);
  const std::string opaque = OpaqueUriText(View(text));
  belle_sip_free(text);
  return opaque;
}

void ReadAddress(const belle_sip_header_address_t* address, std::optional<std::string>* out) {
  if (const belle_sip_uri_t* uri = belle_sip_header_address_get_uri(address)) {
    *out = Text(uri);
  } else if (auto* other = belle_sip_header_address_get_absolute_uri(address)) {
    *out = Text(other);
  }
}

std::optional<std::string> TagText(const char* tag) {
  if (tag == nullptr) return std::nullopt;
  return std::string(tag);
}

void ReadFields(belle_sip_message_t* message, Reading* reading) {
  Reading& out = *reading;
  if (belle_sip_message_is_request(message) != 0) {
    const auto* request = BELLE_SIP_REQUEST(message);
    if (const belle_sip_uri_t* uri = belle_sip_request_get_uri(request)) {
      out[Field::kRequestUri] = Text(uri);
    } else if (auto* other = belle_sip_request_get_absolute_uri(request)) {
      out[Field::kRequestUri] = Text(other);
    }
  }
  if (auto* from = belle_sip_message_get_header_by_type(message, belle_sip_header_from_t)) {
    ReadAddress(BELLE_SIP_HEADER_ADDRESS(from), &out[Field::kFromUri]);
    out[Field::kFromTag] = TagText(belle_sip_header_from_get_tag(from));
  }
  if (auto* to = belle_sip_message_get_header_by_type(message, belle_sip_header_to_t)) {
    ReadAddress(BELLE_SIP_HEADER_ADDRESS(to), &out[Field::kToUri]);
    out[Field::kToTag] = TagText(belle_sip_header_to_get_tag(to));
  }
  if (auto* id = belle_sip_message_get_header_by_type(message, belle_sip_header_call_id_t)) {
    out[Field::kCallId] = std::string(View(belle_sip_header_call_id_get_call_id(id)));
  }
  if (auto* cseq = belle_sip_message_get_header_by_type(message, belle_sip_header_cseq_t)) {
    out[Field::kCseqNumber] = std::to_string(belle_sip_header_cseq_get_seq_number(cseq));
    out[Field::kCseqMethod] = std::string(View(belle_sip_header_cseq_get_method(cseq)));
  }
  const belle_sip_list_t* vias = belle_sip_message_get_headers(message, BELLE_SIP_VIA);
  out[Field::kViaCount] = std::to_string(belle_sip_list_size(vias));
  if (auto* length =
          belle_sip_message_get_header_by_type(message, belle_sip_header_content_length_t)) {
    out[Field::kContentLength] =
        std::to_string(belle_sip_header_content_length_get_content_length(length));
  }
}

Reading Read(std::string_view bytes) {
  Reading reading;
  belle_sip_object_pool_t* pool = belle_sip_object_pool_push();
  const std::string terminated(bytes);
  size_t taken = 0;
  belle_sip_message_t* message =
      belle_sip_message_parse_raw(terminated.c_str(), terminated.size(), &taken);
  if (message != nullptr) {
    reading.outcome = Outcome::kAccept;
    ReadFields(message, &reading);
    belle_sip_object_unref(message);
  }
  belle_sip_object_unref(pool);
  return reading;
}

}  // namespace

const Peer kBelle = {"belle-sip", Start, Read};

}  // namespace sipward::peers
