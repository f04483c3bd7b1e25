// GNU oSIP: one call parses the start line and every header that it knows, each into its own
// allocations.
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

#include <cstdarg>

#include "benchmarks/corpus.h"

namespace sipward::bench {
namespace {

class OsipWorkload final : public MessageWorkload {
 public:
  explicit OsipWorkload(std::string_view set) : MessageWorkload(set) {
    parser_init();
    // Without this it prints every message that it refuses.
    osip_trace_initialize_func(TRACE_LEVEL0,
                               [](const char*, int, osip_trace_level_t, const char*, va_list) {});
  }

 private:
  bool Handle(std::string_view bytes) override {
    osip_message_t* message = nullptr;
    if (osip_message_init(&message) != OSIP_SUCCESS) return false;
    const bool ok = osip_message_parse(message, bytes.data(), bytes.size()) == OSIP_SUCCESS;
    if (ok) Read(message);
    osip_message_free(message);
    return ok;
  }

  static void Read(osip_message_t* message) {
    if (message->req_uri != nullptr) Use(message->req_uri->host);
    if (message->from != nullptr) {
      osip_uri_param_t* tag = nullptr;
      osip_uri_param_get_byname(&message->from->gen_params, const_cast<char*>("tag"), &tag);
      Use(tag);
    }
    if (message->to != nullptr) {
      osip_uri_param_t* tag = nullptr;
      osip_uri_param_get_byname(&message->to->gen_params, const_cast<char*>("tag"), &tag);
      Use(tag);
    }
    if (message->call_id != nullptr) Use(message->call_id->number);
    if (message->cseq != nullptr) Use(message->cseq->number);
    osip_via_t* via = nullptr;
    osip_message_get_via(message, 0, &via);
    if (via != nullptr) {
      osip_generic_param_t* branch = nullptr;
      osip_via_param_get_byname(via, const_cast<char*>("branch"), &branch);
      Use(branch);
    }
    osip_contact_t* contact = nullptr;
    osip_message_get_contact(message, 0, &contact);
    if (contact != nullptr) Use(contact->url);
    if (message->content_length != nullptr) Use(message->content_length->value);
  }
};

}  // namespace

void AddOsipCases(Catalogue& rows) {
  for (const std::string_view set : kMessageSets) {
    rows.push_back({"parser", std::string(set) + ".full", "osip2",
                    "osip_message_parse: the known headers and their URIs parsed into allocated "
                    "structures, the same fields read, freed; no anomalies",
                    [set] { return std::make_unique<OsipWorkload>(set); }});
  }
}

}  // namespace sipward::bench
