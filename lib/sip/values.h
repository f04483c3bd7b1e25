// The parts that header values are made of, as places in the message, and the parsers that find
// them.
//
// Every parser here is a pure function of (base, text): it reads the bytes of `text` and nothing
// else, allocates nothing, runs in time linear in text.length, and writes slices relative to
// `base`. It returns whether the value follows its grammar or could be salvaged. Where the grammar
// is broken it names what is wrong in the log and then still fills in as much as a tolerant program
// would read (absent slices for the rest): the profile, not the parser, decides whether that
// refuses the message. `text` must be present (it may be empty). Which fields a broken value fills
// is what programs read that look for the last at sign, the first angle bracket and the first of
// two equal parameters.
#ifndef SIPWARD_SIP_VALUES_H_
#define SIPWARD_SIP_VALUES_H_

#include <cstdint>
#include <string_view>

#include "base/slice.h"
#include "sip/anomaly.h"

namespace sipward::sip {

// Limits of one message; going beyond one is an anomaly of class `limit` that refuses the message.
struct Limits {
  uint32_t message_bytes = 65'535;  // of a datagram; StreamFramer has its own
  uint32_t headers = 256;
  uint32_t header_value_bytes = 16'384;  // Identity lists need it
  uint32_t values_per_header = 128;
  uint32_t params_per_value = 64;  // of these, 128 at most: ParamNames::kMost
  uint32_t vias = 70;
  uint32_t uri_bytes = 2'048;
  uint32_t sdp_media = 32;        // not more: Sdp::kMaxMedia
  uint32_t sdp_attributes = 512;  // of session and media together; not more: Sdp::kMaxAttributes
  uint32_t body_parts = 32;       // of all levels together; not more: BodyParts::kMost
  uint32_t body_depth = 3;        // multipart within multipart; not more: BodyParts::kMostDepth
  uint32_t comment_depth = 8;     // RFC 3261 section 25.1: comments nest
};

enum class Method : uint8_t {
  kOther,  // an extension: compare the text
#define SIPWARD_METHOD(symbol, name) symbol,
#include "sip/method.def"
#undef SIPWARD_METHOD
};
Method FindMethod(std::string_view text);    // case-sensitive, RFC 3261 section 7.1
std::string_view MethodName(Method method);  // "" for kOther

enum class UriScheme : uint8_t { kOther, kSip, kSips, kTel, kUrn };
enum class HostKind : uint8_t { kNone, kName, kIpv4, kIpv6, kBad };

// RFC 3261 section 19.1, RFC 3966, RFC 8141. Everything as written, nothing unescaped.
struct Uri {
  Slice text;    // the whole URI
  Slice scheme;  // without the colon
  Slice user;  // sip, sips: before the password's colon or the at sign. tel: the subscriber number
  Slice password;  // RFC 3261 section 19.1.1
  Slice host;      // IPv6 with its brackets. urn: absent
  Slice port;      // the digits
  Slice params;    // behind the first ';' of the uri-parameters, up to '?' or the end; walk it with
                   // ParamCursor
  Slice headers;   // behind '?'
  UriScheme kind = UriScheme::kOther;
  HostKind host_kind =
      HostKind::kNone;       // kBad also for three colons before IPv4 (RFC 5118 section 4.10)
  int32_t port_number = -1;  // -1: none written, or not a port

  friend bool operator==(const Uri&, const Uri&) = default;
};

// RFC 3261 section 20.10: name-addr or addr-spec, then header parameters.
struct NameAddr {
  Slice text;     // the whole value, parameters included
  Slice display;  // as written, with its quotes; without white space around it; absent if none
  Uri uri;
  Slice params;  // behind the first ';' of the header parameters to the end
  Slice tag;     // value of the first tag parameter; also set for headers that give it no meaning
  bool in_brackets = false;
  bool is_star = false;  // "*" in Contact (then uri is all absent)

  friend bool operator==(const NameAddr&, const NameAddr&) = default;
};

// RFC 3261 section 20.42.
struct Via {
  Slice text;
  Slice protocol;   // "SIP"
  Slice version;    // "2.0"
  Slice transport;  // "UDP"
  Slice host;       // sent-by host, IPv6 with its brackets
  Slice port;
  Slice params;  // behind the first ';'
  Slice branch, received, rport, maddr,
      ttl;  // as written; received has IPv6 with or without brackets; rport without a value is
            // present and empty
  HostKind host_kind = HostKind::kNone;
  int32_t port_number = -1;

  friend bool operator==(const Via&, const Via&) = default;
};

struct Cseq {
  Slice number_text;
  Slice method_text;
  Method method = Method::kOther;
  uint64_t number = 0;        // saturates at 2^64-1
  bool number_valid = false;  // digits, below 2^32

  friend bool operator==(const Cseq&, const Cseq&) = default;
};

// Digest credentials and challenges (RFC 3261 section 20.7, 20.44; RFC 8760). Quoted values without
// their quotes, nothing unescaped.
struct Digest {
  Slice text;
  Slice scheme;  // "Digest"
  Slice username, realm, nonce, uri, response, algorithm, cnonce, opaque, qop, nc, stale, domain;

  friend bool operator==(const Digest&, const Digest&) = default;
};

// One parameter: name and value as written (quoted strings with their quotes). No value: absent;
// "a=": empty.
struct Param {
  Slice name;
  Slice value;
};

// Walks `;a;b=c ; d="e;f"` (the leading semicolon may be missing, as in NameAddr::params). Empty
// parameters are skipped. `separator` is ';' for header and URI parameters, '&' for URI headers,
// ',' for digest parameters.
class ParamCursor {
 public:
  ParamCursor(const char* base, Slice params, char separator = ';');
  bool Next(Param* param);

 private:
  const char* base_;
  uint32_t at_;
  uint32_t end_;
  char separator_;
};

// Where a URI stands decides what it may hold.
enum class UriPlace : uint8_t {
  kRequestUri,  // no headers, no brackets
  kBracketed,   // inside '<' '>'
  kAnyScheme,   // inside '<' '>', where no scheme is a surprise
  kBare,        // addr-spec: no comma, semicolon or question mark of its own
};

// What programs do with a URI: that decides whether they part over it (uri.disputed).
enum class UriUse : uint8_t {
  kParty,    // it says who calls or who is called: all read it, and some drop what they cannot
  kContact,  // some look whether it is one
  kNone,     // kept as it is until somebody asks
};

// False: no scheme, or nothing behind it. A tel URI that is neither global nor has a phone-context
// is uri.malformed; of kBare the parameters belong to the header, so a local number never has one.
bool ParseUri(const char* base, Slice text, UriPlace place, const Limits& limits, AnomalyLog& log,
              Uri* out, UriUse use = UriUse::kParty);
// What the header allows that an address stands in. RFC 3261 section 25.1.
enum class AddressRole : uint8_t {
  kUnknown,   // takes what one of the headers allows; tag, q and expires follow their grammars
  kFromTo,    // tag is a token
  kContact,   // a star stands for all; q and expires follow their grammars
  kNameAddr,  // angle brackets are demanded (Route and its like)
  kInfo,      // an absoluteURI of any scheme in brackets, no display name (Call-Info and its like)
  kOther,     // every parameter is a generic one
};
// One value of From, To, Contact, Route, ... `text` holds exactly one value (see ValueCursor).
// Two tags are tag.duplicate; any other parameter written twice is param.duplicate. A star outside
// Contact and a missing bracket are nameaddr.malformed. False: there is no URI.
bool ParseNameAddr(const char* base, Slice text, const Limits& limits, AnomalyLog& log,
                   NameAddr* out, AddressRole role = AddressRole::kUnknown);
// False: there is no sent-by.
bool ParseVia(const char* base, Slice text, const Limits& limits, AnomalyLog& log, Via* out);
// False: there is no number. cseq.initial_range and the comparison with the request are the
// caller's.
bool ParseCseq(const char* base, Slice text, AnomalyLog& log, Cseq* out);
// One header line, commas included. Of a scheme other than Digest only the scheme is filled in,
// and what follows it is not judged. False: there is no scheme.
bool ParseDigest(const char* base, Slice text, const Limits& limits, AnomalyLog& log, Digest* out);
// RFC 3261 section 25.1 SIP-date, a day that its month has: seconds since 1970, leap seconds not
// counted. Otherwise notes date.malformed and returns false.
bool ParseDate(const char* base, Slice text, AnomalyLog& log, int64_t* seconds);
// RFC 3261 section 25.1 callid = word [ "@" word ]. Notes call_id.malformed.
bool ParseCallId(const char* base, Slice text, AnomalyLog& log);
// 1*DIGIT with optional white space around it, at most `most`; beyond it or not digits notes
// `range` and returns false. `*out` saturates.
bool ParseNumber(const char* base, Slice text, uint64_t most, AnomalyId range, AnomalyLog& log,
                 uint64_t* out);

// Cuts a header value at its top-level commas (outside quoted strings and angle brackets), white
// space trimmed off both ends of every value. An empty value between commas is returned as an
// empty, present slice.
class ValueCursor {
 public:
  ValueCursor(const char* base, Slice value);
  bool Next(Slice* value);

 private:
  const char* base_;
  uint32_t at_;
  uint32_t end_;
  bool done_;
};

// The start line (without its line end). RFC 3261 sections 7.1 and 7.2.
enum class StartKind : uint8_t { kNone, kRequest, kResponse };
struct StartLine {
  StartKind kind = StartKind::kNone;
  Slice text;
  Slice method_text;
  Slice request_uri;
  Slice version;
  Slice reason;
  Slice code_text;
  Method method = Method::kOther;
  uint16_t code = 0;  // 0: not a response, or not a code

  friend bool operator==(const StartLine&, const StartLine&) = default;
};
// False: kind is kNone. The Request-URI is cut, not read: give it to ParseUri.
bool ParseStartLine(const char* base, Slice line, AnomalyLog& log, StartLine* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_VALUES_H_
