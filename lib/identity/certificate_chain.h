// Certificates as octets, for who keeps what a decision was made with.
#ifndef SIPWARD_IDENTITY_CERTIFICATE_CHAIN_H_
#define SIPWARD_IDENTITY_CERTIFICATE_CHAIN_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace sipward::identity {

// DER, the leaf first. Of a credential the path up to its anchor, which stands last; of what was
// refused the certificates that stood behind the URL.
using CertificateChain = std::vector<std::string>;
using SharedChain = std::shared_ptr<const CertificateChain>;

inline size_t SizeOf(const CertificateChain& chain) {
  size_t size = 0;
  for (const std::string& der : chain) size += der.size();
  return size;
}

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CERTIFICATE_CHAIN_H_
