// Lists of revoked certificates: what is read, OpenSSL reads the same.
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "identity/anchors.h"
#include "identity/crl.h"
#include "identity/der.h"
#include "identity/name_digest.h"
#include "identity/ossl.h"

namespace {

using sipward::identity::AnchorSet;
using sipward::identity::Crl;
using sipward::identity::DerReader;
using sipward::identity::DigestName;
using sipward::identity::Encoded;
using sipward::identity::ErrorMark;
using sipward::identity::IdOf;
using sipward::identity::NameDigest;
using sipward::identity::OsslFree;

using OwnedCrl = std::unique_ptr<X509_CRL, OsslFree<X509_CRL_free>>;
using OwnedNames = std::unique_ptr<GENERAL_NAMES, OsslFree<GENERAL_NAMES_free>>;

void Require(bool condition) {
  if (!condition) std::abort();
}

// Who issued the certificate of an entry, if the entry says so.
bool TakeIssuer(const X509_REVOKED* entry, NameDigest* issuer) {
  const OwnedNames names(static_cast<GENERAL_NAMES*>(
      X509_REVOKED_get_ext_d2i(entry, NID_certificate_issuer, nullptr, nullptr)));
  if (!names) return X509_REVOKED_get_ext_by_NID(entry, NID_certificate_issuer, -1) < 0;
  if (sk_GENERAL_NAME_num(names.get()) != 1) return false;
  int type = 0;
  const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), 0), &type);
  if (type != GEN_DIRNAME) return false;
  const auto digest = DigestName(Encoded(static_cast<const X509_NAME*>(value), i2d_X509_NAME));
  if (digest) *issuer = *digest;
  return digest.has_value();
}

void Compare(const Crl& crl, X509_CRL* other) {
  const auto name = DigestName(Encoded(X509_CRL_get_issuer(other), i2d_X509_NAME));
  Require(name == crl.issuer());
  STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(other);
  const int count = entries == nullptr ? 0 : sk_X509_REVOKED_num(entries);
  Require(static_cast<size_t>(count) == crl.size());
  // OpenSSL sorts its entries when it is asked for one; nobody asks here.
  NameDigest issuer = crl.issuer();
  for (int i = 0; i < count; ++i) {
    const X509_REVOKED* entry = sk_X509_REVOKED_value(entries, i);
    if (!TakeIssuer(entry, &issuer)) return;
    const std::string serial = Encoded(X509_REVOKED_get0_serialNumber(entry), i2d_ASN1_INTEGER);
    const auto octets = DerReader(serial).TakeLast(sipward::identity::der::kInteger);
    Require(octets && crl.IsRevoked(IdOf(issuer, *octets)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto crl = Crl::Parse(bytes, 1 << 20);
  if (!crl) return 0;
  static const AnchorSet* const kNobody = new AnchorSet;
  Require(crl->StandingUnder(*kNobody) == Crl::Standing::kSignerUnknown);
  Require(crl->IsCurrent(crl->this_update()) || crl->this_update() > crl->next_update());
  Require(!Crl::Parse(bytes, size - 1));
  if (!bytes.starts_with('\x30')) return 0;
  const ErrorMark mark;
  const unsigned char* at = data;
  const OwnedCrl other(d2i_X509_CRL(nullptr, &at, static_cast<long>(size)));
  if (other) Compare(*crl, other.get());
  return 0;
}
