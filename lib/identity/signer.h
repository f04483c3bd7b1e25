// The authentication service (RFC 8224 section 6.1): makes Identity headers.
#ifndef SIPWARD_IDENTITY_SIGNER_H_
#define SIPWARD_IDENTITY_SIGNER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "identity/canonical.h"
#include "identity/claims.h"
#include "identity/credential.h"
#include "identity/es256.h"
#include "identity/header_value.h"
#include "identity/json.h"
#include "identity/reason.h"
#include "identity/signing_key.h"
#include "identity/trust_policy.h"
#include "identity/x5u.h"

namespace sipward::identity {

// What to say. Views are read during the call alone.
struct Passport {
  Ppt ppt = Ppt::kShaken;
  Party orig;
  std::span<const Party> dest;
  std::string_view attest = {};   // of shaken
  std::string_view origid = {};   // of shaken; empty: a random UUID
  Party div = {};                 // of div and div-o
  std::string_view history = {};  // hi of div
  std::string_view opt = {};      // of div-o
  // Further claims, as a JSON object: rph, rcd, rcdi, crn, sph, msgi, mky and others.
  std::string_view more_claims = {};
  bool compact = false;
};

// What a call that was diverted is given beside the headers that it came with (RFC 8946).
struct Diversion {
  std::string_view received;  // the Identity value of the last token: the base, or the last div
  Party div;                  // who diverts: one of its dest. Nobody: its only one
  std::span<const Party> dest;
  std::string_view history = {};
  bool nested = false;  // div-o: what was received goes into opt, for who sends no headers on
};

struct SignerPolicy {
  TrustPolicy certificate = {};
  ClaimPolicy claims = {};
  JsonLimits json = {};
  X5uPolicy x5u = {};
  bool verify = true;  // each signature once more, with the certificate
};

// Immutable; any number of threads. It signs nothing that our own verifier would refuse for its
// form.
class Signer {
 public:
  enum class Problem : uint8_t {
    kNone,
    kRefused,      // `reason` says why a verifier would refuse it
    kKeyMismatch,  // the key is not that of the certificate
    kKeyFailed,    // the key does not sign
    kTooLarge,     // the header would be larger than verifiers take
    kMoreClaims,   // they are no JSON object, or name a claim that has a place of its own
  };
  struct Outcome {
    Problem problem = Problem::kNone;
    Reason reason = Reason::kOk;
    bool ok() const { return problem == Problem::kNone; }
  };
  struct Made {
    Outcome outcome;
    std::unique_ptr<Signer> signer;
  };

  // `certificates` is what stands behind x5u, the leaf first; with anchors (as
  // TrustStore takes them) its chain is built, too.
  // Refuses a certificate that a verifier would refuse at this time, and a key that is not its own.
  static Made Make(std::unique_ptr<SigningKey> key, std::string_view certificates,
                   std::string_view x5u, const SignerPolicy& policy, int64_t now,
                   std::string_view anchors = {});

  // The value of an Identity header: "token;info=<x5u>;alg=ES256;ppt=shaken". *value is only
  // written on success.
  Outcome Sign(const Passport& passport, int64_t now, std::string* value) const;
  // The same for a diversion: orig is that of what was received.
  Outcome SignDiversion(const Diversion& diversion, int64_t now, std::string* value) const;

  const Credential& credential() const { return *credential_; }

 private:
  Signer() = default;

  // The claims, as our verifier reads them.
  struct Scratch;
  Outcome Check(const Passport& passport, std::string payload, Scratch* scratch) const;
  bool SignOctets(std::string_view octets, Es256Signature* signature) const;

  std::unique_ptr<SigningKey> key_;
  std::shared_ptr<const Credential> credential_;
  std::string x5u_;
  SignerPolicy policy_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_SIGNER_H_
