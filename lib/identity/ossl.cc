#include "identity/ossl.h"

#include <openssl/err.h>
#include <openssl/objects.h>

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
