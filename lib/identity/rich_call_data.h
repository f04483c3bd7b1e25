// Claims with digests: rich call data (RFC 9795) and the body of a message (RFC 9475). Internal to
// this folder.
#ifndef SIPWARD_IDENTITY_RICH_CALL_DATA_H_
#define SIPWARD_IDENTITY_RICH_CALL_DATA_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "identity/flags.h"
#include "identity/json.h"
#include "identity/reason.h"

namespace sipward::identity {

enum class DigestKind : uint8_t { kSha256, kSha384, kSha512 };

struct Digest {
  DigestKind kind = DigestKind::kSha256;
  std::array<char, 66> octets;  // two more than the longest: base64 is read in groups
  size_t size = 0;
};
// "sha256-" and base64 with padding. False if it is something else.
bool ReadDigest(std::string_view text, Digest* out);
// Of these octets.
bool Matches(const Digest& digest, std::string_view octets);

// rcd, rcdi and crn, wherever they stand: RCD_INVALID, RCDI_INVALID, RCDI_MISMATCH, CRN_INVALID.
// `wanted`: rcd must be there. Digests of documents elsewhere are flagged, not fetched.
Reason CheckRichCallData(const JsonValue& payload, bool wanted, FlagSet* flags);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_RICH_CALL_DATA_H_
