// Whom to trust for a caller's identity: anchors, lists of revoked certificates, and certificates
// that the host fetched (STIR, RFC 8224; SHAKEN).
//
//   auto trust = sipward::TrustStore::Create({}).value();
//   if (auto why = trust.SetAnchors(pem, now); !why.empty()) ...       // "CERT_MALFORMED"
//   sipward::EngineOptions options;
//   options.trust = &trust;
//   ...
//   if (verdict.pending()) trust.Provide(url, Fetch(url), now, max_age), then Inspector::Resume
#ifndef SIPWARD_TRUST_H_
#define SIPWARD_TRUST_H_

#include <sipward.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

struct TrustOptions {
  bool any_policy = false;           // certificates need not name a certificate policy of SHAKEN
  bool one_provider = false;         // they name one service provider code and nothing else
  bool partial_chains = false;       // an anchor need not be self-signed
  bool keep_crls = false;            // a list that cannot be used leaves those before it in force
  bool stale_crl_refuses = false;    // past its nextUpdate; else it counts no more
  bool unknown_crl_refuses = false;  // a certificate names lists that are not here
  uint64_t max_bytes = 0;            // of fetched certificates, 0 is 64 MiB
  uint32_t max_certificates = 0;     // of them, 0 is 4096
  uint32_t key_tables = 0;           // keys with tables of 151,552 bytes, which verify faster
  std::array<uint8_t, 16> seed{};    // secret of the table of URLs: random bytes
};

// The SIP code that answers a reason, where it is not that of RFC 8224: 300 to 699.
//   policy.codes = {sipward::Answer("REPLAY", 608)};
inline sipward_reason_code Answer(detail::Borrowed reason, uint32_t sip_code) noexcept {
  return {{reason.data(), reason.size()}, sip_code, 0};
}

// What an engine or a verifier demands of Identity headers.
struct CallerPolicy {
  bool rfc8224 = false;   // From alone says who calls, and Date counts
  bool compact = false;   // tokens in compact form are taken
  bool best_of = false;   // of several tokens for the caller, one that holds is enough
  bool passed_b = false;  // TN-Validation-Passed for attestation B, too
  bool passed_c = false;
  bool required = false;                   // a request without an Identity that counts fails
  bool any_media_key = false;              // fingerprints (mky) are not compared with the session's
  std::chrono::seconds window{60};         // that a token is good for
  std::chrono::seconds skew{60};           // that it may be ahead of the packet's wall time
  std::chrono::seconds div_span{300};      // from the first to the last token of a diversion
  std::vector<sipward_reason_code> codes;  // the last of a reason counts
  // Tokens that are verified once while they come again with their call; 0: every one anew.
  uint32_t cached_tokens = 1024;

  // Lives as long as this does and is not changed.
  sipward_caller_policy ToC() const noexcept {
    sipward_caller_policy out{};
    out.struct_size = sizeof out;
    out.flags = (rfc8224 ? uint32_t{SIPWARD_CALLER_RFC8224} : 0) |
                (compact ? uint32_t{SIPWARD_CALLER_COMPACT} : 0) |
                (best_of ? uint32_t{SIPWARD_CALLER_BEST_OF} : 0) |
                (passed_b ? uint32_t{SIPWARD_CALLER_PASSED_B} : 0) |
                (passed_c ? uint32_t{SIPWARD_CALLER_PASSED_C} : 0) |
                (required ? uint32_t{SIPWARD_CALLER_REQUIRED} : 0) |
                (any_media_key ? uint32_t{SIPWARD_CALLER_ANY_MEDIA_KEY} : 0) |
                (cached_tokens == 0 ? uint32_t{SIPWARD_CALLER_UNCACHED} : 0);
    out.cached_tokens = cached_tokens;
    out.window_s = static_cast<uint32_t>(window.count());
    out.skew_s = static_cast<uint32_t>(skew.count());
    out.div_span_s = static_cast<uint32_t>(div_span.count());
    out.codes = codes.data();
    out.code_count = codes.size();
    return out;
  }
};

// Any number of threads and engines may share one; all of it may be called while others verify.
class TrustStore {
 public:
  using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

  // kUnsupported if the library was built without identity.
  static Result<TrustStore> Create(const TrustOptions& options = {}) {
    sipward_trust_options given{};
    given.struct_size = sizeof given;
    given.flags = (options.any_policy ? uint32_t{SIPWARD_TRUST_ANY_POLICY} : 0) |
                  (options.one_provider ? uint32_t{SIPWARD_TRUST_ONE_PROVIDER} : 0) |
                  (options.partial_chains ? uint32_t{SIPWARD_TRUST_PARTIAL_CHAINS} : 0) |
                  (options.keep_crls ? uint32_t{SIPWARD_TRUST_KEEP_CRLS} : 0) |
                  (options.stale_crl_refuses ? uint32_t{SIPWARD_TRUST_STALE_CRL_REFUSES} : 0) |
                  (options.unknown_crl_refuses ? uint32_t{SIPWARD_TRUST_UNKNOWN_CRL_REFUSES} : 0);
    given.max_bytes = options.max_bytes;
    given.max_certificates = options.max_certificates;
    given.key_tables = options.key_tables;
    static_assert(sizeof given.seed == sizeof options.seed);
    std::memcpy(given.seed, options.seed.data(), sizeof given.seed);
    sipward_trust* trust = nullptr;
    const Status status = Status::FromC(sipward_trust_create(&given, &trust));
    if (!status.ok()) return Error{status};
    return TrustStore(trust);
  }

  // What follows returns nothing if all is well, else the name of what is wrong, as in rules
  // ("CERT_MALFORMED"), or a sentence about the arguments.

  // Takes the place of all anchors: certificates in PEM, one after the other, or one in DER.
  [[nodiscard]] std::string_view SetAnchors(std::string_view certificates, Time now) const {
    sipward_text reason{};
    return Said(sipward_trust_set_anchors(c_trust(), certificates.data(), certificates.size(),
                                          now.time_since_epoch().count(), &reason),
                reason);
  }
  // Takes the place of all lists of revoked certificates, each in PEM or DER.
  [[nodiscard]] std::string_view SetCrls(const std::vector<std::string_view>& lists) const {
    std::vector<sipward_text> given;
    for (const std::string_view list : lists) given.push_back({list.data(), list.size()});
    sipward_text reason{};
    return Said(sipward_trust_set_crls(c_trust(), given.data(), given.size(), &reason), reason);
  }
  // What the host got from the URL of a pending verdict. `max_age` is what the server said;
  // negative: nothing. What is wrong with it is remembered, and callers who use the URL fail for
  // it.
  [[nodiscard]] std::string_view Provide(
      std::string_view url, std::string_view document, Time fetched,
      std::chrono::seconds max_age = std::chrono::seconds(-1)) const {
    sipward_text reason{};
    return Said(
        sipward_trust_provide(c_trust(), url.data(), url.size(), document.data(), document.size(),
                              fetched.time_since_epoch().count(), max_age.count(), &reason),
        reason);
  }
  // That it got nothing, and why: "CERT_UNAVAILABLE", "X5U_TIMEOUT" and the like.
  Status ProvideFailure(std::string_view url, std::string_view reason, Time now) const noexcept {
    return Status::FromC(sipward_trust_provide_failure(c_trust(), url.data(), url.size(),
                                                       reason.data(), reason.size(),
                                                       now.time_since_epoch().count()));
  }

  sipward_trust_statistics statistics() const noexcept {
    sipward_trust_statistics statistics{};
    statistics.struct_size = sizeof statistics;
    sipward_trust_read_statistics(trust_.get(), &statistics);
    return statistics;
  }

  const sipward_trust* c_trust() const noexcept { return trust_.get(); }

 private:
  explicit TrustStore(sipward_trust* trust) noexcept : trust_(trust) {}
  static std::string_view Said(int32_t status, const sipward_text& reason) noexcept {
    if (status == SIPWARD_OK) return {};
    return status == SIPWARD_ERR_CREDENTIAL ? detail::View(reason) : Status::FromC(status).text();
  }

  detail::Handle<sipward_trust, sipward_trust_destroy> trust_;
};

}  // namespace sipward

#endif  // SIPWARD_TRUST_H_
