#include "identity/token.h"

#include <algorithm>
#include <cstring>

#include "identity/base64.h"
#include "identity/es256.h"
#include "identity/permits.h"

namespace sipward::identity {
namespace {

// Decodes and parses one part of a token.
Reason ReadPart(std::string_view part, std::span<char> room, const JsonLimits& limits, Json* json) {
  size_t size = 0;
  const Reason reason = DecodeBase64Url(part, room, &size);
  return reason == Reason::kOk ? json->Parse(room.first(size), limits) : reason;
}

// x5u of a token in opt must outlive the scratch, where its header was decoded.
Reason KeepInfo(Token* token) {
  const std::string_view info = token->value.info;
  if (info.size() > token->x5u_text.size()) return Reason::kOptInvalid;
  std::copy(info.begin(), info.end(), token->x5u_text.begin());
  token->value.info = {token->x5u_text.data(), info.size()};
  token->value.ppt_text = PptName(token->value.ppt);
  return Reason::kOk;
}

Reason ReadSignature(Token* token) {
  // A signature that is too long needs no decoding to be refused, but its alphabet comes first.
  if (token->value.signature.size() > 88) {
    token->signature_size = token->value.signature.size() / 4 * 3;
    std::array<char, kMostHeaderOctets> room;
    size_t size = 0;
    return DecodeBase64Url(token->value.signature, room, &size);
  }
  return DecodeBase64Url(token->value.signature, token->signature, &token->signature_size);
}

Reason ReadFull(const Policy& policy, TokenScratch& scratch, Token* token) {
  Reason reason = ReadPart(token->value.header, scratch.header, policy.json, &scratch.json);
  if (reason != Reason::kOk) return reason;
  const JsonValue header = scratch.json.root();
  if (token->outer == kNoToken) {
    reason = CheckTokenHeader(header, token->value, &token->flags);
  } else {
    reason = ReadTokenHeader(header, policy.header, &token->value, &token->flags);
    if (reason == Reason::kOk) reason = KeepInfo(token);
  }
  if (reason != Reason::kOk) return reason;
  if (!scratch.json.canonical()) token->flags.Add(Flag::kNoncanonicalJson);
  reason = ReadSignature(token);
  if (reason != Reason::kOk) return reason;
  reason = ReadPart(token->value.payload, token->payload,
                    PayloadLimits(policy.json, token->value.ppt), &scratch.json);
  if (reason != Reason::kOk) return reason;
  if (!scratch.json.canonical()) token->flags.Add(Flag::kNoncanonicalJson);
  const std::string_view whole = token->value.token;
  token->signed_octets = whole.substr(0, whole.size() - token->value.signature.size() - 1);
  return Reason::kOk;
}

}  // namespace

void Token::Clear(size_t new_position) {
  value = {};
  claims.dest_count = 0;
  flags = {};
  reason = Reason::kOk;
  position = new_position;
  inner = outer = kNoToken;
  ignored = duplicate = missing = linked = false;
  stands_alone = remembered = false;
  judged_by = 0;
  signed_octets = {};
  signature_size = 0;
  credential.reset();
  chain.reset();
}

JsonValue ReparsePayload(const Token& token, const Policy& policy, TokenScratch& scratch) {
  std::string_view payload = token.value.payload;
  if (payload.empty()) payload = token.signed_octets.substr(token.signed_octets.find('.') + 1);
  const JsonLimits limits = PayloadLimits(policy.json, token.value.ppt);
  const Reason reason = ReadPart(payload, scratch.header, limits, &scratch.json);
  return reason == Reason::kOk ? scratch.json.root() : JsonValue();
}

Reason ReadToken(const Request& request, const RequestParties& parties, const Policy& policy,
                 TokenScratch& scratch, Token* token) {
  Reason reason = Reason::kOk;
  JsonValue payload;
  if (token->value.compact()) {
    token->flags.Add(Flag::kCompactForm);
    reason = ReadSignature(token);
    if (reason == Reason::kOk) {
      reason = RebuildCompact(request, parties, token, scratch, policy.json, &payload);
    }
  } else {
    reason = ReadFull(policy, scratch, token);
    payload = scratch.json.root();
  }
  if (reason != Reason::kOk) return reason;
  reason = ReadClaims(payload, token->value.ppt, policy.claims, &token->claims, &token->flags);
  if (reason != Reason::kOk) return reason;
  token->read_flags = token->flags;
  token->stands_alone = !token->value.compact() && !SpeaksOfRequest(payload);
  if (token->stands_alone) return Reason::kOk;
  return CheckAgainstRequest(payload, request, policy, &token->flags);
}

Reason CheckCredential(const Token& token, const Policy& policy, TokenScratch& scratch) {
  const Credential& credential = *token.credential;
  const Reason dated = credential.validity().At(token.claims.iat);
  if (dated != Reason::kOk) return dated;
  if (!Covers(credential, token.claims, token.value.ppt)) return Reason::kTnauthNotCovered;
  if (credential.constraints().empty()) return Reason::kOk;
  const JsonValue payload = ReparsePayload(token, policy, scratch);
  if (!payload.present()) return Reason::kInternal;
  for (const ClaimConstraints& constraints : credential.constraints()) {
    if (!Permits(constraints, payload)) return Reason::kClaimConstraint;
  }
  return Reason::kOk;
}

Reason CheckSignature(const Token& token) {
  if (token.signature_size != kEs256Size) return Reason::kSigLength;
  const std::string_view signature(token.signature.data(), kEs256Size);
  const Reason reason = CheckEs256Form(signature);
  if (reason != Reason::kOk) return reason;
  return token.credential->VerifyEs256(token.signed_octets, signature) ? Reason::kOk
                                                                       : Reason::kSigInvalid;
}

}  // namespace sipward::identity
