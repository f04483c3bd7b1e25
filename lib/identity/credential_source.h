// Where a verification gets its certificates: a store of the host's, which never waits.
#ifndef SIPWARD_IDENTITY_CREDENTIAL_SOURCE_H_
#define SIPWARD_IDENTITY_CREDENTIAL_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "identity/trust.h"

namespace sipward::identity {

class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  // For the token of the Identity header at this position. Safe to call from several threads.
  virtual Lookup Find(size_t position, std::string_view url, int64_t now) const = 0;
};

// One store for all.
class StoreSource final : public CredentialSource {
 public:
  // The store must outlive this.
  explicit StoreSource(const TrustStore& store) : store_(store) {}
  Lookup Find(size_t, std::string_view url, int64_t now) const override {
    return store_.Find(url, now);
  }

 private:
  const TrustStore& store_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CREDENTIAL_SOURCE_H_
