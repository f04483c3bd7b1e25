// Numbers and URIs in the one form in which a token and a request can be compared (RFC 8224
// sections 8.3 and 8.5).
#ifndef SIPWARD_IDENTITY_CANONICAL_H_
#define SIPWARD_IDENTITY_CANONICAL_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace sipward::identity {

enum class PartyKind : uint8_t {
  kNone,  // it cannot be compared: octets that do not belong there, an escape in a number, empty
  kAnonymous,  // of anonymous.invalid (RFC 3323)
  kTn,         // a telephone number: digits, '#' and '*'
  kUri,
};

// A caller or a called party.
struct Party {
  PartyKind kind = PartyKind::kNone;
  std::string_view text = {};  // of kTn and kUri

  bool usable() const { return kind == PartyKind::kTn || kind == PartyKind::kUri; }
  friend bool operator==(const Party&, const Party&) = default;
};

// Whether a SIP URI whose user is digits, or digits behind a plus sign, is a telephone number even
// if it does not say user=phone.
enum class DigitUsers : uint8_t { kAreUris, kAreNumbers };

// Of a tel, sip or sips URI, or of any other. What is written goes to `out`; kNone if it does not
// fit. Numbers: everything but digits, '#' and '*' left out, parameters too. URIs: scheme and host
// in lower case, %-escapes of unreserved characters undone; no password, port, parameters or
// headers.
Party Canonicalize(std::string_view uri, DigitUsers digit_users, std::span<char> out);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CANONICAL_H_
