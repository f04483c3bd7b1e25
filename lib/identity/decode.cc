#include "identity/decode.h"

#include <memory>

#include "identity/base64.h"
#include "identity/claims.h"
#include "identity/header_value.h"
#include "identity/json.h"

namespace sipward::identity {
namespace {

std::string Describe(const Party& party) {
  if (!party.usable()) return {};
  return (party.kind == PartyKind::kTn ? "tn " : "uri ") + std::string(party.text);
}

Reason DecodeText(std::string_view part, std::string* out) {
  out->resize(DecodedSize(part.size()));
  size_t size = 0;
  const Reason reason = DecodeBase64Url(part, *out, &size);
  out->resize(reason == Reason::kOk ? size : 0);
  return reason;
}

class TokenDecoder {
 public:
  explicit TokenDecoder(const Policy& policy) : policy_(policy) {}
  DecodedToken Run(std::string_view value);

 private:
  void Fail(Reason reason) {
    if (out_.reason == Reason::kOk) out_.reason = reason;
  }
  // `text` is what the parser works on; values are views into it.
  JsonValue ReadPart(std::string_view part, const JsonLimits& limits, std::string* text,
                     DecodedPart* out);
  void ReadHeader();
  void ReadPayload();

  const Policy& policy_;
  bool bare_ = false;
  HeaderValue value_;
  const std::unique_ptr<Json> json_ = std::make_unique<Json>();
  DecodedToken out_;
};

JsonValue TokenDecoder::ReadPart(std::string_view part, const JsonLimits& limits, std::string* text,
                                 DecodedPart* out) {
  out->reason = DecodeText(part, &out->json);
  *text = out->json;
  if (out->reason == Reason::kOk) out->reason = json_->Parse(*text, limits);
  out->canonical = json_->canonical() && out->reason == Reason::kOk;
  if (out->reason != Reason::kOk) {
    Fail(out->reason);
    return {};
  }
  if (!out->canonical) out_.flags.Add(Flag::kNoncanonicalJson);
  return json_->root();
}

void TokenDecoder::ReadHeader() {
  std::string text;
  const JsonValue header = ReadPart(value_.header, policy_.json, &text, &out_.header);
  if (!header.present()) return;
  if (bare_) {
    Fail(ReadTokenHeader(header, policy_.header, &value_, &out_.flags));
    out_.info = value_.info;
    out_.ppt = value_.ppt_text;
  } else {
    Fail(CheckTokenHeader(header, value_, &out_.flags));
  }
}

void TokenDecoder::ReadPayload() {
  std::string text;
  const JsonLimits limits = PayloadLimits(policy_.json, value_.ppt);
  const JsonValue payload = ReadPart(value_.payload, limits, &text, &out_.payload);
  if (!payload.present()) return;
  Claims claims;
  const Reason reason = ReadClaims(payload, value_.ppt, policy_.claims, &claims, &out_.flags);
  Fail(reason);
  out_.has_claims = reason == Reason::kOk;
  out_.iat = claims.iat;
  out_.orig = Describe(claims.orig);
  out_.div = Describe(claims.div);
  for (const Party& party : claims.dests()) out_.dest.push_back(Describe(party));
  out_.attest = claims.attest;
  out_.origid = claims.origid;
  out_.nam = claims.nam;
  out_.crn = claims.crn;
  out_.opt = claims.opt;
}

DecodedToken TokenDecoder::Run(std::string_view value) {
  bare_ = value.find(';') == value.npos;
  HeaderPolicy header = policy_.header;
  header.allow_compact = true;
  Fail(ReadHeaderValue(value, header, &value_));
  if (bare_ && out_.reason == Reason::kInfoMissing) out_.reason = Reason::kOk;
  out_.flags.Add(value_.flags);
  out_.info = value_.info;
  out_.ppt = value_.ppt_text;
  out_.compact = value_.compact() && !value_.signature.empty();
  if (value_.signature.empty() && value_.header.empty()) {
    Fail(Reason::kJwsMalformed);
    return std::move(out_);
  }
  if (!out_.compact) {
    ReadHeader();
    ReadPayload();
  }
  Fail(DecodeText(value_.signature, &out_.signature));
  out_.signature_octets = out_.signature.size();
  return std::move(out_);
}

}  // namespace

DecodedToken Decode(std::string_view value, const Policy& policy) {
  return TokenDecoder(policy).Run(value);
}

}  // namespace sipward::identity
