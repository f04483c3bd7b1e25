// A small PKI that a test makes for itself: an anchor, leaves below it, tokens that they sign.
#ifndef SIPWARD_TESTS_IDENTITY_MADE_PKI_H_
#define SIPWARD_TESTS_IDENTITY_MADE_PKI_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;

namespace sipward::identity {

struct KeyDeleter {
  void operator()(evp_pkey_st* key) const;
};
using Key = std::unique_ptr<evp_pkey_st, KeyDeleter>;

struct MadeLeaf {
  Key key;
  std::string pem;  // of the leaf alone: the anchor signed it
  long serial = 0;
};

class MadePki {
 public:
  static constexpr int64_t kNow = 1'800'000'000;

  // Certificates are valid for a day around `now`.
  explicit MadePki(int64_t now = kNow);

  const std::string& anchor() const { return anchor_pem_; }  // PEM
  // `tn_auth_list` and `constraints` are DER; the latter may be empty.
  MadeLeaf MakeLeaf(std::string_view tn_auth_list, std::string_view constraints = {}) const;
  // A leaf of the service provider 1234.
  MadeLeaf MakeLeaf() const {
    return MakeLeaf(
        std::string("\x30\x08\xa0\x06\x16\x04"
                    "1234",
                    10));
  }
  // A list of revoked certificates, PEM, good for a day around `now`.
  std::string MakeCrl(const std::vector<long>& serials) const;

 private:
  int64_t now_;
  Key anchor_key_;
  std::string anchor_pem_;
};

// The full form over these texts, whatever they are.
std::string SignToken(const MadeLeaf& leaf, std::string_view header, std::string_view payload);
// base64url of the signature over these octets.
std::string SignOctets(const MadeLeaf& leaf, std::string_view octets);
std::string Base64Url(std::string_view octets);

}  // namespace sipward::identity

#endif  // SIPWARD_TESTS_IDENTITY_MADE_PKI_H_
