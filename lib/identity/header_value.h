// The value of one Identity header (RFC 8224 section 4): a token and parameters. Read before any of
// the token is.
#ifndef SIPWARD_IDENTITY_HEADER_VALUE_H_
#define SIPWARD_IDENTITY_HEADER_VALUE_H_

#include <cstdint>
#include <string_view>

#include "identity/flags.h"
#include "identity/reason.h"

namespace sipward::identity {

// What a PASSporT adds to the plain one.
enum class Ppt : uint8_t { kNone, kShaken, kDiv, kDivO, kRph, kRcd, kMsg, kUnknown };
std::string_view PptName(Ppt ppt);  // "div-o"; "" of kNone and kUnknown
Ppt FindPpt(std::string_view name);
// It says that a call was sent on (RFC 8946).
constexpr bool Diverts(Ppt ppt) { return ppt == Ppt::kDiv || ppt == Ppt::kDivO; }

// Sets of them, a bit of each.
using PptSet = uint8_t;
constexpr PptSet SetOf(Ppt ppt) { return static_cast<PptSet>(1u << static_cast<unsigned>(ppt)); }
inline constexpr PptSet kEveryPpt = static_cast<PptSet>(SetOf(Ppt::kUnknown) - 1);

// Everything as written, views into the value.
struct HeaderValue {
  std::string_view token;  // all of it, dots included
  std::string_view header, payload,
      signature;              // between the dots; the first two empty: compact form
  std::string_view info;      // the URI, without its brackets
  std::string_view ppt_text;  // without quotes
  Ppt ppt = Ppt::kNone;
  FlagSet flags;

  bool compact() const { return header.empty(); }
};

struct HeaderPolicy {
  uint32_t octets = 8'192;  // of one value; not more: kMostHeaderOctets
  uint32_t params = 16;
  PptSet ppts = kEveryPpt;  // others are PPT_UNSUPPORTED
  bool allow_compact = false;
};
inline constexpr uint32_t kMostHeaderOctets = 8'192;

// `value` as it stands in the message; folds are allowed. kOk, or the first thing that is wrong;
// what was read before it is in *out.
Reason ReadHeaderValue(std::string_view value, const HeaderPolicy& policy, HeaderValue* out);

// Cuts a full token into its three parts; JWS_MALFORMED if it has others, or an empty one.
Reason CutToken(std::string_view token, HeaderValue* out);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_HEADER_VALUE_H_
