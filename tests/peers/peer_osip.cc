// GNU oSIP.
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

#include <algorithm>
#include <cstdarg>
#include <string>

#include "sip/sip.h"
#include "tests/peers/peer.h"

namespace sipward::peers {
namespace {

void Start() {
  parser_init();
  // Without this it prints every message that it refuses.
  osip_trace_initialize_func(TRACE_LEVEL0,
                             [](const char*, int, osip_trace_level_t, const char*, va_list) {});
}

std::string_view View(const char* text) { return text == nullptr ? "" : text; }

std::string Text(const osip_uri_t& uri) {
  if (uri.string != nullptr) {
    return OpaqueUriText(std::string(View(uri.scheme)) + ":" + uri.string);
  }
  return UriText({.scheme = View(uri.scheme),
                  .user = View(uri.username),
                  .password = View(uri.password),
                  .host = View(uri.host),
                  .port = View(uri.port),
                  .unescaped = true});
}

template <typename Address>
void ReadAddress(Address* address, std::optional<std::string>* uri,
                 std::optional<std::string>* tag) {
  if (address == nullptr) return;
  if (address->url != nullptr) *uri = Text(*address->url);
  osip_uri_param_t* param = nullptr;
  osip_uri_param_get_byname(&address->gen_params, const_cast<char*>("tag"), &param);
  if (param != nullptr) *tag = std::string(View(param->gvalue));
}

// Whether the head has a Content-Length, in any form: osip2 writes one into a message that has
// none.
bool HasContentLength(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
  bytes = bytes.substr(0, std::min(bytes.find("\r\n\r\n"), bytes.find("\n\n")));
  for (size_t at = bytes.find_first_of("\r\n"); at < bytes.size();
       at = bytes.find_first_of("\r\n", at + 1)) {
    const std::string_view name = bytes.substr(at + 1, bytes.find(':', at) - at - 1);
    const size_t length = name.find_last_not_of(" \t") + 1;
    if (sip::FindHeader(name.substr(0, length)) == sip::HeaderId::kContentLength) return true;
  }
  return false;
}

void ReadFields(osip_message_t* message, std::string_view bytes, Reading* reading) {
  Reading& out = *reading;
  if (message->req_uri != nullptr) out[Field::kRequestUri] = Text(*message->req_uri);
  ReadAddress(message->from, &out[Field::kFromUri], &out[Field::kFromTag]);
  ReadAddress(message->to, &out[Field::kToUri], &out[Field::kToTag]);
  if (const osip_call_id_t* id = message->call_id) {
    out[Field::kCallId] = std::string(View(id->number));
    if (id->host != nullptr) *out[Field::kCallId] += std::string("@") + id->host;
  }
  if (const osip_cseq_t* cseq = message->cseq) {
    out[Field::kCseqNumber] = NumberText(View(cseq->number));
    out[Field::kCseqMethod] = std::string(View(cseq->method));
  }
  out[Field::kViaCount] = std::to_string(osip_list_size(&message->vias));
  if (message->content_length != nullptr && HasContentLength(bytes)) {
    out[Field::kContentLength] = NumberText(View(message->content_length->value));
  }
}

Reading Read(std::string_view bytes) {
  Reading reading;
  osip_message_t* message = nullptr;
  if (osip_message_init(&message) != OSIP_SUCCESS) return reading;
  if (osip_message_parse(message, bytes.data(), bytes.size()) == OSIP_SUCCESS) {
    reading.outcome = Outcome::kAccept;
    ReadFields(message, bytes, &reading);
  }
  osip_message_free(message);
  return reading;
}

}  // namespace

const Peer kOsip = {"osip2", Start, Read};

}  // namespace sipward::peers
