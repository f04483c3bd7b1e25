// An engine whose library checks the caller itself, by certificates that the test makes.
#ifndef SIPWARD_TESTS_ENGINE_CALLER_CHECK_FIXTURE_H_
#define SIPWARD_TESTS_ENGINE_CALLER_CHECK_FIXTURE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"
#include "tests/engine/fixture.h"
#include "tests/identity/made_pki.h"

namespace sipward::engine {

inline constexpr std::string_view kUrl = "https://certs.example.net/1234.pem";

inline constexpr std::string_view kPolicy = R"(version 1
rule scan.agent { on request when (user_agent ?? "") == "scanner" then drop }
rule forged { on request where method == INVITE when identity.result == failed then reject 438 "Forged" }
rule again { on request where method == INVITE when identity.reason == REPLAY then tag "replay" }
rule good { on request where method == INVITE when (identity.attest ?? "") == "A" and (identity.spc ?? "") == "1234" then tag "good" }
rule unsigned { on request where method == INVITE when identity.result == none then tag "unsigned" }
rule waiting { on request where method == INVITE when identity.result == pending then tag "unchecked" }
)";

using Texts = std::vector<std::string>;

class CallerCheckTest : public EngineTest {
 protected:
  static constexpr int64_t kNow = identity::MadePki::kNow;

  CallerCheckTest()
      : leaf_(pki().MakeLeaf()), store_(std::make_shared<identity::TrustStore>(HashSecret{})) {
    EXPECT_EQ(store_->SetAnchors(pki().anchor(), kNow), identity::Reason::kOk);
    packet_.wall = packet_.monotonic = kNow * kSecond;
    Load(kPolicy, {.trust = {.store = store_, .policy = nullptr, .cache = cache_}});
  }

  static const identity::MadePki& pki() {
    static const identity::MadePki made;
    return made;
  }
  void Provide(int64_t fetched_at = kNow) {
    EXPECT_EQ(store_->ProvideCertificate(kUrl, leaf_.pem, fetched_at, -1), identity::Reason::kOk);
  }
  std::string Token(int64_t iat = kNow - 2, std::string_view url = kUrl) const {
    return identity::SignToken(
        leaf_,
        R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + std::string(url) + "\"}",
        R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" + std::to_string(iat) +
            R"(,"orig":{"tn":"12025550101"},"origid":"6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"})");
  }
  static std::string Line(const std::string& token, std::string_view url = kUrl) {
    return "Identity: " + token + ";info=<" + std::string(url) + ">;alg=ES256;ppt=shaken\r\n";
  }
  static RequestText With(const std::string& token) {
    return {.from_user = "+12025550101", .to_user = "+12025550102", .extra = Line(token)};
  }
  static std::string Forged(std::string token) {
    char& octet = token[token.rfind('.') + 3];
    octet = octet == 'A' ? 'B' : 'A';
    return token;
  }
  // The packet inspected last, once more.
  const Verdict& Repeat() { return Inspect(std::string_view(text_)); }
  uint64_t checked() const { return engine_->statistics().checked; }
  Texts Tags() const {
    Texts tags;
    for (uint32_t i = 0; i < verdict_.tag_count; ++i) tags.emplace_back(verdict_.tags[i].text);
    return tags;
  }

  const identity::MadeLeaf leaf_;
  std::shared_ptr<identity::TrustStore> store_;
  const std::shared_ptr<const identity::TokenCache> cache_ =
      std::make_shared<identity::TokenCache>(64);
};

}  // namespace sipward::engine

#endif  // SIPWARD_TESTS_ENGINE_CALLER_CHECK_FIXTURE_H_
