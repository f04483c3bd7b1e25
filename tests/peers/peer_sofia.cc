// Sofia-SIP.
#include <sofia-sip/msg.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/su_alloc.h>

#include <string>

#include "tests/peers/peer.h"

namespace sipward::peers {
namespace {

void Start() {}

std::string_view View(const char* text) { return text == nullptr ? "" : text; }

std::string Text(const url_t* url) {
  if (url->url_type == url_sip || url->url_type == url_sips) {
    return UriText({.scheme = View(url->url_scheme),
                    .user = View(url->url_user),
                    .password = View(url->url_password),
                    .host = View(url->url_host),
                    .port = View(url->url_port)});
  }
  su_home_t home[1] = {SU_HOME_INIT(home)};
  const std::string text = OpaqueUriText(View(url_as_string(home, url)));
  su_home_deinit(home);
  return text;
}

void ReadAddress(const sip_addr_t* address, std::optional<std::string>* uri,
                 std::optional<std::string>* tag) {
  if (address == nullptr) return;
  *uri = Text(address->a_url);
  if (address->a_tag != nullptr) *tag = std::string(address->a_tag);
}

void ReadFields(const sip_t& sip, Reading* reading) {
  Reading& out = *reading;
  if (sip.sip_request != nullptr) out[Field::kRequestUri] = Text(sip.sip_request->rq_url);
  ReadAddress(sip.sip_from, &out[Field::kFromUri], &out[Field::kFromTag]);
  ReadAddress(sip.sip_to, &out[Field::kToUri], &out[Field::kToTag]);
  if (sip.sip_call_id != nullptr) {
    out[Field::kCallId] = std::string(View(sip.sip_call_id->i_id));
  }
  if (sip.sip_cseq != nullptr) {
    out[Field::kCseqNumber] = std::to_string(sip.sip_cseq->cs_seq);
    out[Field::kCseqMethod] = std::string(View(sip.sip_cseq->cs_method_name));
  }
  int vias = 0;
  for (const sip_via_t* via = sip.sip_via; via != nullptr; via = via->v_next) ++vias;
  out[Field::kViaCount] = std::to_string(vias);
  if (sip.sip_content_length != nullptr) {
    out[Field::kContentLength] = std::to_string(sip.sip_content_length->l_length);
  }
}

Reading Read(std::string_view bytes) {
  Reading reading;
  msg_t* message =
      msg_make(sip_default_mclass(), 0, bytes.data(), static_cast<ssize_t>(bytes.size()));
  if (message == nullptr) return reading;
  const sip_t* sip = sip_object(message);
  if (sip != nullptr && sip->sip_error == nullptr &&
      (msg_extract_errors(message) & MSG_FLG_ERROR) == 0 && sip_sanity_check(sip) == 0) {
    reading.outcome = Outcome::kAccept;
    ReadFields(*sip, &reading);
  }
  msg_destroy(message);
  return reading;
}

}  // namespace

const Peer kSofia = {"sofia", Start, Read};

}  // namespace sipward::peers
