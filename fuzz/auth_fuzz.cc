// Digest credentials, realms and codes: any text. "@" in credentials stands for a nonce that is
// good. Nobody here knows the password, so that nothing can be right; views lie in what was given;
// without a memory the same is said again; a challenge says to a client what the host has.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "auth/auth.h"
#include "fuzz/support/input.h"
#include "sip/values.h"

namespace {

using sipward::IpAddress;
using sipward::Slice;
using sipward::auth::Authenticator;
using sipward::auth::Code;
using sipward::auth::CodeHash;
using sipward::auth::Credential;
using sipward::auth::Outcome;
using sipward::auth::Policy;
using sipward::auth::Request;
using sipward::auth::Result;
using sipward::auth::Secret;
using sipward::fuzz::Input;
using sipward::fuzz::Require;

constexpr sipward::Nanos kWall = 1'800'000'000 * sipward::kSecond;

Policy AnyPolicy(uint8_t bits) {
  Policy policy;
  policy.realm = "r";
  policy.offered = sipward::auth::Algorithms(0x3F);
  policy.integrity = (bits & 1) != 0;
  policy.without_qop = (bits & 2) != 0;
  policy.any_uri = (bits & 4) != 0;
  policy.proxy = (bits & 8) != 0;
  return policy;
}

// One for each policy, made once.
Authenticator& With(uint8_t bits) {
  static std::array<std::unique_ptr<Authenticator>, 16> made;
  auto& found = made[bits % made.size()];
  if (!found) {
    found = Authenticator::Create(AnyPolicy(bits), "a secret of the fuzz target", nullptr, 0);
  }
  return *found;
}

std::string WithNonce(std::string_view text, Authenticator& authenticator) {
  std::array<char, sipward::auth::kNonceChars> nonce;
  authenticator.MakeNonce({}, kWall, nonce);
  std::string out;
  for (const char c : text) {
    if (c == '@') {
      out.append(nonce.data(), nonce.size());
    } else {
      out += c;
    }
  }
  return out;
}

bool Inside(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void CheckCredentials(Authenticator& authenticator, std::string_view uri, std::string_view text) {
  const std::string value = WithNonce(text, authenticator);
  const std::array<std::string_view, 1> values{value};
  Request request;
  request.credentials = values;
  request.method = "REGISTER";
  request.request_uri = uri;
  request.body = text;
  request.wall = kWall;
  Credential known;
  known.password = "nobody in here can know this";
  const Result first = authenticator.Check(request, &known);
  Require(first.outcome == Outcome::kFail || first.outcome == Outcome::kChallenged);
  for (const std::string_view part : {first.scheme, first.realm, first.nonce, first.uri,
                                      first.response, first.algorithm_text, first.qop, first.nc}) {
    Require(Inside(part, value));
  }
  Require(authenticator.Check(request, &known).reason == first.reason);
  const Result pending = authenticator.Check(request, nullptr);
  Require(pending.outcome == Outcome::kPending || pending.reason == first.reason);
}

void CheckRealm(std::string_view realm) {
  if (!sipward::auth::IsRealm(realm)) return;
  Policy policy;
  policy.realm = realm;
  policy.proxy = true;
  std::array<char, 2048> out;
  const size_t size = WriteChallenges(policy, "nonce", true, out);
  Require(size <= out.size());
  const std::string_view text(out.data(), size);
  const size_t at = text.find(':') + 1;
  const auto length = static_cast<uint32_t>(text.find("\r\n") - at);
  sipward::sip::AnomalyLog log;
  sipward::sip::Digest digest;
  Require(sipward::sip::ParseDigest(text.data() + at, Slice{0, length}, {}, log, &digest));
  Require(digest.realm.In(text.data() + at) == realm);
  Require(digest.stale.In(text.data() + at) == "true");
}

void CheckCodes(std::string_view text) {
  Secret secret;
  if (sipward::auth::DecodeBase32(text, &secret)) {
    Require(secret.size >= Secret::kLeast && secret.size <= Secret::kMost);
    Code code;
    Require(MakeCode(CodeHash::kSha1, secret.text(), text.size(), 6, &code) && code.size == 6);
  }
  if (const auto dialled = sipward::auth::SplitCode(text, 6)) {
    Require(dialled->number.size() + 1 + dialled->code.size() == text.size());
    Require(Inside(dialled->number, text) && Inside(dialled->code, text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input input(data, size);
  const uint8_t bits = input.Byte();
  const std::string_view uri = input.Text();
  CheckCredentials(With(bits), uri, input.rest());
  CheckRealm(input.rest());
  CheckCodes(input.rest());
  return 0;
}
