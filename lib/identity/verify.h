// The verification of all Identity headers of a request (RFC 8224 section 6.2, ATIS-1000074).
#ifndef SIPWARD_IDENTITY_VERIFY_H_
#define SIPWARD_IDENTITY_VERIFY_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "facts/facts.h"
#include "identity/certificate_chain.h"
#include "identity/credential_source.h"
#include "identity/flags.h"
#include "identity/policy.h"
#include "identity/reason.h"
#include "identity/replay.h"
#include "identity/request.h"
#include "identity/token_cache.h"

namespace sipward::identity {

// What came of one Identity header. Views live as long as the request and until the next Verify.
struct HeaderResult {
  Reason reason = Reason::kNotChecked;  // kOk: it holds; kNotChecked: its certificate is missing
  Stage stage = Stage::kNone;           // at which it failed
  uint16_t sip_code = 0;
  FlagSet flags;
  bool ignored = false;    // of an unsupported type: it does not count
  bool duplicate = false;  // of one before it: it does not count
  Ppt ppt = Ppt::kNone;
  std::string_view token;  // as in the header: for the ppi of a Reason header (RFC 9410)
  std::string_view x5u;
};

// The certificates behind a URL that tokens name, whether they hold or were refused. Views as
// above.
struct UsedChain {
  std::string_view x5u;
  uint32_t headers = 0;  // bit N: a token of the Identity header N, or one within it
  const CertificateChain* certificates = nullptr;
};

// What came of all of them. Views as above.
struct Result {
  facts::IdentityResult result = facts::IdentityResult::kPending;
  Reason reason = Reason::kNotChecked;  // of the earliest step that failed
  uint16_t sip_code = 0;
  FlagSet flags;                    // of all headers
  std::string_view attest, origid;  // of what is verified; empty: there is none
  std::string_view spc, issuer;     // who signed: the first service provider code, the authority
  std::string_view nam, crn;        // of rich call data
  std::string_view verstat;         // 3GPP TS 24.229 section 7.2A.20
  std::optional<int64_t> age;       // seconds since iat
  uint32_t div_count = 0;
  std::string_view missing;  // of kPending: the URL of the first certificate to provide
  std::string_view stale;    // the URL of the first that was used and is to be fetched anew
  std::span<const HeaderResult> headers;
  std::span<const UsedChain> chains;  // in the order of the tokens, each once
};

// One thread's scratch, about 250 KiB, allocated once: Verify allocates nothing of its own.
class Verifier {
 public:
  // `policy` and `source` must outlive this; so must `replay` and `cache`, which may be null: then
  // a token that comes with another call is not noticed, and one that comes again is verified anew.
  Verifier(const Policy& policy, const CredentialSource& source, ReplayMemory* replay = nullptr,
           const TokenCache* cache = nullptr);
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // The request's texts must live as long as the result is read. The cost is that of one ES256 for
  // each header whose form, claims, time and parties are right, and of its certificate if that was
  // not used before. A microsecond if the cache has all of them.
  const Result& Verify(const Request& request);

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_VERIFY_H_
