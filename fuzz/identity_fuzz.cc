// Identity headers: whole values, up to where a certificate is needed; or the JSON of tokens, which
// the target encodes and signs with a key of its own, since chance would find neither, all the way
// through a real verification. Numbers and URIs as well.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/canonical.h"
#include "identity/identity.h"
#include "tests/identity/made_pki.h"

namespace {

using sipward::facts::IdentityResult;
using sipward::identity::Canonicalize;
using sipward::identity::DigitUsers;
using sipward::identity::Lookup;
using sipward::identity::Party;
using sipward::identity::PartyKind;
using sipward::identity::Policy;
using sipward::identity::Reason;

void Require(bool condition) {
  if (!condition) std::abort();
}

// Whatever is asked for, nobody has it.
class NoCertificates final : public sipward::identity::CredentialSource {
 public:
  Lookup Find(size_t, std::string_view, int64_t) const override { return {}; }
};

// One certificate stands behind every URL.
class OneCertificate final : public sipward::identity::CredentialSource {
 public:
  OneCertificate() : leaf_(pki_.MakeLeaf()), store_({}) {
    Require(store_.SetAnchors(pki_.anchor(), kNow) == Reason::kOk);
    Require(store_.ProvideCertificate(kUrl, leaf_.pem, kNow, -1) == Reason::kOk);
  }
  const sipward::identity::MadeLeaf& leaf() const { return leaf_; }
  Lookup Find(size_t, std::string_view, int64_t now) const override {
    return store_.Find(kUrl, now);
  }

 private:
  static constexpr std::string_view kUrl = "https://a.example/c";
  static constexpr int64_t kNow = sipward::identity::MadePki::kNow;

  const sipward::identity::MadePki pki_;
  const sipward::identity::MadeLeaf leaf_;
  sipward::identity::TrustStore store_;
};

const OneCertificate& Certificate() {
  static const OneCertificate made;
  return made;
}

std::string_view TakeLine(std::string_view* text) {
  const size_t end = std::min(text->find('\n'), text->size());
  const std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return line;
}

// A line for the header and one for the payload become a token with the parameters that its header
// asks for.
std::string MadeValue(std::string_view* text) {
  const std::string_view header = TakeLine(text);
  const std::string_view payload = TakeLine(text);
  const std::string token = sipward::identity::SignToken(Certificate().leaf(), header, payload);
  const auto decoded = sipward::identity::Decode(token, {});
  std::string value = token + ";info=<" + decoded.info + ">";
  if (!decoded.ppt.empty()) value += ";ppt=\"" + decoded.ppt + "\"";
  return value;
}

bool Within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void CheckResult(const sipward::identity::Result& result,
                 const std::vector<std::string_view>& values) {
  const bool verified = result.result == IdentityResult::kVerified;
  Require(verified == (result.reason == Reason::kOk));
  Require(verified || (result.attest.empty() && result.origid.empty() && result.spc.empty()));
  Require((result.result == IdentityResult::kPending) == !result.missing.empty());
  Require(result.headers.size() <= Policy::kMostHeaders);
  bool holds = false;
  for (size_t i = 0; i < result.headers.size(); ++i) {
    const auto& header = result.headers[i];
    Require(Within(header.token, values[i]) && Within(header.x5u, values[i]));
    Require(!(header.reason == Reason::kOk && (header.ignored || header.duplicate)));
    holds = holds || header.reason == Reason::kOk;
    std::array<char, 256> line;
    Require(sipward::identity::WriteReasonHeader(header, line) == 0 || header.sip_code != 0);
  }
  Require(holds || !verified);
}

void Verify(const std::vector<std::string_view>& values, uint8_t how,
            const sipward::identity::CredentialSource& source) {
  Policy policy;
  policy.header.allow_compact = (how & 1) != 0;
  policy.claims.lenient_plus = (how & 2) != 0;
  policy.best_of = (how & 4) != 0;
  const sipward::identity::Fingerprint keys[] = {{"sha-256", "AA:BB"}};
  sipward::identity::Request request;
  request.identity = values;
  request.from = "sip:+12025550101@example.net;user=phone";
  request.to = "tel:+12025550102";
  request.request_uri = (how & 16) != 0 ? "tel:+12025550103" : request.to;
  request.now = 1'800'000'000;
  request.knows_date = true;
  request.date = 1'800'000'000;
  request.fingerprints = keys;
  request.knows_session = (how & 8) != 0;
  request.attest = "A";
  request.origid = "x";
  request.diverted = "tel:+12025550102";
  sipward::identity::Verifier verifier(policy, source);
  const auto& result = verifier.Verify(request);
  CheckResult(result, values);
  const Reason reason = result.reason;
  const uint32_t flags = result.flags.bits();
  verifier.Verify(request);  // into the same result
  Require(result.reason == reason && result.flags.bits() == flags);
  // What Decode finds wrong with a header alone, its verification refuses too.
  if (values.size() != 1 || values[0].find(';') == std::string_view::npos) return;
  const auto decoded = sipward::identity::Decode(values[0], policy);
  const bool through =
      result.result == IdentityResult::kPending || result.result == IdentityResult::kVerified;
  if (through) Require(decoded.reason == Reason::kOk);
}

void Canonical(std::string_view uri) {
  std::array<char, 512> room, again;
  const Party party = Canonicalize(uri, DigitUsers::kAreNumbers, room);
  if (party.kind == PartyKind::kTn) {
    Require(party.text.find_first_not_of("0123456789#*") == party.text.npos);
    const std::string same = "tel:" + std::string(party.text) + ";phone-context=x";
    Require(Canonicalize(same, DigitUsers::kAreUris, again) == party);
  } else if (party.kind == PartyKind::kUri) {
    Require(Canonicalize(party.text, DigitUsers::kAreUris, again) == party);
  } else {
    Require(party.text.empty());
  }
}

}  // namespace

// The first octet says what the rest is, and under which policy.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const uint8_t how = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const NoCertificates none;
  std::vector<std::string_view> values;
  std::vector<std::string> made;
  std::string_view rest = text;
  switch (how >> 6) {
    case 0:  // values, one in each line
      while (!rest.empty() && values.size() < 10) values.push_back(TakeLine(&rest));
      Verify(values, how, none);
      break;
    case 1:  // a value with folds and whatever else
      sipward::identity::Decode(text, {});
      Verify({text}, how, none);
      break;
    case 2:  // JSON of tokens
      while (!rest.empty() && made.size() < 5) made.push_back(MadeValue(&rest));
      values.assign(made.begin(), made.end());
      Verify(values, how, Certificate());
      break;
    default:
      Canonical(text);
      break;
  }
  return 0;
}
