// Whom to trust: anchors, lists of revoked certificates, and the certificates that were fetched.
#ifndef SIPWARD_IDENTITY_TRUST_H_
#define SIPWARD_IDENTITY_TRUST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "identity/certificate_chain.h"
#include "identity/credential.h"
#include "identity/flags.h"
#include "identity/reason.h"
#include "identity/trust_policy.h"

namespace sipward::identity {

struct Lookup {
  enum class State : uint8_t {
    kMissing,  // it was never handed in, or too long ago: fetch it
    kFound,
    kFailed,  // `reason` says why
  };
  State state = State::kMissing;
  Reason reason = Reason::kCertUnavailable;
  FlagSet flags;         // kTnauthMultiSpc, kCrlStale, kCrlUnknown, kCrlIgnored
  bool refresh = false;  // usable, and time to fetch it again
  std::shared_ptr<const Credential> credential;  // if it was found
  SharedChain chain;  // of what was found or refused; null: no certificates were at hand
};

// Any number of threads may use one: Find takes a lock for well under a microsecond and allocates
// nothing; whatever is dear happens outside it. What it holds is bounded, the least recently used
// goes first, and what failed has room of its own, so that made-up URLs push nothing out.
class TrustStore {
 public:
  // The secret keys the table of URLs, which strangers choose.
  explicit TrustStore(const HashSecret& secret, TrustPolicy policy = {});
  ~TrustStore();
  TrustStore(const TrustStore&) = delete;
  TrustStore& operator=(const TrustStore&) = delete;

  const TrustPolicy& policy() const;

  // Takes the place of all anchors: PEM certificates in a row, or one in DER. Each that is a
  // self-signed authority may end a chain (with policy.partial_chains any authority); each that may
  // sign lists of revoked certificates signs those of its name. What was handed in is judged anew,
  // and until that is done the old anchors hold. kOk, or kCertMalformed and nothing has changed.
  Reason SetAnchors(std::string_view certificates, int64_t now);
  // Takes the place of all lists of revoked certificates: each PEM or DER. The reason is that of
  // the first that cannot be used (kCrlSignature and so on; policy.unusable_crl says what follows).
  // Where there was a newer list of the same issuer and scope, that one stays: kCrlStale. Whoever
  // wants an older one takes all lists away first.
  Reason SetCrls(const std::vector<std::string_view>& lists);

  // What a fetch of this URL brought. max_age is what the server said in seconds, negative if
  // nothing. kOk, or why Find will say that it failed. About 700 us.
  Reason ProvideCertificate(std::string_view url, std::string_view document, int64_t fetched_at,
                            int64_t max_age);
  // That it failed, and why: kCertUnavailable or one of X5U_*.
  void ProvideFailure(std::string_view url, Reason reason, int64_t now);

  // The credential of a URL at a time, with its dates and revocation judged at that time.
  Lookup Find(std::string_view url, int64_t now) const;

  // Grow with every change; results that were computed before are void.
  uint64_t anchor_generation() const;
  uint64_t crl_generation() const;

  struct Statistics {
    size_t credentials = 0;
    size_t failures = 0;
    size_t bytes = 0;
    uint64_t evictions = 0;
    uint32_t key_tables = 0;           // keys that have one
    uint64_t table_comparisons = 0;    // signatures that were verified with and without
    uint64_t table_disagreements = 0;  // not 0: libcrypto was believed, and tables are off for good
  };
  Statistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_TRUST_H_
