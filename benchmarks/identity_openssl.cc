// The bar for identity: ES256 alone, with libcrypto, everything that can be kept being kept.
#include <openssl/evp.h>

#include <array>

#include "benchmarks/passport.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

enum class Work { kVerify, kSign };

template <Work work>
class Es256Workload final : public Workload {
 public:
  Es256Workload() {
    MustOpenssl((work == Work::kVerify ? EVP_PKEY_verify_init(context_.get())
                                       : EVP_PKEY_sign_init(context_.get())) == 1,
                "preparing ES256");
  }
  void Run(uint64_t tokens) override {
    for (uint64_t i = 0; i < tokens; ++i) {
      Handle(passports_.all()[next_]);
      next_ = next_ + 1 == passports_.all().size() ? 0 : next_ + 1;
    }
  }
  uint64_t Round() const override { return passports_.all().size(); }
  double Bytes() const override { return passports_.MeanSigningInput(); }

 private:
  static const unsigned char* In(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  }

  void Handle(const Passport& passport) {
    std::array<unsigned char, 32> digest;
    bool ok = EVP_DigestInit_ex2(hash_.get(), sha256_.get(), nullptr) == 1 &&
              EVP_DigestUpdate(hash_.get(), In(passport.signing_input),
                               passport.signing_input.size()) == 1 &&
              EVP_DigestFinal_ex(hash_.get(), digest.data(), nullptr) == 1;
    if constexpr (work == Work::kVerify) {
      ok = ok && EVP_PKEY_verify(context_.get(), In(passport.signature_der),
                                 passport.signature_der.size(), digest.data(), digest.size()) == 1;
    } else {
      std::array<unsigned char, 80> signature;
      size_t size = signature.size();
      ok = ok && EVP_PKEY_sign(context_.get(), signature.data(), &size, digest.data(),
                               digest.size()) == 1;
      Use(signature[0]);
    }
    MustOpenssl(ok, "ES256");
  }

  Passports passports_;
  std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context_{
      EVP_PKEY_CTX_new(passports_.key(), nullptr), &EVP_PKEY_CTX_free};
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256_{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                          &EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  size_t next_ = 0;
};

}  // namespace

void AddOpensslCases(Catalogue& rows) {
  rows.push_back(
      {"identity", "raw", "openssl",
       "SHA-256 of the signing input and one P-256 verification; key decoded and context "
       "prepared before, signature already DER; no token is read",
       [] { return std::make_unique<Es256Workload<Work::kVerify>>(); }});
  rows.push_back({"identity", "sign", "openssl",
                  "SHA-256 of the signing input and one P-256 signature as DER; key and context "
                  "prepared before; no token is written",
                  [] { return std::make_unique<Es256Workload<Work::kSign>>(); }});
}

}  // namespace sipward::bench
