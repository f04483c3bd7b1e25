// What the host found of the identity of a caller (STIR, RFC 8224; SHAKEN, RFC 8588).
//
//   sipward::IdentityCheck identity(sipward::IdentityResult::kVerified);
//   identity.set_attest("A").set_origid(origid);
//   packet.identity = &identity;
#ifndef SIPWARD_IDENTITY_H_
#define SIPWARD_IDENTITY_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>

#include "sipward/handle.h"

namespace sipward {

enum class IdentityResult : uint8_t {
  kPending = SIPWARD_IDENTITY_PENDING,  // there is no result: not yet, or nobody checks
  kNone = SIPWARD_IDENTITY_NONE,        // there is no Identity
  kFailed = SIPWARD_IDENTITY_FAILED,
  kVerified = SIPWARD_IDENTITY_VERIFIED,
};

// Texts are views: they must live while the packet is inspected. What the token says (attest,
// origid, spc, iat, diversions) is shown to rules of a verified identity alone.
class IdentityCheck {
 public:
  explicit IdentityCheck(IdentityResult result) noexcept {
    identity_.struct_size = sizeof identity_;
    identity_.result = static_cast<uint32_t>(result);
  }

  // Why it failed: "IAT_STALE" and so on, as rules name it; another name, or none, is OTHER to
  // them.
  IdentityCheck& set_reason(detail::Borrowed text) noexcept {
    return Set(text, &identity_.reason, &identity_.reason_size);
  }
  // "A", "B" or "C".
  IdentityCheck& set_attest(detail::Borrowed text) noexcept {
    return Set(text, &identity_.attest, &identity_.attest_size);
  }
  IdentityCheck& set_origid(detail::Borrowed text) noexcept {
    return Set(text, &identity_.origid, &identity_.origid_size);
  }
  // Of the certificate that signed.
  IdentityCheck& set_spc(detail::Borrowed text) noexcept {
    return Set(text, &identity_.spc, &identity_.spc_size);
  }
  // "TN-Validation-Passed" ...; where it is not set, it follows from result and attest.
  IdentityCheck& set_verstat(detail::Borrowed text) noexcept {
    return Set(text, &identity_.verstat, &identity_.verstat_size);
  }
  IdentityCheck& set_iat(
      std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds> time) noexcept {
    identity_.iat = time.time_since_epoch().count();
    return *this;
  }
  IdentityCheck& set_div_count(uint32_t count) noexcept {
    identity_.div_count = count;
    return *this;
  }

  const sipward_identity_check* c_check() const noexcept { return &identity_; }

 private:
  IdentityCheck& Set(detail::Borrowed text, const char** data, size_t* size) noexcept {
    *data = text.data();
    *size = text.size();
    return *this;
  }

  sipward_identity_check identity_{};
};

}  // namespace sipward

#endif  // SIPWARD_IDENTITY_H_
