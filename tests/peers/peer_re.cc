// libre (baresip).
#include <string>

#include "tests/peers/peer.h"

// Behind the standard headers, which its macros would break.
extern "C" {
#include <re/re.h>
}

namespace sipward::peers {
namespace {

void Start() {}

std::string_view View(const pl& text) {
  return text.p == nullptr ? std::string_view() : std::string_view(text.p, text.l);
}

std::string Text(const uri& parsed, const pl& whole) {
  const std::string_view scheme = View(parsed.scheme);
  if (pl_strcasecmp(&parsed.scheme, "sip") != 0 && pl_strcasecmp(&parsed.scheme, "sips") != 0) {
    return OpaqueUriText(View(whole));
  }
  const std::string port = parsed.port == 0 ? "" : std::to_string(parsed.port);
  return UriText({.scheme = scheme,
                  .user = View(parsed.user),
                  .password = View(parsed.password),
                  .host = View(parsed.host),
                  .port = port});
}

void ReadAddress(const sip_taddr& address, std::optional<std::string>* uri,
                 std::optional<std::string>* tag) {
  if (address.auri.p == nullptr) return;
  *uri = Text(address.uri, address.auri);
  if (address.tag.p != nullptr) *tag = std::string(View(address.tag));
}

void ReadFields(const sip_msg& message, Reading* reading) {
  Reading& out = *reading;
  if (message.req) out[Field::kRequestUri] = Text(message.uri, message.ruri);
  ReadAddress(message.from, &out[Field::kFromUri], &out[Field::kFromTag]);
  ReadAddress(message.to, &out[Field::kToUri], &out[Field::kToTag]);
  if (message.callid.p != nullptr) out[Field::kCallId] = std::string(View(message.callid));
  if (message.cseq.met.p != nullptr) {
    out[Field::kCseqNumber] = std::to_string(message.cseq.num);
    out[Field::kCseqMethod] = std::string(View(message.cseq.met));
  }
  out[Field::kViaCount] = std::to_string(sip_msg_hdr_count(&message, SIP_HDR_VIA));
  if (message.clen.p != nullptr) out[Field::kContentLength] = std::to_string(pl_u32(&message.clen));
}

Reading Read(std::string_view bytes) {
  Reading reading;
  mbuf* buffer = mbuf_alloc(bytes.size() + 1);
  mbuf_write_mem(buffer, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  buffer->pos = 0;
  sip_msg* message = nullptr;
  if (sip_msg_decode(&message, buffer) == 0) {
    reading.outcome = Outcome::kAccept;
    ReadFields(*message, &reading);
    mem_deref(message);
  }
  mem_deref(buffer);
  return reading;
}

}  // namespace

const Peer kRe = {"re", Start, Read};

}  // namespace sipward::peers
