#include "auth/challenge.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace sipward::auth {
namespace {

constexpr std::array<Algorithm, kAlgorithms> kStrongestFirst = {
    Algorithm::kSha512_256, Algorithm::kSha512_256Session,
    Algorithm::kSha256,     Algorithm::kSha256Session,
    Algorithm::kMd5,        Algorithm::kMd5Session};

// Measures, or writes.
class Writer {
 public:
  explicit Writer(char* out) : out_(out) {}
  void Put(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
      if (out_ != nullptr) out_ = std::copy(text.begin(), text.end(), out_);
      size_ += text.size();
    }
  }
  size_t size() const { return size_; }

 private:
  char* out_;
  size_t size_ = 0;
};

size_t Write(const Policy& policy, std::string_view nonce, bool stale, char* out) {
  Writer writer(out);
  for (const Algorithm algorithm : kStrongestFirst) {
    if (!policy.offered.Has(algorithm)) continue;
    // Algorithm without quotes, qop with them (RFC 7616 section 3.3).
    writer.Put({policy.proxy ? "Proxy" : "WWW", "-Authenticate: Digest realm=\"", policy.realm,
                "\", nonce=\"", nonce, "\", algorithm=", AlgorithmName(algorithm), ", qop=\"",
                policy.integrity ? "auth,auth-int" : "auth", "\""});
    if (policy.user_hash) writer.Put({", charset=UTF-8, userhash=true"});
    if (stale) writer.Put({", stale=true"});
    writer.Put({"\r\n"});
  }
  return writer.size();
}

}  // namespace

bool IsRealm(std::string_view text) {
  constexpr unsigned char kDelete = 0x7F;
  return !text.empty() && text.size() <= kLongestRealm &&
         std::all_of(text.begin(), text.end(), [](char c) {
           const auto octet = static_cast<unsigned char>(c);
           return octet >= ' ' && octet != kDelete && c != '"' && c != '\\';
         });
}

size_t WriteChallenges(const Policy& policy, std::string_view nonce, bool stale,
                       std::span<char> out) {
  const size_t size = Write(policy, nonce, stale, nullptr);
  if (size <= out.size()) Write(policy, nonce, stale, out.data());
  return size;
}

}  // namespace sipward::auth
