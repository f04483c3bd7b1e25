#include "fuzz/support/caller.h"

#include <memory>
#include <string_view>

#include "identity/identity.h"
#include "tests/identity/made_pki.h"

namespace sipward::fuzz {
namespace {

constexpr int64_t kNow = kCallerTime / kSecond;
constexpr std::string_view kUrl = "https://certs.example.net/";

struct Callers {
  Callers() {
    Require(store->SetAnchors(pki.anchor(), kNow) == identity::Reason::kOk);
    const identity::MadePki stranger(kNow);
    const std::string documents[] = {
        leaf.pem,                                      // good
        leaf.pem + pki.anchor(),                       // and its anchor
        stranger.MakeLeaf().pem + stranger.anchor(),   // of nobody that is trusted
        pki.MakeLeaf(std::string(6'000, 'x')).pem,     // large, and speaks for no number
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END"  // none
    };
    char name = 'a';
    for (const std::string& document : documents) {
      store->ProvideCertificate(std::string(kUrl) + name++, document, kNow, -1);
    }
  }
  const identity::MadePki pki{kNow};
  const identity::MadeLeaf leaf = pki.MakeLeaf();
  const std::shared_ptr<identity::TrustStore> store =
      std::make_shared<identity::TrustStore>(HashSecret{});
};

const Callers& TheCallers() {
  static const Callers* const callers = new Callers;
  return *callers;
}

// `how`: whose certificate, whether it was fetched, and whether the token is forged.
std::string IdentityLine(uint8_t how, Nanos now) {
  const std::string url = std::string(kUrl) + static_cast<char>('a' + how % 6);
  const std::string claims = R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" +
                             std::to_string(now / kSecond - how % 3) +
                             R"(,"orig":{"tn":"12025550101"},"origid":"x"})";
  std::string token = identity::SignToken(
      TheCallers().leaf, R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + url + "\"}",
      claims);
  if (how % 32 > 24) token[token.size() - 9] = token[token.size() - 9] == 'A' ? 'B' : 'A';
  return "Identity: " + token + ";info=<" + url + ">;alg=ES256;ppt=shaken\r\n";
}

}  // namespace

engine::CallerTrust TrustOfCallers() {
  return {.store = TheCallers().store, .policy = nullptr, .cache = nullptr};
}

std::string SignedInvite(Input* input, Nanos now) {
  std::string text =
      "INVITE sip:+12025550102@example.com SIP/2.0\r\n"
      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK" +
      std::to_string(input->Byte()) +
      "\r\nFrom: <sip:+12025550101@example.com>;tag=1\r\nTo: <sip:+12025550102@example.com>\r\n"
      "Call-ID: a@example.com\r\nCSeq: 1 INVITE\r\n";
  for (size_t tokens = 1 + input->Pick(4); tokens > 0; --tokens) {
    text += IdentityLine(input->Byte(), now);
  }
  return text + "Content-Length: 0\r\n\r\n";
}

}  // namespace sipward::fuzz
