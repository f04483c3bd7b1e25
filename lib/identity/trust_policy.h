// What a host demands of certificates beyond the rules that always hold, and how much it keeps.
#ifndef SIPWARD_IDENTITY_TRUST_POLICY_H_
#define SIPWARD_IDENTITY_TRUST_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sipward::identity {

enum class OnTrouble : uint8_t {
  kFlag,    // tell of it, and go on
  kRefuse,  // the reason of the credential's failure
};

struct TrustPolicy {
  // Of the certificate.
  bool require_policy =
      true;  // one of SHAKEN's certificate policies, 2.16.840.1.114569.1.1.1 to .5
  bool shaken_profile = false;  // one service provider code and nothing else (ATIS-1000080)
  std::vector<std::string> extended_key_usages = {};  // that are permitted, as 1.3.6.1.5.5.7.3.20

  // Of the chain.
  bool partial_chains = false;  // an anchor need not be self-signed
  unsigned max_chain = 4;       // certificates below the anchor
  size_t max_document = 16 * 1024;
  size_t max_document_certificates = 16;

  // Of the lists of revoked certificates.
  OnTrouble unusable_crl = OnTrouble::kRefuse;  // forged, malformed: else the lists before it hold
  OnTrouble stale_crl = OnTrouble::kFlag;
  OnTrouble unknown_crl = OnTrouble::kFlag;  // the certificate names lists that are not there
  size_t max_crl = 16 * 1024 * 1024;

  // Of the cache. Seconds.
  size_t max_credentials = 4096;
  size_t max_failures = 1024;
  size_t max_bytes = 64 * 1024 * 1024;
  int64_t min_age = 24 * 3600;
  int64_t max_age = 7 * 24 * 3600;
  int64_t max_stale = 24 * 3600;  // served while it is fetched anew
  int64_t unavailable_age = 60;   // before a fetch that failed is tried again
  int64_t failure_age = 300;      // before a certificate that was refused is fetched again

  // Of speed: for so many keys, those that verify first, tables of 151,552 octets each, which more
  // than halve the time of a signature. They are made by this library and not by libcrypto, which
  // stays the judge of them (identity/key_tables.h); 0: libcrypto alone.
  uint32_t key_tables = 0;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_TRUST_POLICY_H_
