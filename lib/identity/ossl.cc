#include "identity/ossl.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include "identity/der.h"

namespace sipward::identity {

OwnedX509 ParseX509(std::string_view der) {
  const unsigned char* at = Octets(der);
  OwnedX509 certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (certificate && at != Octets(der) + der.size()) return nullptr;
  return certificate;
}

std::string SubjectOf(const X509* certificate) {
  return Encoded(X509_get_subject_name(certificate), i2d_X509_NAME);
}

std::string IssuerOf(const X509* certificate) {
  return Encoded(X509_get_issuer_name(certificate), i2d_X509_NAME);
}

std::string NameText(const X509_NAME* name) {
  const std::unique_ptr<BIO, OsslFree<BIO_free_all>> bio(BIO_new(BIO_s_mem()));
  if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0) {
    return {};
  }
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<size_t>(size)};
}

std::optional<std::string> SerialOctets(X509* certificate) {
  const std::string der = Encoded(X509_get_serialNumber(certificate), i2d_ASN1_INTEGER);
  const auto octets = DerReader(der).TakeLast(der::kInteger);
  return octets ? std::optional<std::string>(*octets) : std::nullopt;
}

Extension FindExtension(const X509* certificate, const char* oid) {
  const OwnedObject object(OBJ_txt2obj(oid, 1));
  const int at = object ? X509_get_ext_by_OBJ(certificate, object.get(), -1) : -1;
  if (at < 0) return {};
  if (X509_get_ext_by_OBJ(certificate, object.get(), at) >= 0) {
    return {.state = Extension::State::kTwice, .value = {}};
  }
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_get_ext(certificate, at));
  return {.state = Extension::State::kOnce,
          .value = {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                    static_cast<size_t>(ASN1_STRING_length(value))}};
}

ErrorMark::ErrorMark() { ERR_set_mark(); }
ErrorMark::~ErrorMark() { ERR_pop_to_mark(); }

}  // namespace sipward::identity
