// Lists of revoked certificates (RFC 5280, section 5), among them the indirect one of the policy
// administrator (ATIS-1000080), which lists the certificates of all authorities.
#ifndef SIPWARD_IDENTITY_CRL_H_
#define SIPWARD_IDENTITY_CRL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/name_digest.h"

namespace sipward::identity {

class AnchorSet;

// Immutable; any number of threads. Sixteen octets of memory for each revoked certificate.
class Crl {
 public:
  // PEM or DER; null if it is too large, is no complete list in DER, or has a critical extension
  // that is not understood. Who signed it is another question.
  static std::shared_ptr<const Crl> Parse(std::string_view bytes, size_t max_size);

  enum class Standing : uint8_t {
    kSigned,         // by an anchor of its issuer's name
    kSignerUnknown,  // there is no such anchor
    kForged,         // there is, and it did not sign this
  };
  Standing StandingUnder(const AnchorSet& anchors) const;

  // Of one issuer and scope there is one list that holds, the newest: by their numbers, and where
  // these do not tell by the time at which they were made (RFC 5280 section 5.2.3).
  bool IsOfOneScope(const Crl& other) const {
    return issuer_ == other.issuer_ && scope_ == other.scope_;
  }
  bool IsNewerThan(const Crl& other) const;

  bool IsRevoked(const CertificateId& id) const;
  const NameDigest& issuer() const { return issuer_; }
  // Neither of the future nor past its date.
  bool IsCurrent(int64_t now) const { return this_update_ <= now && now <= next_update_; }
  int64_t this_update() const { return this_update_; }
  int64_t next_update() const { return next_update_; }
  size_t size() const { return revoked_.size(); }

 private:
  friend class CrlReader;

  NameDigest issuer_{};
  int64_t this_update_ = 0;
  int64_t next_update_ = 0;
  std::string scope_;                   // the issuing distribution point, as it stands
  std::string number_;                  // without zeros in front; empty: there is none
  std::vector<CertificateId> revoked_;  // sorted
  // What was signed, so that other anchors can be asked when the octets are gone.
  const char* digest_name_ = nullptr;  // null: an algorithm that is not known
  std::string digest_;
  std::string signature_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CRL_H_
