// Any content type and any bytes as a body: every reader of descriptions, parts and text, alone and
// through a message. What is found lies inside, in order, and what a grammar refuses has a name.
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/support/input.h"
#include "sip/body_lines.h"
#include "sip/sdp_attribute.h"
#include "sip/sip.h"
#include "tests/sip/oracle/compare_body.h"

namespace sipward::sip {
namespace {

using fuzz::Require;

// Copied to an end of its own, so that a byte too far shows.
class Reader {
 public:
  Reader(std::string_view type, std::string_view body)
      : bytes_(std::make_unique<char[]>(type.size() + body.size())),
        type_{0, static_cast<uint32_t>(type.size())},
        body_{type_.length, static_cast<uint32_t>(body.size())} {
    if (!type.empty()) std::memcpy(base(), type.data(), type.size());
    if (!body.empty()) std::memcpy(base() + type.size(), body.data(), body.size());
  }

  void ReadAll() {
    const MediaType type = ReadMediaType(base(), type_);
    for (const Slice slice : {type.text, type.type, type.subtype, type.params}) Inside(slice);
    Inside(FindMediaParam(base(), type, "boundary", limits_));
    static_cast<void>(KindOfBody(base(), type));
    static_cast<void>(IsEncoded(base(), type_));
    ReadDescription(body_);
    ReadParts(type);
    ReadText(type);
  }

 private:
  char* base() const { return bytes_.get(); }
  void Inside(Slice slice) const {
    if (!slice.present()) return;
    Require(slice.offset <= body_.end() && slice.length <= body_.end() - slice.offset);
  }
  static AnomalyLog Log() {
    AnomalyLog log;
    log.Clear();
    log.set_refusing(RefusedBy(Profile::kStrict));
    return log;
  }
  static bool Same(const AnomalyLog& a, const AnomalyLog& b) {
    if (a.size() != b.size() || a.omitted() != b.omitted()) return false;
    for (int i = 0; i < a.size(); ++i) {
      if (a[i].id != b[i].id || a[i].offset != b[i].offset) return false;
    }
    return true;
  }
  void Places(const AnomalyLog& log) const {
    for (const Anomaly& anomaly : log) Require(anomaly.offset <= body_.end());
  }

  void ReadDescription(Slice body) {
    static Sdp sdp;
    AnomalyLog kept = Log();
    AnomalyLog checked = Log();
    ParseSdp(base(), body, limits_, kept, &sdp);
    ParseSdp(base(), body, limits_, checked, nullptr);
    Require(Same(kept, checked));
    Places(kept);
    const SdpOrigin& o = sdp.origin;
    for (const Slice slice :
         {sdp.text, sdp.version, sdp.name, sdp.start_time, sdp.stop_time, o.text, o.username,
          o.session_id, o.version, o.nettype, o.addrtype, o.address}) {
      Inside(slice);
    }
    ReadConnection(sdp.connection);
    size_t attributes = sdp.session_attributes().size();
    for (const SdpMedia& media : sdp.media()) {
      for (const Slice slice :
           {media.text, media.type, media.port, media.count, media.proto, media.formats}) {
        Inside(slice);
      }
      ReadConnection(media.connection);
      Require(media.first_attribute == attributes);
      attributes += sdp.attributes_of(media).size();
      Require(media.port_number >= -1 && media.port_number <= 65'535);
    }
    Require(attributes == sdp.attributes().size());
    for (const SdpBandwidth& bandwidth : sdp.bandwidths()) {
      Inside(bandwidth.type);
      Inside(bandwidth.value);
    }
    for (const SdpAttribute& attribute : sdp.attributes()) ReadAttribute(attribute, kept);
  }

  void ReadConnection(const SdpConnection& c) const {
    for (const Slice slice : {c.text, c.nettype, c.addrtype, c.address, c.ttl, c.count}) {
      Inside(slice);
    }
  }

  void ReadAttribute(const SdpAttribute& attribute, const AnomalyLog& log) const {
    Inside(attribute.name);
    const Slice value = attribute.value;
    Inside(value);
    Require(FindSdpAttribute(attribute.name.In(base())) == attribute.id);
    const bool good = IsWellFormed(base(), attribute);
    Require(good || log.Has(AnomalyId::kSdpAttributeMalformed));
    Require(!good || FollowsItsGrammar(base(), attribute));
    SdpRtpmap rtpmap;
    SdpFmtp fmtp;
    SdpCrypto crypto;
    SdpFingerprint fingerprint;
    SdpCandidate candidate;
    Agrees(attribute, SdpAttributeId::kRtpmap, ReadRtpmap(base(), value, &rtpmap));
    Agrees(attribute, SdpAttributeId::kFmtp, ReadFmtp(base(), value, &fmtp));
    Agrees(attribute, SdpAttributeId::kCrypto, ReadCrypto(base(), value, &crypto));
    Agrees(attribute, SdpAttributeId::kFingerprint, ReadFingerprint(base(), value, &fingerprint));
    Agrees(attribute, SdpAttributeId::kCandidate, ReadCandidate(base(), value, &candidate));
    Agrees(attribute, SdpAttributeId::kSetup, ReadSetup(base(), value) != SdpSetup::kNone);
    Agrees(attribute, SdpAttributeId::kIceUfrag, IsIceUfrag(base(), value));
    Agrees(attribute, SdpAttributeId::kIcePwd, IsIcePwd(base(), value));
    Agrees(attribute, SdpAttributeId::kIceOptions, IsIceOptions(base(), value));
    for (const Slice slice : {rtpmap.payload_type,
                              rtpmap.encoding,
                              rtpmap.clock_rate,
                              rtpmap.parameters,
                              fmtp.format,
                              fmtp.parameters,
                              crypto.tag,
                              crypto.suite,
                              crypto.key_params,
                              crypto.key_method,
                              crypto.key_info,
                              crypto.session_params,
                              fingerprint.hash,
                              fingerprint.value,
                              candidate.foundation,
                              candidate.component,
                              candidate.transport,
                              candidate.priority,
                              candidate.address,
                              candidate.port,
                              candidate.type,
                              candidate.related_address,
                              candidate.related_port,
                              candidate.extensions}) {
      Inside(slice);
    }
  }
  void Agrees(const SdpAttribute& attribute, SdpAttributeId id, bool good) const {
    Require(attribute.id != id || good == FollowsItsGrammar(base(), attribute));
  }

  void ReadParts(const MediaType& type) {
    static BodyParts parts;
    AnomalyLog log = Log();
    ParseMultipart(base(), type, body_, limits_, log, &parts);
    Places(log);
    uint32_t last = body_.offset;
    for (size_t i = 0; i < parts.count; ++i) {
      const BodyPart& part = parts.slots[i];
      Require(part.depth >= 1 && part.depth <= BodyParts::kMostDepth);
      Require(part.parent < static_cast<int16_t>(i) && part.headers.offset >= last);
      last = part.headers.offset;
      for (const Slice slice :
           {part.headers, part.content_type, part.content_disposition, part.content_id,
            part.content_transfer_encoding, part.content_length, part.body}) {
        Inside(slice);
      }
      // The line end before an outer boundary may end an inner one, too.
      constexpr uint32_t kLineEnd = 2;
      if (part.parent >= 0) {
        Require(part.body.end() <= Parent(parts, part).body.end() + kLineEnd);
      }
      PartHeaderCursor cursor(base(), part.headers);
      for (Slice name, value; cursor.Next(&name, &value);) {
        Inside(name);
        Inside(value);
      }
    }
  }
  static const BodyPart& Parent(const BodyParts& parts, const BodyPart& part) {
    return parts.slots[static_cast<size_t>(part.parent)];
  }

  void ReadText(const MediaType& type) {
    AnomalyLog log = Log();
    BodyText text;
    ParseBodyText(base(), type, body_, limits_, log, &text);
    Places(log);
    Inside(text.charset_name);
  }

  std::unique_ptr<char[]> bytes_;
  Slice type_;
  Slice body_;
  Limits limits_;
};

// The same through a message, with any bytes as the value of Content-Type.
void ReadMessage(std::string_view type, std::string_view body) {
  static Message message;
  const std::string text = "MESSAGE sip:a SIP/2.0\r\nContent-Type: " + std::string(type) +
                           "\r\n\r\n" + std::string(body);
  message.Parse(text, {});
  message.Validate();
  const std::span<const Item> types = message.items(HeaderId::kContentType);
  if (!types.empty()) {
    Require(message.body_type().text == types.front().text);
    Require(message.body_type().params == types.front().params);
  }
  const int before = message.anomalies().size();
  Require((message.sdp() != nullptr) <= (message.body_kind() != BodyKind::kNone));
  Require((message.text() != nullptr) <= (message.body_kind() != BodyKind::kNone));
  Require(message.anomalies().size() == before);
}

void CompareLines(std::string_view body) {
  char block[BodyLines::kBlock] = {};
  for (size_t at = 0; at < body.size(); at += sizeof block) {
    std::memcpy(block, body.data() + at, std::min(body.size() - at, sizeof block));
    Require(ClassifyBody(block) == ClassifyBodyScalar(block));
  }
}

}  // namespace
}  // namespace sipward::sip

// The content type ends at the first LF.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const size_t cut = std::min(all.find('\n'), all.size());
  const std::string_view type = all.substr(0, cut);
  const std::string_view body = all.substr(std::min(cut + 1, all.size()));
  sipward::sip::Reader(type, body).ReadAll();
  sipward::sip::ReadMessage(type, body);
  sipward::sip::CompareLines(body);
  const auto notes = sipward::oracle::CompareBody(type, body);
  for (const std::string& note : notes) std::fprintf(stderr, "%s\n", note.c_str());
  sipward::fuzz::Require(notes.empty());
  return 0;
}
