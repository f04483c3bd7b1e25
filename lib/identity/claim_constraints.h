// What a certificate says of the claims that its holder may sign: JWTClaimConstraints (RFC 8226,
// section 8) and EnhancedJWTClaimConstraints (RFC 9118, section 3).
#ifndef SIPWARD_IDENTITY_CLAIM_CONSTRAINTS_H_
#define SIPWARD_IDENTITY_CLAIM_CONSTRAINTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::identity {

struct ClaimConstraints {
  struct Permitted {
    std::string claim;
    std::vector<std::string> values;
  };

  static constexpr size_t kMaxNames = 256;  // names and values together

  std::vector<std::string> must_include;    // claims that a token has
  std::vector<Permitted> permitted_values;  // if the claim is there, it is one of these
  std::vector<std::string> must_exclude;    // claims that no token has; the enhanced form alone

  enum class Form : uint8_t { kPlain, kEnhanced };
  // Nothing if it is not DER with explicit tags, has no part or an empty one, or more than
  // kMaxNames.
  static std::optional<ClaimConstraints> Parse(std::string_view der, Form form);
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CLAIM_CONSTRAINTS_H_
