// What stands behind the URL of a certificate (x5u): the certificate and those up to its anchor.
#ifndef SIPWARD_IDENTITY_CHAIN_DOCUMENT_H_
#define SIPWARD_IDENTITY_CHAIN_DOCUMENT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/certificate_chain.h"
#include "identity/ossl.h"
#include "identity/reason.h"

namespace sipward::identity {

// Certificates, the leaf first. Immutable; any number of threads.
class ChainDocument {
 public:
  struct Limits {
    size_t size = 16 * 1024;
    size_t certificates = 16;
  };
  struct Read {
    Reason reason = Reason::kInternal;
    std::shared_ptr<const ChainDocument> document;  // if the reason is kOk
  };
  // PEM certificates in a row, or one certificate in DER. kX5uTooLarge, kCertHasPrivateKey,
  // kChainTooDeep (too many), kCertMalformed.
  static Read Parse(std::string_view bytes, const Limits& limits);

  X509* leaf() const { return certificates_.front().get(); }
  // As they stood there.
  const SharedChain& chain() const { return chain_; }
  const std::vector<OwnedX509>& certificates() const { return certificates_; }
  size_t size() const { return size_; }  // octets of DER

 private:
  std::vector<OwnedX509> certificates_;
  SharedChain chain_;
  size_t size_ = 0;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CHAIN_DOCUMENT_H_
