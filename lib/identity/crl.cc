#include "identity/crl.h"

#include <openssl/evp.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "identity/anchors.h"
#include "identity/der.h"
#include "identity/ossl.h"
#include "identity/pem.h"

namespace sipward::identity {
namespace {

// Object identifiers in DER, without tag and length.
constexpr std::string_view kCrlNumber("\x55\x1d\x14", 3);
constexpr std::string_view kAuthorityKeyId("\x55\x1d\x23", 3);
constexpr std::string_view kIssuingPoint("\x55\x1d\x1c", 3);
constexpr std::string_view kCertificateIssuer("\x55\x1d\x1d", 3);
constexpr std::string_view kReasonCode("\x55\x1d\x15", 3);
constexpr std::string_view kInvalidityDate("\x55\x1d\x18", 3);

struct Algorithm {
  std::string_view oid;
  const char* digest;
};
constexpr Algorithm kAlgorithms[] = {
    {{"\x2a\x86\x48\xce\x3d\x04\x03\x02", 8}, "SHA256"},      // ecdsa-with-SHA256
    {{"\x2a\x86\x48\xce\x3d\x04\x03\x03", 8}, "SHA384"},      // ecdsa-with-SHA384
    {{"\x2a\x86\x48\xce\x3d\x04\x03\x04", 8}, "SHA512"},      // ecdsa-with-SHA512
    {{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", 9}, "SHA256"},  // sha256WithRSAEncryption
    {{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", 9}, "SHA384"},
    {{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", 9}, "SHA512"},
};

const char* DigestOf(std::string_view algorithm) {
  const auto oid = DerReader(algorithm).Take(der::kOid);
  for (const Algorithm& known : kAlgorithms) {
    if (oid == known.oid) return known.digest;
  }
  return nullptr;
}

std::optional<std::string> Digest(const char* name, std::string_view octets) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  size_t size = 0;
  if (EVP_Q_digest(nullptr, name, nullptr, octets.data(), octets.size(), digest, &size) != 1) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<char*>(digest), size);
}

bool IsSigned(EVP_PKEY* key, const char* name, std::string_view digest,
              std::string_view signature) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), EVP_get_digestbyname(name)) == 1 &&
         EVP_PKEY_verify(context.get(), Octets(signature), signature.size(), Octets(digest),
                         digest.size()) == 1;
}

struct CrlExtension {
  std::string_view oid;
  bool critical = false;
  std::string_view value;
};

std::optional<CrlExtension> TakeExtension(DerReader* reader) {
  const auto item = reader->Take(der::kSequence);
  if (!item) return std::nullopt;
  DerReader parts(*item);
  CrlExtension extension;
  const auto oid = parts.Take(der::kOid);
  if (!oid) return std::nullopt;
  extension.oid = *oid;
  if (parts.At(der::kBoolean)) {
    // DER leaves the default out, and writes true with all bits.
    if (parts.Take(der::kBoolean) != std::string_view("\xff", 1)) return std::nullopt;
    extension.critical = true;
  }
  const auto value = parts.TakeLast(der::kOctetString);
  if (!value) return std::nullopt;
  extension.value = *value;
  return extension;
}

constexpr uint8_t Implicit(unsigned number) { return static_cast<uint8_t>(0x80 | number); }

}  // namespace

// Reads a list. Every step is false if it is not one that can be used.
class CrlReader {
 public:
  explicit CrlReader(Crl* crl) : crl_(crl) {}

  // TBSCertList, without tag and length; the algorithm is that beside the signature.
  bool ReadSigned(std::string_view contents, std::string_view algorithm) {
    DerReader reader(contents);
    const auto version = reader.TakeUnsigned();
    if (version != 1U) return false;  // v2
    if (reader.TakeWhole(der::kSequence) != algorithm) return false;
    const auto issuer = reader.TakeWhole(der::kSequence);
    const auto name = issuer ? DigestName(*issuer) : std::nullopt;
    const auto this_update = reader.TakeTime();
    const auto next_update = reader.TakeTime();
    if (!name || !this_update || !next_update) return false;
    crl_->issuer_ = *name;
    crl_->this_update_ = *this_update;
    crl_->next_update_ = *next_update;
    std::optional<std::string_view> entries;
    if (reader.At(der::kSequence)) {
      entries = reader.Take(der::kSequence);
      if (!entries) return false;
    }
    if (!reader.empty() && !ReadExtensions(&reader)) return false;
    return !entries || ReadEntries(*entries);
  }

 private:
  bool ReadExtensions(DerReader* reader) {
    const auto tagged = reader->TakeLast(der::Explicit(0));
    const auto list = tagged ? DerReader(*tagged).TakeLast(der::kSequence) : std::nullopt;
    if (!list) return false;
    DerReader extensions(*list);
    while (!extensions.empty()) {
      const auto extension = TakeExtension(&extensions);
      if (!extension) return false;
      if (extension->oid == kIssuingPoint) {
        if (!ReadIssuingPoint(extension->value)) return false;
        crl_->scope_ = extension->value;
      } else if (extension->oid == kCrlNumber) {
        if (!ReadNumber(extension->value)) return false;
      } else if (extension->critical && extension->oid != kAuthorityKeyId) {
        return false;  // among them the mark of a list that holds changes alone
      }
    }
    return true;
  }

  // Not negative, and at most twenty octets (RFC 5280 section 5.2.3).
  bool ReadNumber(std::string_view der) {
    const auto number = DerReader(der).TakeLast(der::kInteger);
    if (!number || number->empty() || number->front() < '\0' || number->size() > 20) return false;
    crl_->number_ = number->substr(std::min(number->find_first_not_of('\0'), number->size() - 1));
    return true;
  }

  // IssuingDistributionPoint, with implicit tags. What lists only some reasons is no complete list,
  // and what lists attribute certificates none of ours.
  bool ReadIssuingPoint(std::string_view der) {
    const auto contents = DerReader(der).TakeLast(der::kSequence);
    if (!contents) return false;
    DerReader parts(*contents);
    if (parts.At(der::Explicit(0)) && !parts.Take(der::Explicit(0))) return false;
    for (const unsigned number : {1U, 2U, 4U}) {
      if (!parts.At(Implicit(number))) continue;
      if (parts.Take(Implicit(number)) != std::string_view("\xff", 1)) return false;
      if (number == 4) indirect_ = true;
    }
    return parts.empty();
  }

  bool ReadEntries(std::string_view contents) {
    DerReader entries(contents);
    NameDigest issuer = crl_->issuer_;
    while (!entries.empty()) {
      const auto entry = entries.Take(der::kSequence);
      if (!entry) return false;
      DerReader parts(*entry);
      const auto serial = parts.Take(der::kInteger);
      if (!serial || serial->empty() || !parts.TakeTime()) return false;
      // Who issued the certificate is said once, and holds until another is named.
      if (!parts.empty() && !ReadEntryExtensions(&parts, &issuer)) return false;
      crl_->revoked_.push_back(IdOf(issuer, *serial));
    }
    std::sort(crl_->revoked_.begin(), crl_->revoked_.end());
    return true;
  }

  bool ReadEntryExtensions(DerReader* parts, NameDigest* issuer) {
    const auto list = parts->TakeLast(der::kSequence);
    if (!list) return false;
    DerReader extensions(*list);
    while (!extensions.empty()) {
      const auto extension = TakeExtension(&extensions);
      if (!extension) return false;
      if (extension->oid == kCertificateIssuer) {
        if (!indirect_ || !ReadIssuer(extension->value, issuer)) return false;
      } else if (extension->critical && extension->oid != kReasonCode &&
                 extension->oid != kInvalidityDate) {
        return false;
      }
    }
    return true;
  }

  // GeneralNames with one directoryName.
  static bool ReadIssuer(std::string_view der, NameDigest* issuer) {
    const auto names = DerReader(der).TakeLast(der::kSequence);
    const auto name = names ? DerReader(*names).TakeLast(der::Explicit(4)) : std::nullopt;
    const auto digest = name ? DigestName(*name) : std::nullopt;
    if (!digest) return false;
    *issuer = *digest;
    return true;
  }

  Crl* crl_;
  bool indirect_ = false;
};

std::shared_ptr<const Crl> Crl::Parse(std::string_view bytes, size_t max_size) {
  if (bytes.size() > max_size) return nullptr;
  PemBlocks blocks;
  if (!bytes.starts_with('\x30')) {
    blocks = ReadPem(bytes, "X509 CRL", 1);
    if (!blocks.ok) return nullptr;
    bytes = blocks.contents[0];
  }
  const auto contents = DerReader(bytes).TakeLast(der::kSequence);
  if (!contents) return nullptr;
  DerReader reader(*contents);
  const auto list = reader.TakeWhole(der::kSequence);
  const auto algorithm = reader.TakeWhole(der::kSequence);
  const auto signature = reader.TakeLast(der::kBitString);
  if (!list || !algorithm || !signature || !signature->starts_with('\0')) return nullptr;
  const auto signed_part = DerReader(*list).TakeLast(der::kSequence);
  auto crl = std::make_shared<Crl>();
  if (!signed_part || !CrlReader(crl.get()).ReadSigned(*signed_part, *algorithm)) return nullptr;
  const auto inner = DerReader(*algorithm).TakeLast(der::kSequence);
  crl->digest_name_ = inner ? DigestOf(*inner) : nullptr;
  if (crl->digest_name_ == nullptr) return crl;
  const ErrorMark mark;
  auto digest = Digest(crl->digest_name_, *list);
  if (!digest) return nullptr;
  crl->digest_ = std::move(*digest);
  crl->signature_ = signature->substr(1);
  return crl;
}

Crl::Standing Crl::StandingUnder(const AnchorSet& anchors) const {
  const ErrorMark mark;
  const std::vector<EVP_PKEY*> keys = anchors.CrlSigners(issuer_);
  if (keys.empty()) return Standing::kSignerUnknown;
  const bool is_signed =
      digest_name_ != nullptr && std::any_of(keys.begin(), keys.end(), [&](EVP_PKEY* key) {
        return IsSigned(key, digest_name_, digest_, signature_);
      });
  return is_signed ? Standing::kSigned : Standing::kForged;
}

bool Crl::IsNewerThan(const Crl& other) const {
  if (!IsOfOneScope(other)) return false;
  if (number_ == other.number_ || number_.empty() || other.number_.empty()) {
    return this_update_ > other.this_update_;
  }
  if (number_.size() != other.number_.size()) return number_.size() > other.number_.size();
  return number_ > other.number_;
}

bool Crl::IsRevoked(const CertificateId& id) const {
  return std::binary_search(revoked_.begin(), revoked_.end(), id);
}

}  // namespace sipward::identity
