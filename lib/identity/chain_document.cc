#include "identity/chain_document.h"

#include "identity/pem.h"

namespace sipward::identity {

ChainDocument::Read ChainDocument::Parse(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.size) return {.reason = Reason::kX5uTooLarge, .document = nullptr};
  if (bytes.find("PRIVATE KEY-----") != std::string_view::npos) {
    return {.reason = Reason::kCertHasPrivateKey, .document = nullptr};
  }
  PemBlocks blocks;
  if (bytes.starts_with('\x30')) {
    blocks.contents.emplace_back(bytes);
    blocks.ok = true;
  } else {
    blocks = ReadPem(bytes, "CERTIFICATE", limits.certificates);
  }
  if (blocks.too_many) return {.reason = Reason::kChainTooDeep, .document = nullptr};
  if (!blocks.ok) return {.reason = Reason::kCertMalformed, .document = nullptr};
  const ErrorMark mark;
  auto document = std::make_shared<ChainDocument>();
  for (const std::string& der : blocks.contents) {
    document->certificates_.push_back(ParseX509(der));
    document->size_ += der.size();
    if (!document->certificates_.back()) {
      return {.reason = Reason::kCertMalformed, .document = nullptr};
    }
  }
  document->chain_ = std::make_shared<const CertificateChain>(std::move(blocks.contents));
  return {.reason = Reason::kOk, .document = std::move(document)};
}

}  // namespace sipward::identity
