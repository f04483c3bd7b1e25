// A second opinion on SIP messages, for tests: written from RFC 3261 section 25 alone, slow and
// plain, sharing no code with the library.
//
// A value is first held against the whole rule of its header (grammar.h). Only a value that follows
// it is taken apart, by the delimiters that the rule leaves no doubt about.
#ifndef SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARSER_H_
#define SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARSER_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/slice.h"

namespace sipward::oracle {

inline Slice Between(size_t begin, size_t end) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
}

struct RefParam {
  Slice name;
  Slice value;  // absent: no equals sign
};

struct RefUri {
  enum class Kind { kSip, kSips, kTel, kUrn, kOther };
  enum class Host { kNone, kName, kIpv4, kIpv6, kThreeColons };
  Slice text, scheme, user, password, host, port, params, headers;
  Kind kind = Kind::kOther;
  Host host_kind = Host::kNone;
  std::vector<RefParam> param_list;
};

struct RefAddress {
  Slice text, display, params, tag;
  RefUri uri;
  bool in_brackets = false;
  bool is_star = false;
  std::vector<RefParam> param_list;
};

struct RefVia {
  Slice text, protocol, version, transport, host, port, params;
  Slice branch, received, maddr, ttl;
  Slice rport;  // empty if it stands without a value
  RefUri::Host host_kind = RefUri::Host::kNone;
  std::vector<RefParam> param_list;
};

struct RefCredentials {
  Slice scheme;
  std::vector<RefParam> param_list;  // quoted strings with their quotes
};

// A head and parameters (reference_items.h).
struct RefItem {
  Slice text, value, params;
  std::vector<RefParam> param_list;
};
struct ItemRule;

// Does the value follow the rule of its header? Not judged: this parser has no rule for it.
enum class Judgement { kNotJudged, kWellFormed, kMalformed };

struct RefHeader {
  enum class Id {
    kOther,
    kFrom,
    kTo,
    kContact,
    kRoute,
    kRecordRoute,
    kPath,
    kServiceRoute,
    kReplyTo,
    kReferTo,
    kReferredBy,
    kVia,
    kCseq,
    kCallId,
    kContentLength,
    kMaxForwards,
    kExpires,
    kMinExpires,
    kDate,
    kCallInfo,
    kAlertInfo,
    kErrorInfo,
    kGeolocation,
    kAuthorization,
    kProxyAuthorization
  };
  Slice name, value;  // white space around both left out, folds kept
  Slice line;         // all its lines, with the last line end
  Id id = Id::kOther;
  bool colon = false;
  bool name_good = false;  // there is a colon, and before it a token
  Judgement judgement = Judgement::kNotJudged;
  std::vector<RefAddress> addresses;
  std::vector<RefVia> vias;
  RefCredentials credentials;
  ItemRule* item_rule = nullptr;  // of those that are made of items
  std::vector<RefItem> items;
  Slice number, method;  // CSeq
};

struct RefStart {
  Slice line;  // without its line end
  bool request = false;
  bool response = false;  // neither: it follows no rule
  bool version_good = false;
  Slice method, request_uri, version, code, reason;
  RefUri uri;
};

// Why a strict reader refuses a message, and the bytes that are to blame.
struct Refusal {
  std::string why;
  Slice where;
};

struct RefMessage {
  RefStart start;
  std::vector<RefHeader> headers;
  std::vector<Slice> stray;  // lines that belong to no header: no name and colon in them
  bool lines_good = true;  // every line of the head ends in CRLF, and CR and LF stand nowhere else
  bool complete = false;   // the empty line is there
  size_t body_offset = 0;
  std::vector<Refusal> refusals;  // empty: a strict reader accepts it
  bool accepted() const { return refusals.empty(); }
};

RefMessage ReadReference(std::string_view bytes);

// The parts. `value` must have been held against its rule, except ReadUri, which judges.
bool ReadUri(std::string_view bytes, Slice text, bool bare, RefUri* out);
bool ReadAddress(std::string_view bytes, Slice value, RefAddress* out);
RefVia ReadVia(std::string_view bytes, Slice value);
RefCredentials ReadCredentials(std::string_view bytes, Slice value);
RefUri::Host HostKindOf(std::string_view host);
// `params` is what stands behind the first separator.
std::vector<RefParam> ReadParams(std::string_view bytes, Slice params, char separator);
// At the separators outside of quoted strings and, if asked, of angle brackets; trimmed.
std::vector<Slice> Split(std::string_view bytes, Slice text, char separator);
Slice Trim(std::string_view bytes, Slice text);
// The value of the first parameter of this name (letters in any case); absent if there is none, or
// no value.
Slice ValueOf(std::string_view bytes, const std::vector<RefParam>& params, std::string_view name);

// Holds the value against the rule of its header, and takes it apart.
void JudgeValue(std::string_view bytes, RefHeader* header);

// Whether the parameters of this header that have rules of their own follow them.
bool ParamsFollowTheirRules(std::string_view bytes, const RefHeader& header);

// What section 25 leaves to the text of the other sections: numbers that must fit, parameters and
// headers that stand once, headers that must stand. Adds to `refusals`.
void JudgeMeaning(std::string_view bytes, RefMessage* message);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARSER_H_
