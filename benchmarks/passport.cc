#include "benchmarks/passport.h"

#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <utility>

namespace sipward::bench {
namespace {

constexpr int kCount = 16;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string SignDer(EVP_PKEY* key, const std::string& input) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  std::string der(128, '\0');
  size_t size = der.size();
  MustOpenssl(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size,
                                 Bytes(input), input.size()) == 1,
              "signing");
  der.resize(size);
  return der;
}

// r and s, 32 bytes each: what a JWS carries.
std::string RawSignature(const std::string& der) {
  const unsigned char* at = Bytes(der);
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), &ECDSA_SIG_free);
  MustOpenssl(pair != nullptr, "reading a signature");
  std::string raw(64, '\0');
  unsigned char* to = reinterpret_cast<unsigned char*>(raw.data());
  MustOpenssl(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), to, 32) == 32 &&
                  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), to + 32, 32) == 32,
              "writing a signature");
  return raw;
}

template <typename Write>
std::string Written(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  MustOpenssl(write(memory.get()) == 1, "writing a key");
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<size_t>(size)};
}

}  // namespace

void MustOpenssl(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "%s: %s\n", what, ERR_reason_error_string(ERR_get_error()));
  std::exit(2);
}

Passports::Passports() : now_(std::time(nullptr)), pki_(now_), leaf_(pki_.MakeLeaf()) {
  const std::string header =
      std::string(R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")") + kUrl + "\"}";
  for (int number = 0; number < kCount; ++number) {
    const std::string digits = {static_cast<char>('0' + number / 10),
                                static_cast<char>('0' + number % 10)};
    Passport made;
    made.orig = "120255501" + digits;
    made.dest = "120255502" + digits;
    made.origid = "8e0b5a4c-1f6d-4b8e-9c1e-3a7f0d2b5c" + digits;
    const std::string payload = R"({"attest":"A","dest":{"tn":[")" + made.dest + R"("]},"iat":)" +
                                std::to_string(now_) + R"(,"orig":{"tn":")" + made.orig +
                                R"("},"origid":")" + made.origid + R"("})";
    made.signing_input = identity::Base64Url(header) + "." + identity::Base64Url(payload);
    made.signature_der = SignDer(key(), made.signing_input);
    made.identity = made.signing_input + "." +
                    identity::Base64Url(RawSignature(made.signature_der)) + ";info=<" + kUrl +
                    ">;alg=ES256;ppt=\"shaken\"";
    all_.push_back(std::move(made));
  }
}

std::string Passports::PublicKeyPem() const {
  return Written([this](BIO* out) { return PEM_write_bio_PUBKEY(out, key()); });
}

std::string Passports::PrivateKeyPem() const {
  return Written([this](BIO* out) {
    return PEM_write_bio_PKCS8PrivateKey(out, key(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

double Passports::MeanSigningInput() const {
  size_t sum = 0;
  for (const Passport& passport : all_) sum += passport.signing_input.size();
  return static_cast<double>(sum) / static_cast<double>(all_.size());
}

}  // namespace sipward::bench
