// Tokens and a key for the identity suite, made when the program starts: verifiers refuse old ones.
#ifndef SIPWARD_BENCHMARKS_PASSPORT_H_
#define SIPWARD_BENCHMARKS_PASSPORT_H_

#include <openssl/evp.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/identity/made_pki.h"

namespace sipward::bench {

struct Passport {
  std::string signing_input;  // header "." payload, as base64url
  std::string signature_der;
  std::string identity;    // the value of an Identity header, in full form
  std::string orig, dest;  // digits
  std::string origid;
};

// A certificate below an anchor, and 16 SHAKEN PASSporTs of different calls that its P-256 key
// signed.
class Passports {
 public:
  static constexpr const char* kUrl = "https://cert.example.com/shaken.pem";

  Passports();
  EVP_PKEY* key() const { return leaf_.key.get(); }
  const std::string& certificate() const { return leaf_.pem; }
  const std::string& anchor() const { return pki_.anchor(); }
  int64_t now() const { return now_; }
  std::string PublicKeyPem() const;
  std::string PrivateKeyPem() const;
  const std::vector<Passport>& all() const { return all_; }
  double MeanSigningInput() const;

 private:
  int64_t now_;
  identity::MadePki pki_;
  identity::MadeLeaf leaf_;
  std::vector<Passport> all_;
};

// Ends the program, with OpenSSL's reason, if `ok` is false.
void MustOpenssl(bool ok, const char* what);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_PASSPORT_H_
