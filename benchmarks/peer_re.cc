// libre (baresip): sip_msg_decode names all headers and reads some; the rest is read by its
// decoders of values.
#include "benchmarks/corpus.h"

// Behind the standard headers, which its macros would break.
extern "C" {
#include <re/re.h>
}

namespace sipward::bench {
namespace {

bool ReadVia(const sip_hdr* header, const sip_msg*, void*) {
  sip_via via;
  Use(sip_via_decode(&via, &header->val));
  Use(via.branch.l);
  return false;
}

bool ReadAddress(const sip_hdr* header, const sip_msg*, void*) {
  sip_addr address;
  Use(sip_addr_decode(&address, &header->val));
  Use(address.uri.host.l);
  return false;
}

class ReWorkload final : public MessageWorkload {
 public:
  explicit ReWorkload(std::string_view set) : MessageWorkload(set) {
    for (const std::string_view message : messages()) {
      mbuf* buffer = mbuf_alloc(message.size());
      mbuf_write_mem(buffer, reinterpret_cast<const uint8_t*>(message.data()), message.size());
      buffers_.push_back(buffer);
    }
  }
  ~ReWorkload() override {
    for (mbuf* buffer : buffers_) mem_deref(buffer);
  }

 private:
  bool Handle(std::string_view) override {
    mbuf* buffer = buffers_[next_];
    next_ = next_ + 1 == buffers_.size() ? 0 : next_ + 1;
    buffer->pos = 0;
    sip_msg* message = nullptr;
    if (sip_msg_decode(&message, buffer) != 0) return false;
    Use(message->uri.host.l);
    Use(message->from.tag.l);
    Use(message->to.tag.l);
    Use(message->callid.l);
    Use(message->cseq.num);
    Use(message->clen.l);
    sip_msg_hdr_apply(message, true, SIP_HDR_VIA, ReadVia, nullptr);
    for (const sip_hdrid id : {SIP_HDR_CONTACT, SIP_HDR_ROUTE, SIP_HDR_RECORD_ROUTE})
      sip_msg_hdr_apply(message, true, id, ReadAddress, nullptr);
    mem_deref(message);
    return true;
  }

  std::vector<mbuf*> buffers_;
  size_t next_ = 0;
};

}  // namespace

void AddReCases(Catalogue& rows) {
  for (const std::string_view set : kMessageSets) {
    rows.push_back({"parser", std::string(set) + ".full", "re",
                    "sip_msg_decode, then every Via, Contact, Route and Record-Route decoded; the "
                    "same fields read, freed; no anomalies",
                    [set] { return std::make_unique<ReWorkload>(set); }});
  }
}

}  // namespace sipward::bench
