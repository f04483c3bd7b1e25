// OpenSSL's objects with owners, for the sources of this folder alone.
#ifndef SIPWARD_IDENTITY_OSSL_H_
#define SIPWARD_IDENTITY_OSSL_H_

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::identity {

template <auto kFree>
struct OsslFree {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using OwnedX509 = std::unique_ptr<X509, OsslFree<X509_free>>;
using OwnedKey = std::unique_ptr<EVP_PKEY, OsslFree<EVP_PKEY_free>>;
using OwnedKeyContext = std::unique_ptr<EVP_PKEY_CTX, OsslFree<EVP_PKEY_CTX_free>>;
using OwnedDigestContext = std::unique_ptr<EVP_MD_CTX, OsslFree<EVP_MD_CTX_free>>;
using OwnedStore = std::unique_ptr<X509_STORE, OsslFree<X509_STORE_free>>;
using OwnedStoreContext = std::unique_ptr<X509_STORE_CTX, OsslFree<X509_STORE_CTX_free>>;
using OwnedObject = std::unique_ptr<ASN1_OBJECT, OsslFree<ASN1_OBJECT_free>>;

inline const unsigned char* Octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// What OpenSSL would write.
template <typename T, typename Encode>
std::string Encoded(T* object, Encode encode) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  if (size <= 0) return {};
  std::string text(reinterpret_cast<char*>(out), static_cast<size_t>(size));
  OPENSSL_free(out);
  return text;
}

// The certificate of these octets, if it is all of them.
OwnedX509 ParseX509(std::string_view der);
// The names of a certificate in DER.
std::string SubjectOf(const X509* certificate);
std::string IssuerOf(const X509* certificate);
// A name as RFC 2253 writes it.
std::string NameText(const X509_NAME* name);
// The octets of the serial number, as they stand in DER.
std::optional<std::string> SerialOctets(X509* certificate);

// The octets of an extension, by its object identifier in dotted form.
struct Extension {
  enum class State : uint8_t { kAbsent, kOnce, kTwice };
  State state = State::kAbsent;
  std::string_view value;  // lives as long as the certificate
};
Extension FindExtension(const X509* certificate, const char* oid);

// Leaves no trace in the error queue of the thread, which belongs to the host as well.
class ErrorMark {
 public:
  ErrorMark();
  ~ErrorMark();
  ErrorMark(const ErrorMark&) = delete;
  ErrorMark& operator=(const ErrorMark&) = delete;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_OSSL_H_
