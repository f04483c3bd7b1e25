// Sofia-SIP: copies the bytes into a message with its own heap and parses the headers into it.
#include <sofia-sip/msg.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>

#include "benchmarks/corpus.h"

namespace sipward::bench {
namespace {

class SofiaWorkload final : public MessageWorkload {
 public:
  using MessageWorkload::MessageWorkload;

 private:
  bool Handle(std::string_view bytes) override {
    msg_t* message =
        msg_make(sip_default_mclass(), 0, bytes.data(), static_cast<ssize_t>(bytes.size()));
    if (message == nullptr) return false;
    const sip_t* sip = sip_object(message);
    const bool ok = sip != nullptr && sip->sip_error == nullptr &&
                    (msg_extract_errors(message) & MSG_FLG_ERROR) == 0;
    if (sip != nullptr) Read(*sip);
    msg_destroy(message);
    return ok;
  }

  static void Read(const sip_t& sip) {
    if (sip.sip_request != nullptr) Use(sip.sip_request->rq_url->url_host);
    if (sip.sip_from != nullptr) Use(sip.sip_from->a_tag);
    if (sip.sip_to != nullptr) Use(sip.sip_to->a_tag);
    if (sip.sip_call_id != nullptr) Use(sip.sip_call_id->i_id);
    if (sip.sip_cseq != nullptr) Use(sip.sip_cseq->cs_seq);
    for (const sip_via_t* via = sip.sip_via; via != nullptr; via = via->v_next) Use(via->v_branch);
    for (const sip_contact_t* contact = sip.sip_contact; contact != nullptr;
         contact = contact->m_next)
      Use(contact->m_url->url_host);
    if (sip.sip_content_length != nullptr) Use(sip.sip_content_length->l_length);
  }
};

}  // namespace

void AddSofiaCases(Catalogue& rows) {
  for (const std::string_view set : kMessageSets) {
    rows.push_back({"parser", std::string(set) + ".full", "sofia",
                    "msg_make: bytes copied, every known header parsed into the message's own "
                    "heap, the same fields read, freed; no anomalies",
                    [set] { return std::make_unique<SofiaWorkload>(set); }});
  }
}

}  // namespace sipward::bench
