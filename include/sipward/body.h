// The body of a message: session descriptions, the parts of a multipart body, text.
//
//   const sipward::BodyView body = message.Body();
//   for (const sipward::SdpMedia& media : body.Media()) Use(media.connection.address,
//   media.port_number);
//
// Views as everywhere: without data if a field was not written, valid while the parsed bytes live.
#ifndef SIPWARD_BODY_H_
#define SIPWARD_BODY_H_

#include <sipward.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "sipward/handle.h"
#include "sipward/values.h"

namespace sipward {

enum class BodyKind : uint8_t {
  kNone = SIPWARD_BODY_NONE,
  kOpaque = SIPWARD_BODY_OPAQUE,  // of a type that is not read here, or encoded
  kSdp = SIPWARD_BODY_SDP,
  kMultipart = SIPWARD_BODY_MULTIPART,
  kText = SIPWARD_BODY_TEXT,
};

struct BodyInfo {
  BodyInfo(BodyKind kind_of_body, const Params& from) noexcept
      : kind(kind_of_body), params_(from) {}
  // Of Content-Type. By value, so that `for (Param p : body.Info()->params())` outlives the info.
  Params params() const noexcept { return params_; }

  BodyKind kind;
  std::string_view content_type, type, subtype;
  uint32_t part_count = 0;

 private:
  Params params_;
};

// RFC 2046 section 5.1.
struct BodyPart {
  BodyKind kind;
  uint32_t depth;                  // 1: in the body of the message
  std::optional<uint32_t> parent;  // the part that it stands in; none: the body
  std::string_view headers;        // all its header lines
  std::string_view content_type, content_disposition, content_id, content_transfer_encoding,
      content_length;
  std::string_view body;
};

enum class Charset : uint8_t {
  kUtf8 = SIPWARD_CHARSET_UTF8,  // also where nothing is said
  kAscii = SIPWARD_CHARSET_ASCII,
  kLatin = SIPWARD_CHARSET_LATIN,      // iso-8859-N, windows-125N
  kUnknown = SIPWARD_CHARSET_UNKNOWN,  // named, and not known here
};

struct BodyText {
  Charset charset;
  std::string_view text, charset_name;
};

enum class SdpDirection : uint8_t {
  kNone = SIPWARD_SDP_DIRECTION_NONE,  // none written: that of the session, or sendrecv, holds
  kSendrecv = SIPWARD_SDP_SENDRECV,
  kSendonly = SIPWARD_SDP_SENDONLY,
  kRecvonly = SIPWARD_SDP_RECVONLY,
  kInactive = SIPWARD_SDP_INACTIVE,
};

// RFC 8866 section 5.7.
struct SdpConnection {
  std::string_view nettype, addrtype, address, ttl, count;
  HostKind kind = HostKind::kNone;
};

// RFC 8866 section 5.
struct SdpSession {
  SdpDirection direction;
  std::string_view text, version, username, session_id, session_version, origin_nettype,
      origin_addrtype, origin_address, name, start_time, stop_time;
  SdpConnection connection;
  uint32_t media_count, attribute_count;
  uint32_t session_attribute_count;  // these come first
  uint32_t bandwidth_count;
};

// RFC 8866 section 5.14.
struct SdpMedia {
  SdpDirection direction;
  std::string_view text, type, port, port_count, proto, formats;
  std::optional<uint16_t> port_number;
  SdpConnection connection;  // its own; no address: the session's holds
  uint32_t first_attribute, attribute_count, first_bandwidth, bandwidth_count;
};

// RFC 8866 section 5.8.
struct SdpBandwidth {
  std::optional<uint32_t> media;  // none: the session
  std::string_view type, value;
};

enum class SdpAttributeId : uint8_t {
  kOther = SIPWARD_SDP_ATTRIBUTE_OTHER,
  kRtpmap = SIPWARD_SDP_ATTRIBUTE_RTPMAP,
  kFmtp = SIPWARD_SDP_ATTRIBUTE_FMTP,
  kCrypto = SIPWARD_SDP_ATTRIBUTE_CRYPTO,
  kFingerprint = SIPWARD_SDP_ATTRIBUTE_FINGERPRINT,
  kSetup = SIPWARD_SDP_ATTRIBUTE_SETUP,
  kIceUfrag = SIPWARD_SDP_ATTRIBUTE_ICE_UFRAG,
  kIcePwd = SIPWARD_SDP_ATTRIBUTE_ICE_PWD,
  kIceOptions = SIPWARD_SDP_ATTRIBUTE_ICE_OPTIONS,
  kCandidate = SIPWARD_SDP_ATTRIBUTE_CANDIDATE,
  kSendrecv = SIPWARD_SDP_ATTRIBUTE_SENDRECV,
  kSendonly = SIPWARD_SDP_ATTRIBUTE_SENDONLY,
  kRecvonly = SIPWARD_SDP_ATTRIBUTE_RECVONLY,
  kInactive = SIPWARD_SDP_ATTRIBUTE_INACTIVE,
};

// RFC 8866 section 5.13.
struct SdpAttribute {
  SdpAttributeId id;
  std::optional<uint32_t> media;  // none: the session
  bool well_formed;
  std::string_view name, value;
};

// RFC 8866 section 6.6.
struct SdpRtpmap {
  bool well_formed;
  std::string_view payload_type, encoding, clock_rate, parameters;
};

// RFC 8866 section 6.15.
struct SdpFmtp {
  bool well_formed;
  std::string_view format, parameters;
};

// RFC 4568 section 9.1. Of several keys, method and info of the first.
struct SdpCrypto {
  bool well_formed;
  std::string_view tag, suite, key_params, key_method, key_info, session_params;
};

// RFC 8122 section 5.
struct SdpFingerprint {
  bool well_formed;
  std::string_view hash, value;
};

enum class SdpSetupRole : uint8_t {
  kNone = SIPWARD_SDP_SETUP_NONE,  // none of these
  kActive = SIPWARD_SDP_SETUP_ACTIVE,
  kPassive = SIPWARD_SDP_SETUP_PASSIVE,
  kActpass = SIPWARD_SDP_SETUP_ACTPASS,
  kHoldconn = SIPWARD_SDP_SETUP_HOLDCONN,
};

// RFC 4145 section 4.
struct SdpSetup {
  bool well_formed;
  SdpSetupRole role;
};

// RFC 8839 section 5.1.
struct SdpCandidate {
  bool well_formed;
  std::string_view foundation, component, transport, priority, address, port, type, related_address,
      related_port, extensions;
};

// What the body of one message holds; as valid as the MessageView that it is of. Every sequence is
// for range-based loops.
class BodyView {
 public:
  explicit BodyView(sipward_message* message) noexcept : message_(message) {}

  // None if there is no body.
  std::optional<BodyInfo> Info() const noexcept {
    sipward_body_info info{};
    info.struct_size = sizeof info;
    if (sipward_message_body_info(message_, &info) != SIPWARD_OK) return std::nullopt;
    BodyInfo out(static_cast<BodyKind>(info.kind), Params(message_, base(), info.params));
    out.content_type = In(info.content_type);
    out.type = In(info.type);
    out.subtype = In(info.subtype);
    out.part_count = info.part_count;
    return out;
  }
  std::optional<BodyPart> PartAt(uint32_t index) const noexcept {
    sipward_part part{};
    part.struct_size = sizeof part;
    if (sipward_message_part(message_, index, &part) != SIPWARD_OK) return std::nullopt;
    return BodyPart{static_cast<BodyKind>(part.kind),
                    part.depth,
                    ToIndex(part.parent),
                    In(part.headers),
                    In(part.content_type),
                    In(part.content_disposition),
                    In(part.content_id),
                    In(part.content_transfer_encoding),
                    In(part.content_length),
                    In(part.body)};
  }
  // The text of the message, wherever it is.
  std::optional<BodyText> Text() const noexcept {
    sipward_body_text text{};
    text.struct_size = sizeof text;
    if (sipward_message_text(message_, &text) != SIPWARD_OK) return std::nullopt;
    return BodyText{static_cast<Charset>(text.charset), In(text.text), In(text.charset_name)};
  }
  // The session description of the message, wherever it is (see sipward_sdp_read_session); what
  // follows is in it.
  std::optional<SdpSession> Session() const noexcept {
    sipward_sdp_session sdp{};
    sdp.struct_size = sizeof sdp;
    if (sipward_sdp_read_session(message_, &sdp) != SIPWARD_OK) return std::nullopt;
    return SdpSession{static_cast<SdpDirection>(sdp.direction),
                      In(sdp.text),
                      In(sdp.version),
                      In(sdp.username),
                      In(sdp.session_id),
                      In(sdp.session_version),
                      In(sdp.origin_nettype),
                      In(sdp.origin_addrtype),
                      In(sdp.origin_address),
                      In(sdp.name),
                      In(sdp.start_time),
                      In(sdp.stop_time),
                      ToConnection(sdp),
                      sdp.media_count,
                      sdp.attribute_count,
                      sdp.session_attribute_count,
                      sdp.bandwidth_count};
  }
  std::optional<SdpMedia> MediaAt(uint32_t index) const noexcept {
    sipward_sdp_media media{};
    media.struct_size = sizeof media;
    if (sipward_sdp_read_media(message_, index, &media) != SIPWARD_OK) return std::nullopt;
    SdpMedia out{static_cast<SdpDirection>(media.direction),
                 In(media.text),
                 In(media.type),
                 In(media.port),
                 In(media.port_count),
                 In(media.proto),
                 In(media.formats),
                 std::nullopt,
                 ToConnection(media),
                 media.first_attribute,
                 media.attribute_count,
                 media.first_bandwidth,
                 media.bandwidth_count};
    if (media.port_number >= 0) out.port_number = static_cast<uint16_t>(media.port_number);
    return out;
  }
  std::optional<SdpBandwidth> BandwidthAt(uint32_t index) const noexcept {
    sipward_sdp_bandwidth bandwidth{};
    bandwidth.struct_size = sizeof bandwidth;
    if (sipward_sdp_read_bandwidth(message_, index, &bandwidth) != SIPWARD_OK) return std::nullopt;
    return SdpBandwidth{ToIndex(bandwidth.media), In(bandwidth.type), In(bandwidth.value)};
  }
  std::optional<SdpAttribute> AttributeAt(uint32_t index) const noexcept {
    sipward_sdp_attribute attribute{};
    attribute.struct_size = sizeof attribute;
    if (sipward_sdp_read_attribute(message_, index, &attribute) != SIPWARD_OK) return std::nullopt;
    return SdpAttribute{static_cast<SdpAttributeId>(attribute.id), ToIndex(attribute.media),
                        attribute.well_formed != 0, In(attribute.name), In(attribute.value)};
  }

  // Attribute `index` taken apart; none if it is another one.
  std::optional<SdpRtpmap> RtpmapAt(uint32_t index) const noexcept {
    sipward_sdp_rtpmap rtpmap{};
    rtpmap.struct_size = sizeof rtpmap;
    if (sipward_sdp_read_rtpmap(message_, index, &rtpmap) != SIPWARD_OK) return std::nullopt;
    return SdpRtpmap{rtpmap.well_formed != 0, In(rtpmap.payload_type), In(rtpmap.encoding),
                     In(rtpmap.clock_rate), In(rtpmap.parameters)};
  }
  std::optional<SdpFmtp> FmtpAt(uint32_t index) const noexcept {
    sipward_sdp_fmtp fmtp{};
    fmtp.struct_size = sizeof fmtp;
    if (sipward_sdp_read_fmtp(message_, index, &fmtp) != SIPWARD_OK) return std::nullopt;
    return SdpFmtp{fmtp.well_formed != 0, In(fmtp.format), In(fmtp.parameters)};
  }
  std::optional<SdpCrypto> CryptoAt(uint32_t index) const noexcept {
    sipward_sdp_crypto crypto{};
    crypto.struct_size = sizeof crypto;
    if (sipward_sdp_read_crypto(message_, index, &crypto) != SIPWARD_OK) return std::nullopt;
    return SdpCrypto{crypto.well_formed != 0,  In(crypto.tag),        In(crypto.suite),
                     In(crypto.key_params),    In(crypto.key_method), In(crypto.key_info),
                     In(crypto.session_params)};
  }
  std::optional<SdpFingerprint> FingerprintAt(uint32_t index) const noexcept {
    sipward_sdp_fingerprint fingerprint{};
    fingerprint.struct_size = sizeof fingerprint;
    if (sipward_sdp_read_fingerprint(message_, index, &fingerprint) != SIPWARD_OK)
      return std::nullopt;
    return SdpFingerprint{fingerprint.well_formed != 0, In(fingerprint.hash),
                          In(fingerprint.value)};
  }
  std::optional<SdpSetup> SetupAt(uint32_t index) const noexcept {
    sipward_sdp_setup setup{};
    setup.struct_size = sizeof setup;
    if (sipward_sdp_read_setup(message_, index, &setup) != SIPWARD_OK) return std::nullopt;
    return SdpSetup{setup.well_formed != 0, static_cast<SdpSetupRole>(setup.role)};
  }
  std::optional<SdpCandidate> CandidateAt(uint32_t index) const noexcept {
    sipward_sdp_candidate candidate{};
    candidate.struct_size = sizeof candidate;
    if (sipward_sdp_read_candidate(message_, index, &candidate) != SIPWARD_OK) return std::nullopt;
    return SdpCandidate{
        candidate.well_formed != 0, In(candidate.foundation), In(candidate.component),
        In(candidate.transport),    In(candidate.priority),   In(candidate.address),
        In(candidate.port),         In(candidate.type),       In(candidate.related_address),
        In(candidate.related_port), In(candidate.extensions)};
  }

  auto Parts() const noexcept { return detail::Sequence<BodyPart, PartSource>({message_}); }
  auto Media() const noexcept { return detail::Sequence<SdpMedia, MediaSource>({message_}); }
  auto Bandwidths() const noexcept {
    return detail::Sequence<SdpBandwidth, BandwidthSource>({message_});
  }
  // Of session and media together, those of the session first.
  auto Attributes() const noexcept {
    return detail::Sequence<SdpAttribute, AttributeSource>({message_});
  }

 private:
  struct PartSource {
    sipward_message* message;
    std::optional<BodyPart> operator()(uint32_t index) const noexcept {
      return BodyView(message).PartAt(index);
    }
  };
  struct MediaSource {
    sipward_message* message;
    std::optional<SdpMedia> operator()(uint32_t index) const noexcept {
      return BodyView(message).MediaAt(index);
    }
  };
  struct BandwidthSource {
    sipward_message* message;
    std::optional<SdpBandwidth> operator()(uint32_t index) const noexcept {
      return BodyView(message).BandwidthAt(index);
    }
  };
  struct AttributeSource {
    sipward_message* message;
    std::optional<SdpAttribute> operator()(uint32_t index) const noexcept {
      return BodyView(message).AttributeAt(index);
    }
  };

  const char* base() const noexcept {
    sipward_text text{};
    static_cast<void>(sipward_message_bytes(message_, &text));
    return text.data;
  }
  std::string_view In(sipward_slice slice) const noexcept { return detail::View(base(), slice); }
  static std::optional<uint32_t> ToIndex(uint32_t index) noexcept {
    if (index == SIPWARD_ABSENT) return std::nullopt;
    return index;
  }
  template <typename Struct>
  SdpConnection ToConnection(const Struct& from) const noexcept {
    return {In(from.nettype), In(from.addrtype),      In(from.address),
            In(from.ttl),     In(from.address_count), static_cast<HostKind>(from.address_kind)};
  }

  sipward_message* message_;
};

}  // namespace sipward

#endif  // SIPWARD_BODY_H_
