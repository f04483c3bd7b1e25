// What the body of a message is made of, as places in the message: session descriptions (RFC 8866),
// the parts of a multipart body (RFC 2046, RFC 5621), and text.
//
// The readers here keep the rules of values.h: they read the bytes of their slices and nothing
// else, allocate nothing, run in time linear in them, and write slices relative to `base`. Where a
// grammar is broken they name what is wrong and fill in what a tolerant program would read.
#ifndef SIPWARD_SIP_BODY_H_
#define SIPWARD_SIP_BODY_H_

#include <array>
#include <cstdint>
#include <span>

#include "base/slice.h"
#include "sip/anomaly.h"
#include "sip/values.h"

namespace sipward::sip {

// RFC 3261 section 25.1: media-type.
struct MediaType {
  Slice text;
  Slice type;
  Slice subtype;
  Slice params;  // behind the first ';'; walk it with ParamCursor

  friend bool operator==(const MediaType&, const MediaType&) = default;
};
// White space around the slash is allowed. What is no media-type leaves `type` or `subtype` absent;
// whether it is one, its header says (ItemGrammar::kMediaType). The parameters begin where they do
// in the Item of that header.
MediaType ReadMediaType(const char* base, Slice text);
// The value of the first parameter of this name, without quotes; absent if there is none.
Slice FindMediaParam(const char* base, const MediaType& media, std::string_view name,
                     const Limits& limits);

enum class BodyKind : uint8_t {
  kNone,
  kOpaque,  // of a type that is not read here, or encoded
  kSdp,
  kMultipart,
  kText,
};
BodyKind KindOfBody(const char* base, const MediaType& media);
// Whether a Content-Encoding or Content-Transfer-Encoding says that the octets stand for others.
bool IsEncoded(const char* base, Slice encoding);

// RFC 8866 section 5.2.
struct SdpOrigin {
  Slice text;  // what stands behind "o="
  Slice username, session_id, version, nettype, addrtype, address;

  friend bool operator==(const SdpOrigin&, const SdpOrigin&) = default;
};

// RFC 8866 section 5.7.
struct SdpConnection {
  Slice text;
  Slice nettype, addrtype;
  Slice address;                    // without what follows a slash
  Slice ttl;                        // of an IPv4 multicast address
  Slice count;                      // how many addresses from this one on
  HostKind kind = HostKind::kNone;  // kNone also for other networks than IN

  friend bool operator==(const SdpConnection&, const SdpConnection&) = default;
};

// RFC 8866 section 5.8.
struct SdpBandwidth {
  Slice type;
  Slice value;
  int16_t media = -1;  // which medium it belongs to; -1: the session

  friend bool operator==(const SdpBandwidth&, const SdpBandwidth&) = default;
};

// Those with a reader of their own. Names are compared with regard to case (RFC 8866 section 5).
enum class SdpAttributeId : uint8_t {
  kOther,
  kRtpmap,
  kFmtp,
  kCrypto,
  kFingerprint,
  kSetup,
  kIceUfrag,
  kIcePwd,
  kIceOptions,
  kCandidate,
  kSendrecv,
  kSendonly,
  kRecvonly,
  kInactive,
};
SdpAttributeId FindSdpAttribute(std::string_view name);

// RFC 8866 section 5.13.
struct SdpAttribute {
  Slice name;
  Slice value;  // behind the colon; absent if there is none
  SdpAttributeId id = SdpAttributeId::kOther;
  int16_t media = -1;  // which medium it belongs to; -1: the session

  friend bool operator==(const SdpAttribute&, const SdpAttribute&) = default;
};

enum class SdpDirection : uint8_t { kNone, kSendrecv, kSendonly, kRecvonly, kInactive };

// RFC 8866 section 5.14.
struct SdpMedia {
  Slice text;  // what stands behind "m="
  Slice type;  // "audio"
  Slice port;
  Slice count;  // behind the port's slash: how many ports
  Slice proto;
  Slice formats;             // all of them; single spaces stand between
  int32_t port_number = -1;  // -1: not a port
  SdpConnection connection;  // its own first c=; absent slices: the session's holds
  SdpDirection direction = SdpDirection::kNone;  // its own attribute; kNone: the session's holds
  uint16_t first_attribute = 0;                  // in Sdp::attributes(); they stand together
  uint16_t attribute_count = 0;
  uint16_t first_bandwidth = 0;
  uint16_t bandwidth_count = 0;

  friend bool operator==(const SdpMedia&, const SdpMedia&) = default;
};

// RFC 8866. Of lines that may stand once, the first.
struct Sdp {
  static constexpr size_t kMaxMedia = 32;
  static constexpr size_t kMaxAttributes = 512;
  static constexpr size_t kMaxBandwidths = 64;

  Slice text;
  Slice version;
  SdpOrigin origin;
  Slice name;
  SdpConnection connection;     // of the session
  Slice start_time, stop_time;  // of the first t=
  SdpDirection direction = SdpDirection::kNone;
  uint16_t media_count = 0;
  uint16_t attribute_count = 0;
  uint16_t session_attribute_count = 0;  // they come first
  uint16_t bandwidth_count = 0;
  uint16_t session_bandwidth_count = 0;
  std::array<SdpMedia, kMaxMedia> media_slots;  // as many are valid as counted; see media()
  std::array<SdpAttribute, kMaxAttributes> attribute_slots;
  std::array<SdpBandwidth, kMaxBandwidths> bandwidth_slots;

  void Clear();
  std::span<const SdpMedia> media() const { return {media_slots.data(), media_count}; }
  std::span<const SdpAttribute> attributes() const {
    return {attribute_slots.data(), attribute_count};
  }
  std::span<const SdpAttribute> attributes_of(const SdpMedia& m) const {
    return attributes().subspan(m.first_attribute, m.attribute_count);
  }
  std::span<const SdpAttribute> session_attributes() const {
    return attributes().first(session_attribute_count);
  }
  std::span<const SdpBandwidth> bandwidths() const {
    return {bandwidth_slots.data(), bandwidth_count};
  }
};

// Reads a session description and notes sdp.* anomalies. An empty one is none. Bare LF ends a line
// without a remark (RFC 8866 section 5). `out` may be null: then it is only checked. What stands
// behind a limit is checked and not kept.
void ParseSdp(const char* base, Slice body, const Limits& limits, AnomalyLog& log, Sdp* out);

// One part of a multipart body (RFC 2046 section 5.1).
struct BodyPart {
  Slice headers;  // its header lines; walk them with PartHeaderCursor
  Slice content_type, content_disposition, content_id, content_transfer_encoding, content_length;
  Slice body;                       // without the line end that belongs to the boundary behind it
  MediaType type;                   // RFC 2046 section 5.1: absent means text/plain
  BodyKind kind = BodyKind::kNone;  // never kNone; kMultipart: its parts follow it
  uint8_t depth = 0;                // 1: in the body of the message
  int16_t parent = -1;              // the part that it stands in; -1: the body

  friend bool operator==(const BodyPart&, const BodyPart&) = default;
};

struct BodyParts {
  static constexpr size_t kMost = 32;
  static constexpr size_t kMostDepth = 3;

  uint16_t count = 0;
  std::array<BodyPart, kMost> slots;  // in the order of their boundaries

  std::span<const BodyPart> all() const { return {slots.data(), count}; }
};

// Cuts a body of type multipart/... and notes body.* anomalies. A preamble and an epilogue are
// skipped. Without a usable boundary parameter there are no parts.
void ParseMultipart(const char* base, const MediaType& type, Slice body, const Limits& limits,
                    AnomalyLog& log, BodyParts* out);

// Walks the header lines of a part, folds included.
class PartHeaderCursor {
 public:
  PartHeaderCursor(const char* base, Slice headers);
  // False behind the last. A line without a colon has an absent value.
  bool Next(Slice* name, Slice* value);

 private:
  const char* base_;
  uint32_t at_;
  uint32_t end_;
};

enum class Charset : uint8_t {
  kUtf8,     // also where nothing is said (RFC 3261 section 7.4.1)
  kAscii,    // us-ascii
  kLatin,    // iso-8859-N, windows-125N: any octet from 0x80 on may be a character
  kUnknown,  // named, and not known here
};
// Text of a body, as written.
struct BodyText {
  Slice text;
  Slice charset_name;  // as written; absent if none
  Charset charset = Charset::kUtf8;

  friend bool operator==(const BodyText&, const BodyText&) = default;
};
// Holds the text against its charset: notes body.text_invalid, body.text_control,
// body.charset_unknown, utf8.bidi and utf8.zero_width, each at its first place.
void ParseBodyText(const char* base, const MediaType& type, Slice body, const Limits& limits,
                   AnomalyLog& log, BodyText* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_BODY_H_
