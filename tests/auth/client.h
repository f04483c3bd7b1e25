// A client of the tests: it answers challenges.
#ifndef SIPWARD_TESTS_AUTH_CLIENT_H_
#define SIPWARD_TESTS_AUTH_CLIENT_H_

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/auth.h"
#include "auth/hasher.h"
#include "state/state.h"

namespace sipward::auth {

inline constexpr Nanos kWall = 1'800'000'000 * kSecond;
inline constexpr std::string_view kSecretKey = "a secret of at least sixteen octets";

// What credentials say, and what they are made of.
struct Answer {
  std::string user = "alice", password = "open sesame", realm = "example.org";
  std::string nonce, uri = "sip:example.org", method = "REGISTER", body;
  std::string algorithm = "SHA-256", qop = "auth", cnonce = "c0ffee";
  uint32_t count = 1;
  bool hashed = false;     // the user's name
  std::string more;        // parameters behind the others
  std::string user_field;  // in place of username="..."

  std::string Digest(Hasher::Pieces pieces) const {
    Hasher hasher;
    Hex hex;
    const Algorithm found = FindAlgorithm(algorithm).value_or(Algorithm::kMd5);
    return hasher.Digest(FunctionOf(StrengthOf(found)), pieces, &hex) ? std::string(hex.text())
                                                                      : std::string();
  }
  std::string CountText() const {
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "%08x", count);
    return text.data();
  }
  std::string Ha1() const { return Digest({user, ":", realm, ":", password}); }
  std::string Response() const {
    std::string ha1 = Ha1();
    if (IsSession(FindAlgorithm(algorithm).value_or(Algorithm::kMd5))) {
      ha1 = Digest({ha1, ":", nonce, ":", cnonce});
    }
    const std::string ha2 = qop == "auth-int" ? Digest({method, ":", uri, ":", Digest({body})})
                                              : Digest({method, ":", uri});
    if (qop.empty()) return Digest({ha1, ":", nonce, ":", ha2});
    return Digest({ha1, ":", nonce, ":", CountText(), ":", cnonce, ":", qop, ":", ha2});
  }
  std::string Value() const {
    std::string value = "Digest ";
    value += !user_field.empty() ? user_field
             : hashed            ? "username=\"" + Digest({user, ":", realm}) + "\", userhash=true"
                                 : "username=\"" + user + "\"";
    value += ", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri +
             "\", response=\"" + Response() + "\"";
    if (!algorithm.empty()) value += ", algorithm=" + algorithm;
    if (!qop.empty()) value += ", qop=" + qop + ", nc=" + CountText();
    if (!qop.empty() || !cnonce.empty()) value += ", cnonce=\"" + cnonce + "\"";
    return value + more;
  }
};

// A host with one account.
class Host {
 public:
  explicit Host(Policy given = {}, state::Region* region = nullptr) : policy(std::move(given)) {
    if (policy.realm.empty()) policy.realm = "example.org";
    authenticator = Authenticator::Create(policy, kSecretKey, region, 0);
    request.method = "REGISTER";
    request.request_uri = "sip:example.org";
    request.body = "";
    request.call_id = "call@host";
    request.cseq = "1";
    request.branch = "z9hG4bK1";
    request.client = "Phone/1.0";
    request.source = *IpAddress::Parse("192.0.2.7");
    request.wall = kWall;
    account.password = "open sesame";
  }
  std::string Nonce() {
    std::array<char, kNonceChars> nonce;
    authenticator->MakeNonce(request.source, request.wall, nonce);
    return {nonce.data(), nonce.size()};
  }
  Answer NewAnswer() {
    Answer answer;
    answer.nonce = Nonce();
    return answer;
  }
  const Result& Check(std::string value) { return CheckAll({std::move(value)}); }
  const Result& CheckAll(std::vector<std::string> given) {
    values_ = std::move(given);
    views_.assign(values_.begin(), values_.end());
    request.credentials = views_;
    return authenticator->Check(request, known ? &account : nullptr);
  }
  std::string_view Why(std::string value) { return Describe(Check(std::move(value)).reason).name; }

  Policy policy;
  std::unique_ptr<Authenticator> authenticator;
  Request request;
  Credential account;
  bool known = true;  // the account is given with the check

 private:
  std::vector<std::string> values_;
  std::vector<std::string_view> views_;
};

inline Algorithms Only(Algorithm algorithm) {
  Algorithms algorithms;
  algorithms.Add(algorithm);
  return algorithms;
}

}  // namespace sipward::auth

#endif  // SIPWARD_TESTS_AUTH_CLIENT_H_
