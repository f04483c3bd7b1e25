#include "identity/signer.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "identity/anchors.h"
#include "identity/base64.h"
#include "identity/chain_document.h"
#include "identity/passport_writer.h"
#include "identity/permits.h"

namespace sipward::identity {
namespace {

using Outcome = Signer::Outcome;
using Problem = Signer::Problem;

// Claims that have a place of their own in Passport.
constexpr std::string_view kOwnClaims[] = {"iat", "orig", "dest", "attest", "origid", "div", "opt"};

Outcome Refused(Reason reason) { return {.problem = Problem::kRefused, .reason = reason}; }

std::string_view View(const Es256Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

// Version 4 of RFC 9562.
std::string RandomUuid() {
  std::array<uint8_t, 16> octets;
  randombytes_buf(octets.data(), octets.size());
  octets[6] = static_cast<uint8_t>((octets[6] & 0x0f) | 0x40);
  octets[8] = static_cast<uint8_t>((octets[8] & 0x3f) | 0x80);
  std::string text;
  for (size_t i = 0; i < octets.size(); ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kDigits[octets[i] >> 4]);
    text.push_back(kDigits[octets[i] & 15]);
  }
  return text;
}

// More claims are one object, and none of those that have a place of their own.
bool IsObjectOfOthers(std::string_view text, const JsonLimits& limits, Json* json) {
  if (text.empty()) return true;
  std::string copy(text);
  if (copy.size() > Json::kMostText || json->Parse(copy, limits) != Reason::kOk) return false;
  return std::none_of(std::begin(kOwnClaims), std::end(kOwnClaims),
                      [&](std::string_view name) { return json->root().Find(name).present(); });
}

}  // namespace

struct Signer::Scratch {
  Json json;
  Claims claims;
  std::string canonical;
};

bool Signer::SignOctets(std::string_view octets, Es256Signature* signature) const {
  Sha256 digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(octets.data()),
                     octets.size());
  return key_->Sign(digest, signature) && CheckEs256Form(View(*signature)) == Reason::kOk;
}

Signer::Made Signer::Make(std::unique_ptr<SigningKey> key, std::string_view certificates,
                          std::string_view x5u, const SignerPolicy& policy, int64_t now,
                          std::string_view anchors) {
  Made made;
  if (sodium_init() < 0 || !key) {
    made.outcome.problem = Problem::kKeyFailed;
    return made;
  }
  Reason reason = CheckX5u(x5u, policy.x5u);
  const ChainDocument::Limits limits{.size = policy.certificate.max_document,
                                     .certificates = policy.certificate.max_document_certificates};
  const ChainDocument::Read read = ChainDocument::Parse(certificates, limits);
  if (reason == Reason::kOk) reason = read.reason;
  std::shared_ptr<const AnchorSet> trusted;
  if (reason == Reason::kOk && !anchors.empty()) {
    trusted = AnchorSet::Parse(anchors, policy.certificate.partial_chains);
    if (trusted == nullptr) reason = Reason::kCertMalformed;
  }
  Credential::Made credential;
  if (reason == Reason::kOk) {
    credential = trusted != nullptr
                     ? Credential::Make(*read.document, *trusted, policy.certificate, now)
                     : Credential::MakeOfLeaf(*read.document, policy.certificate);
    reason = credential.reason;
  }
  if (reason == Reason::kOk) reason = credential.credential->chain_validity().At(now);
  if (reason != Reason::kOk) {
    made.outcome = Refused(reason);
    return made;
  }
  std::unique_ptr<Signer> signer(new Signer);
  signer->key_ = std::move(key);
  signer->credential_ = std::move(credential.credential);
  signer->x5u_ = x5u;
  signer->policy_ = policy;
  constexpr std::string_view kProbe = "whether key and certificate belong together";
  Es256Signature signature;
  if (!signer->SignOctets(kProbe, &signature)) {
    made.outcome.problem = Problem::kKeyFailed;
  } else if (!signer->credential_->VerifyEs256(kProbe, View(signature))) {
    made.outcome.problem = Problem::kKeyMismatch;
  } else {
    made.signer = std::move(signer);
  }
  return made;
}

// As a verifier does: whatever it would refuse is not signed.
Outcome Signer::Check(const Passport& passport, std::string payload, Scratch* scratch) const {
  if (payload.size() > Json::kMostText) return {.problem = Problem::kTooLarge};
  Reason reason = scratch->json.Parse(payload, policy_.json);
  if (reason != Reason::kOk) return Refused(reason);
  const JsonValue root = scratch->json.root();
  FlagSet flags;
  reason = ReadClaims(root, passport.ppt, policy_.claims, &scratch->claims, &flags);
  if (reason != Reason::kOk) return Refused(reason);
  if (!Covers(*credential_, scratch->claims, passport.ppt)) {
    return Refused(Reason::kTnauthNotCovered);
  }
  for (const ClaimConstraints& constraints : credential_->constraints()) {
    if (!Permits(constraints, root)) return Refused(Reason::kClaimConstraint);
  }
  scratch->canonical.resize(payload.size());
  const size_t size = root.WriteCanonical(scratch->canonical);
  scratch->canonical.resize(size);
  return size > 0 ? Outcome{} : Outcome{.problem = Problem::kTooLarge};
}

Outcome Signer::Sign(const Passport& passport, int64_t now, std::string* value) const {
  const Reason dates = credential_->chain_validity().At(now);
  if (dates != Reason::kOk) return Refused(dates);
  if (PptName(passport.ppt).empty() && passport.ppt != Ppt::kNone) {
    return Refused(Reason::kPptUnsupported);
  }
  const auto scratch = std::make_unique<Scratch>();
  if (!IsObjectOfOthers(passport.more_claims, policy_.json, &scratch->json)) {
    return {.problem = Problem::kMoreClaims};
  }
  if (!passport.orig.usable()) return Refused(Reason::kOrigType);
  const bool wants_origid = passport.ppt == Ppt::kShaken && passport.origid.empty();
  const std::string origid = wants_origid ? RandomUuid() : std::string(passport.origid);
  const Outcome outcome = Check(passport, WritePayload(passport, now, origid), scratch.get());
  if (!outcome.ok()) return outcome;

  std::string token;
  AppendBase64Url(WriteTokenHeader(passport.ppt, x5u_), &token);
  token.push_back('.');
  AppendBase64Url(scratch->canonical, &token);
  Es256Signature signature;
  if (!SignOctets(token, &signature)) return {.problem = Problem::kKeyFailed};
  if (policy_.verify && !credential_->VerifyEs256(token, View(signature))) {
    return {.problem = Problem::kKeyMismatch};
  }
  if (passport.compact) token = ".";
  token.push_back('.');
  AppendBase64Url(View(signature), &token);
  token.append(";info=<").append(x5u_).append(">;alg=ES256");
  if (passport.ppt != Ppt::kNone) token.append(";ppt=").append(PptName(passport.ppt));
  if (token.size() > kMostHeaderOctets) return {.problem = Problem::kTooLarge};
  *value = std::move(token);
  return {};
}

Outcome Signer::SignDiversion(const Diversion& diversion, int64_t now, std::string* value) const {
  HeaderValue received;
  Reason reason = ReadHeaderValue(diversion.received, {}, &received);
  if (reason != Reason::kOk) return Refused(reason);
  const auto scratch = std::make_unique<Scratch>();
  std::string payload(DecodedSize(received.payload.size()), '\0');
  size_t size = 0;
  reason = DecodeBase64Url(received.payload, payload, &size);
  if (reason == Reason::kOk) {
    payload.resize(size);
    reason = payload.size() > Json::kMostText ? Reason::kJsonLimit
                                              : scratch->json.Parse(payload, policy_.json);
  }
  FlagSet flags;
  Claims& claims = scratch->claims;
  if (reason == Reason::kOk) {
    reason = ReadClaims(scratch->json.root(), received.ppt, policy_.claims, &claims, &flags);
  }
  if (reason != Reason::kOk) return Refused(reason);
  Party div = diversion.div;
  if (!div.usable() && claims.dest_count == 1) div = claims.dest[0];
  // Each diversion begins where what it was given ended (RFC 8946, section 4).
  if (!claims.HasDest(div)) return Refused(Reason::kDivChainBroken);
  const Passport passport{.ppt = diversion.nested ? Ppt::kDivO : Ppt::kDiv,
                          .orig = claims.orig,
                          .dest = diversion.dest,
                          .div = div,
                          .history = diversion.history,
                          .opt = diversion.nested ? received.token : std::string_view()};
  return Sign(passport, now, value);
}

}  // namespace sipward::identity
