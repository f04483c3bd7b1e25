// Tokens and a key for the identity suite, made when the program starts: verifiers refuse old ones.
#ifndef SIPWARD_BENCHMARKS_PASSPORT_H_
#define SIPWARD_BENCHMARKS_PASSPORT_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

namespace sipward::bench {

struct Passport {
  std::string signing_input;  // header "." payload, as base64url
  std::string signature_der;
  std::string identity;  // the value of an Identity header, in full form
};

// One P-256 key and 16 SHAKEN PASSporTs of different calls that it signed.
class Passports {
 public:
  Passports();
  EVP_PKEY* key() const { return key_.get(); }
  std::string PublicKeyPem() const;
  const std::vector<Passport>& all() const { return all_; }
  double MeanSigningInput() const;

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::vector<Passport> all_;
};

// Ends the program, with OpenSSL's reason, if `ok` is false.
void MustOpenssl(bool ok, const char* what);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_PASSPORT_H_
