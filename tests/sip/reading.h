// Asks for everything that a message can say.
#ifndef SIPWARD_TESTS_SIP_READING_H_
#define SIPWARD_TESTS_SIP_READING_H_

#include <initializer_list>
#include <string_view>

#include "sip/sdp_attribute.h"
#include "sip/sip.h"
#include "tests/sip/item_parts.h"

namespace sipward::sip {

// Walks a message once. Mixes the place and the bytes of all that it is given into one number, so
// that nothing is left out as unused, and the same message gives the same number wherever it lies.
class Reading {
 public:
  explicit Reading(Message& message) : message_(message), base_(message.bytes().data()) {}

  uint64_t All() {
    message_.Validate();
    const StartLine& start = message_.start();
    Take({start.text, start.method_text, start.request_uri, start.version, start.reason});
    Mix(static_cast<uint64_t>(message_.date().value_or(-1)));
    Take({message_.body(), message_.call_id(), message_.cseq().number_text,
          message_.cseq().method_text});
    TakeUri(message_.request_uri());
    TakeAddress(message_.from());
    TakeAddress(message_.to());
    for (const Via& via : message_.vias()) TakeVia(via);
    for (const Header& header : message_.headers()) TakeHeader(header);
    for (int i = 0; i < kHeaderIdCount; ++i) TakeId(static_cast<HeaderId>(i));
    TakeBody();
    for (const Anomaly& anomaly : message_.anomalies()) TakeAnomaly(anomaly);
    if (message_.error() != nullptr) TakeAnomaly(*message_.error());
    Mix(static_cast<uint64_t>(message_.status()));
    return sum_;
  }

 private:
  void Mix(uint64_t value) { sum_ = (sum_ ^ value) * 0x9E3779B97F4A7C15u; }
  // Reads the bytes: a slice that lies outside them meets the guard pages.
  void Take(std::initializer_list<Slice> slices) {
    for (const Slice slice : slices) {
      Mix(uint64_t{slice.offset} << 32 | slice.length);
      if (!slice.present()) continue;
      for (const char c : slice.In(base_)) sum_ += static_cast<uint8_t>(c) & 1;
    }
  }
  void TakeAnomaly(const Anomaly& anomaly) {
    Mix(Describe(anomaly.id).name.size());
    Mix(uint64_t{static_cast<uint8_t>(anomaly.id)} << 32 | anomaly.offset);
  }
  void TakeParams(Slice params, char separator) {
    Take({params});
    if (!params.present()) return;
    ParamCursor cursor(base_, params, separator);
    for (Param param; cursor.Next(&param);) Take({param.name, param.value});
  }
  void TakeUri(const Uri& uri) {
    Take({uri.text, uri.scheme, uri.user, uri.password, uri.host, uri.port});
    TakeParams(uri.params, ';');
    TakeParams(uri.headers, '&');
  }
  void TakeAddress(const NameAddr& address) {
    Take({address.text, address.display, address.tag});
    TakeUri(address.uri);
    TakeParams(address.params, ';');
  }
  void TakeVia(const Via& via) {
    Take({via.text, via.protocol, via.version, via.transport, via.host, via.port, via.branch,
          via.received, via.rport, via.maddr, via.ttl});
    TakeParams(via.params, ';');
  }
  void TakeBody() {
    Mix(static_cast<uint64_t>(message_.body_kind()));
    Take({message_.body_type().type, message_.body_type().subtype});
    TakeParams(message_.body_type().params, ';');
    for (const BodyPart& part : message_.parts()) {
      Take({part.headers, part.content_type, part.content_disposition, part.content_id,
            part.content_transfer_encoding, part.content_length, part.body});
      PartHeaderCursor headers(base_, part.headers);
      for (Slice name, value; headers.Next(&name, &value);) Take({name, value});
    }
    if (message_.sdp() != nullptr) TakeSdp(*message_.sdp());
    if (const BodyText* text = message_.text()) Take({text->text, text->charset_name});
  }
  void TakeSdp(const Sdp& sdp) {
    const SdpOrigin& o = sdp.origin;
    Take({sdp.text, sdp.version, sdp.name, sdp.start_time, sdp.stop_time, sdp.connection.text});
    Take({o.username, o.session_id, o.version, o.nettype, o.addrtype, o.address});
    for (const SdpMedia& media : sdp.media()) {
      Take({media.text, media.type, media.port, media.count, media.proto, media.formats});
      const SdpConnection& c = media.connection;
      Take({c.text, c.nettype, c.addrtype, c.address, c.ttl, c.count});
      Mix(sdp.attributes_of(media).size());
    }
    for (const SdpBandwidth& bandwidth : sdp.bandwidths()) Take({bandwidth.type, bandwidth.value});
    for (const SdpAttribute& attribute : sdp.attributes()) TakeAttribute(attribute);
  }
  void TakeAttribute(const SdpAttribute& attribute) {
    const Slice value = attribute.value;
    Take({attribute.name, value});
    SdpRtpmap rtpmap;
    SdpFmtp fmtp;
    SdpCrypto crypto;
    SdpFingerprint fingerprint;
    SdpCandidate c;
    sum_ += ReadRtpmap(base_, value, &rtpmap) + ReadFmtp(base_, value, &fmtp) +
            ReadCrypto(base_, value, &crypto) + ReadFingerprint(base_, value, &fingerprint) +
            ReadCandidate(base_, value, &c) + FollowsItsGrammar(base_, attribute);
    Take({rtpmap.payload_type, rtpmap.encoding, rtpmap.clock_rate, rtpmap.parameters});
    Take({fmtp.format, fmtp.parameters, fingerprint.hash, fingerprint.value});
    Take({crypto.tag, crypto.suite, crypto.key_params, crypto.key_method, crypto.key_info,
          crypto.session_params});
    Take({c.foundation, c.component, c.transport, c.priority, c.address, c.port, c.type,
          c.related_address, c.related_port, c.extensions});
  }
  void TakeItem(const Item& item) {
    Take({item.text, item.value});
    TakeParams(item.params, ';');
    ForEachPart(base_, item, [this](Slice part) { Take({part}); });
    ForEachNumber(base_, item, [this](int64_t number) { Mix(static_cast<uint64_t>(number)); });
  }
  void TakeHeader(const Header& header) {
    Take({header.name, header.value});
    sum_ += message_.Find(header.name.In(base_)) != nullptr;
    ValueCursor values(base_, header.value);
    for (Slice value; values.Next(&value);) Take({value});
  }
  void TakeId(HeaderId id) {
    for (const Header* h = message_.Find(id); h != nullptr; h = message_.Next(*h)) ++sum_;
    sum_ += message_.CountOf(id);
    Take({message_.ValueOf(id)});
    for (const NameAddr& address : message_.addresses(id)) TakeAddress(address);
    for (const Digest& d : message_.digests(id)) {
      Take({d.text, d.scheme, d.username, d.realm, d.nonce, d.uri, d.response, d.algorithm,
            d.cnonce, d.opaque, d.qop, d.nc, d.stale, d.domain});
    }
    for (const Item& item : message_.items(id)) TakeItem(item);
    Mix(static_cast<uint64_t>(message_.number(id)));
  }

  Message& message_;
  const char* base_;
  uint64_t sum_ = 0;
};

inline uint64_t ReadEverything(Message& message, std::string_view bytes,
                               const ParseOptions& options) {
  message.Parse(bytes, options);
  return Reading(message).All();
}

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_READING_H_
