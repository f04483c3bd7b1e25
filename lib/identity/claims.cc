#include "identity/claims.h"

#include <algorithm>

#include "base/ascii.h"
#include "identity/rich_call_data.h"

namespace sipward::identity {
namespace {

constexpr int64_t kMostIat = int64_t{1} << 33;

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHexDigit(text[i])) return false;
  }
  return true;
}

class ClaimReader {
 public:
  ClaimReader(const JsonValue& payload, Ppt ppt, const ClaimPolicy& policy, Claims* out,
              FlagSet* flags)
      : payload_(payload), ppt_(ppt), policy_(policy), out_(*out), flags_(*flags) {}

  Reason Run();

 private:
  Reason Iat();
  Reason Number(std::string_view text, Party* out);
  Reason One(const JsonValue& object, Reason type, Party* out);
  Reason Orig();
  Reason Dest();
  Reason DestList(const JsonValue& list, PartyKind kind);
  Reason Shaken();
  Reason Div();
  Reason Rph();
  Reason Mky();
  // Of the claims of extensions: those of this type must be there, others may be.
  Reason Extensions();

  const JsonValue payload_;
  const Ppt ppt_;
  const ClaimPolicy& policy_;
  Claims& out_;
  FlagSet& flags_;
};

Reason ClaimReader::Iat() {
  const JsonValue iat = payload_.Find("iat");
  if (!iat.present()) return Reason::kIatMissing;
  const std::optional<int64_t> seconds = iat.integer();
  if (!seconds || *seconds <= 0 || *seconds >= kMostIat) return Reason::kIatType;
  out_.iat = *seconds;
  return Reason::kOk;
}

// RFC 8225 section 5.2.1: digits, '#' and '*', nothing else.
Reason ClaimReader::Number(std::string_view text, Party* out) {
  if (policy_.lenient_plus && text.starts_with('+')) {
    text.remove_prefix(1);
    flags_.Add(Flag::kTnPlus);
  }
  const bool canonical = std::all_of(text.begin(), text.end(),
                                     [](char c) { return IsDigit(c) || c == '#' || c == '*'; });
  if (!canonical || text.empty() || text.size() > policy_.tn_digits) {
    return Reason::kTnNotCanonical;
  }
  *out = {PartyKind::kTn, text};
  return Reason::kOk;
}

// An object with one text, either tn or uri.
Reason ClaimReader::One(const JsonValue& object, Reason type, Party* out) {
  const JsonValue tn = object.Find("tn");
  const JsonValue uri = object.Find("uri");
  if (tn.present() == uri.present()) return type;
  const JsonValue& one = tn.present() ? tn : uri;
  if (!one.is_string() || one.text().empty()) return type;
  if (tn.present()) return Number(one.text(), out);
  *out = {PartyKind::kUri, one.text()};
  return Reason::kOk;
}

Reason ClaimReader::Orig() {
  const JsonValue orig = payload_.Find("orig");
  if (!orig.present()) return Reason::kOrigMissing;
  const Reason reason = One(orig, Reason::kOrigType, &out_.orig);
  if (reason != Reason::kOk) return reason;
  // RFC 8588: SHAKEN speaks of telephone numbers.
  return ppt_ == Ppt::kShaken && out_.orig.kind != PartyKind::kTn ? Reason::kOrigType : Reason::kOk;
}

Reason ClaimReader::DestList(const JsonValue& list, PartyKind kind) {
  if (!list.is_array() || list.size() == 0) return Reason::kDestType;
  const uint32_t most = std::min(policy_.dest_entries, Claims::kMostDest);
  for (JsonValue entry = list.First(); entry.present(); entry = entry.Next()) {
    if (!entry.is_string() || entry.text().empty()) return Reason::kDestType;
    if (out_.dest_count == most) return Reason::kDestLimit;
    Party& party = out_.dest[out_.dest_count];
    if (kind == PartyKind::kTn) {
      const Reason reason = Number(entry.text(), &party);
      if (reason != Reason::kOk) return reason;
    } else {
      party = {kind, entry.text()};
    }
    ++out_.dest_count;
  }
  return Reason::kOk;
}

Reason ClaimReader::Dest() {
  const JsonValue dest = payload_.Find("dest");
  if (!dest.present()) return Reason::kDestMissing;
  const JsonValue tn = dest.Find("tn");
  const JsonValue uri = dest.Find("uri");
  if (!tn.present() && !uri.present()) return Reason::kDestType;
  if (tn.present()) {
    const Reason reason = DestList(tn, PartyKind::kTn);
    if (reason != Reason::kOk) return reason;
  }
  return uri.present() ? DestList(uri, PartyKind::kUri) : Reason::kOk;
}

// RFC 8588 sections 4 and 5.
Reason ClaimReader::Shaken() {
  const JsonValue attest = payload_.Find("attest");
  const std::string_view level = attest.text();
  if (!attest.is_string() || (level != "A" && level != "B" && level != "C")) {
    return Reason::kAttestInvalid;
  }
  const JsonValue origid = payload_.Find("origid");
  if (!origid.is_string() || origid.text().empty()) return Reason::kOrigidInvalid;
  if (!IsUuid(origid.text())) flags_.Add(Flag::kOrigidNotUuid);
  out_.attest = level;
  out_.origid = origid.text();
  return Reason::kOk;
}

// RFC 8946 sections 3 and 5.
Reason ClaimReader::Div() {
  const JsonValue div = payload_.Find("div");
  if (!div.present()) return Reason::kDivMissing;
  const Reason reason = One(div, Reason::kDivType, &out_.div);
  if (reason != Reason::kOk) return reason;
  const JsonValue history = div.Find("hi");
  if (history.present() && !history.is_string()) return Reason::kDivType;
  if (ppt_ != Ppt::kDivO) return Reason::kOk;
  const JsonValue opt = payload_.Find("opt");
  if (!opt.is_string() || opt.text().empty()) return Reason::kOptInvalid;
  out_.opt = opt.text();
  return Reason::kOk;
}

// RFC 8443 section 3, RFC 9027 sections 3 and 4.
Reason ClaimReader::Rph() {
  const JsonValue rph = payload_.Find("rph");
  if (rph.present() || ppt_ == Ppt::kRph) {
    if (!rph.is_object() || rph.size() == 0) return Reason::kRphInvalid;
    for (JsonValue list = rph.First(); list.present(); list = list.Next()) {
      if (!list.is_array() || list.size() == 0) return Reason::kRphInvalid;
      for (JsonValue value = list.First(); value.present(); value = value.Next()) {
        if (!value.is_string() || value.text().empty()) return Reason::kRphInvalid;
      }
    }
  }
  const JsonValue sph = payload_.Find("sph");
  const bool right = !sph.present() || (sph.is_string() && !sph.text().empty());
  return right ? Reason::kOk : Reason::kSphInvalid;
}

// RFC 8225 section 5.2.2.
Reason ClaimReader::Mky() {
  const JsonValue mky = payload_.Find("mky");
  if (!mky.present()) return Reason::kOk;
  if (!mky.is_array() || mky.size() == 0) return Reason::kMkyInvalid;
  for (JsonValue key = mky.First(); key.present(); key = key.Next()) {
    const JsonValue alg = key.Find("alg");
    const JsonValue dig = key.Find("dig");
    if (!alg.is_string() || alg.text().empty() || !dig.is_string() || dig.text().empty()) {
      return Reason::kMkyInvalid;
    }
  }
  return Reason::kOk;
}

Reason ClaimReader::Extensions() {
  Reason reason = Rph();
  if (reason != Reason::kOk) return reason;
  reason = CheckRichCallData(payload_, ppt_ == Ppt::kRcd, &flags_);
  if (reason != Reason::kOk) return reason;
  out_.nam = payload_.Find("rcd").Find("nam").text();
  out_.crn = payload_.Find("crn").text();
  const JsonValue msgi = payload_.Find("msgi");
  if (msgi.present() || ppt_ == Ppt::kMsg) {
    Digest digest;
    if (!msgi.is_string() || !ReadDigest(msgi.text(), &digest)) return Reason::kMsgiInvalid;
  }
  return Mky();
}

Reason ClaimReader::Run() {
  Reason reason = Iat();
  if (reason == Reason::kOk) reason = Orig();
  if (reason == Reason::kOk) reason = Dest();
  if (reason == Reason::kOk && ppt_ == Ppt::kShaken) reason = Shaken();
  if (reason == Reason::kOk && Diverts(ppt_)) reason = Div();
  if (reason == Reason::kOk) reason = Extensions();
  return reason;
}

}  // namespace

bool Claims::HasDest(const Party& party) const {
  const std::span<const Party> all = dests();
  return std::find(all.begin(), all.end(), party) != all.end();
}

Reason ReadClaims(const JsonValue& payload, Ppt ppt, const ClaimPolicy& policy, Claims* out,
                  FlagSet* flags) {
  out->iat = 0;
  out->dest_count = 0;
  out->orig = out->div = {};
  out->attest = out->origid = out->opt = out->nam = out->crn = {};
  return ClaimReader(payload, ppt, policy, out, flags).Run();
}

}  // namespace sipward::identity
