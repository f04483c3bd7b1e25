#include "tests/identity/made_pki.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "identity/base64.h"

namespace sipward::identity {
namespace {

constexpr long kDay = 86'400;
// certificatePolicies of 2.16.840.1.114569.1.1.1.
constexpr std::string_view kPolicies(
    "\x30\x0e\x30\x0c\x06\x0a\x60\x86\x48\x01\x86\xff\x09\x01\x01\x01", 16);

// Everything here works or the test is worth nothing.
template <typename T>
T* Must(T* made) {
  if (made == nullptr) std::abort();
  return made;
}
void Must(int done) {
  if (done <= 0) std::abort();
}

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* made) const {
    Free(made);
  }
};
using Cert = std::unique_ptr<X509, Freer<X509_free>>;

Key MakeKey() { return Key(Must(EVP_EC_gen("P-256"))); }

void AddConfigured(X509* cert, X509V3_CTX* context, int nid, const char* value) {
  X509_EXTENSION* extension = Must(X509V3_EXT_conf_nid(nullptr, context, nid, value));
  Must(X509_add_ext(cert, extension, -1));
  X509_EXTENSION_free(extension);
}

void AddDer(X509* cert, const char* oid, std::string_view der) {
  ASN1_OBJECT* object = Must(OBJ_txt2obj(oid, 1));
  ASN1_OCTET_STRING* octets = Must(ASN1_OCTET_STRING_new());
  Must(ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char*>(der.data()),
                             static_cast<int>(der.size())));
  X509_EXTENSION* extension = Must(X509_EXTENSION_create_by_OBJ(nullptr, object, 0, octets));
  Must(X509_add_ext(cert, extension, -1));
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(octets);
  ASN1_OBJECT_free(object);
}

void AddName(X509_NAME* to, const char* text) {
  Must(X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_ASC,
                                  reinterpret_cast<const unsigned char*>(text), -1, -1, 0));
}

Cert MakeCert(EVP_PKEY* key, const char* name, const char* issuer, int64_t now) {
  static long serial = 0;
  Cert cert(Must(X509_new()));
  Must(X509_set_version(cert.get(), X509_VERSION_3));
  Must(ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), ++serial));
  Must(ASN1_TIME_set(X509_getm_notBefore(cert.get()), now - kDay));
  Must(ASN1_TIME_set(X509_getm_notAfter(cert.get()), now + kDay));
  Must(X509_set_pubkey(cert.get(), key));
  AddName(X509_get_subject_name(cert.get()), name);
  AddName(X509_get_issuer_name(cert.get()), issuer);
  return cert;
}

template <typename T>
std::string PemOf(T* made, int (*write)(BIO*, const T*)) {
  BIO* memory = Must(BIO_new(BIO_s_mem()));
  Must(write(memory, made));
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<size_t>(size));
  BIO_free(memory);
  return pem;
}

}  // namespace

void KeyDeleter::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

MadePki::MadePki(int64_t now) : now_(now), anchor_key_(MakeKey()) {
  const Cert cert = MakeCert(anchor_key_.get(), "Anchor", "Anchor", now_);
  X509V3_CTX context;
  X509V3_set_ctx(&context, cert.get(), cert.get(), nullptr, nullptr, 0);
  AddConfigured(cert.get(), &context, NID_basic_constraints, "critical,CA:TRUE");
  AddConfigured(cert.get(), &context, NID_key_usage, "critical,keyCertSign,cRLSign");
  AddConfigured(cert.get(), &context, NID_subject_key_identifier, "hash");
  Must(X509_sign(cert.get(), anchor_key_.get(), EVP_sha256()));
  anchor_pem_ = PemOf(cert.get(), PEM_write_bio_X509);
}

MadeLeaf MadePki::MakeLeaf(std::string_view tn_auth_list, std::string_view constraints) const {
  MadeLeaf leaf{.key = MakeKey(), .pem = {}};
  const Cert cert = MakeCert(leaf.key.get(), "Leaf", "Anchor", now_);
  X509V3_CTX context;
  X509V3_set_ctx(&context, cert.get(), cert.get(), nullptr, nullptr, 0);
  AddConfigured(cert.get(), &context, NID_basic_constraints, "critical,CA:FALSE");
  AddConfigured(cert.get(), &context, NID_key_usage, "critical,digitalSignature");
  AddDer(cert.get(), "2.5.29.32", kPolicies);
  AddDer(cert.get(), "1.3.6.1.5.5.7.1.26", tn_auth_list);
  if (!constraints.empty()) AddDer(cert.get(), "1.3.6.1.5.5.7.1.27", constraints);
  Must(X509_sign(cert.get(), anchor_key_.get(), EVP_sha256()));
  leaf.serial = ASN1_INTEGER_get(X509_get0_serialNumber(cert.get()));
  leaf.pem = PemOf(cert.get(), PEM_write_bio_X509);
  return leaf;
}

std::string MadePki::MakeCrl(const std::vector<long>& serials) const {
  const std::unique_ptr<X509_CRL, Freer<X509_CRL_free>> list(Must(X509_CRL_new()));
  const std::unique_ptr<X509_NAME, Freer<X509_NAME_free>> issuer(Must(X509_NAME_new()));
  AddName(issuer.get(), "Anchor");
  Must(X509_CRL_set_version(list.get(), X509_CRL_VERSION_2));
  Must(X509_CRL_set_issuer_name(list.get(), issuer.get()));
  const std::unique_ptr<ASN1_TIME, Freer<ASN1_TIME_free>> time(
      Must(ASN1_TIME_set(nullptr, now_ - kDay)));
  Must(X509_CRL_set1_lastUpdate(list.get(), time.get()));
  for (const long serial : serials) {
    X509_REVOKED* entry = Must(X509_REVOKED_new());
    const std::unique_ptr<ASN1_INTEGER, Freer<ASN1_INTEGER_free>> number(Must(ASN1_INTEGER_new()));
    Must(ASN1_INTEGER_set(number.get(), serial));
    Must(X509_REVOKED_set_serialNumber(entry, number.get()));
    Must(X509_REVOKED_set_revocationDate(entry, time.get()));
    Must(X509_CRL_add0_revoked(list.get(), entry));
  }
  Must(ASN1_TIME_set(time.get(), now_ + kDay));
  Must(X509_CRL_set1_nextUpdate(list.get(), time.get()));
  Must(X509_CRL_sign(list.get(), anchor_key_.get(), EVP_sha256()));
  return PemOf(list.get(), PEM_write_bio_X509_CRL);
}

std::string Base64Url(std::string_view octets) {
  std::string text(octets.size() * 4 / 3 + 4, '\0');
  text.resize(EncodeBase64Url(octets, text));
  return text;
}

std::string SignOctets(const MadeLeaf& leaf, std::string_view octets) {
  EVP_MD_CTX* context = Must(EVP_MD_CTX_new());
  Must(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, leaf.key.get()));
  std::array<unsigned char, 80> der;
  size_t size = der.size();
  Must(EVP_DigestSign(context, der.data(), &size,
                      reinterpret_cast<const unsigned char*>(octets.data()), octets.size()));
  EVP_MD_CTX_free(context);
  const unsigned char* at = der.data();
  ECDSA_SIG* signature = Must(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  std::array<unsigned char, 64> both;
  Must(BN_bn2binpad(ECDSA_SIG_get0_r(signature), both.data(), 32));
  Must(BN_bn2binpad(ECDSA_SIG_get0_s(signature), both.data() + 32, 32));
  ECDSA_SIG_free(signature);
  return Base64Url({reinterpret_cast<const char*>(both.data()), both.size()});
}

std::string SignToken(const MadeLeaf& leaf, std::string_view header, std::string_view payload) {
  const std::string octets = Base64Url(header) + "." + Base64Url(payload);
  return octets + "." + SignOctets(leaf, octets);
}

}  // namespace sipward::identity
