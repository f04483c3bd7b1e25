// Identity headers up to where certificates are needed: whole values, or the JSON of tokens, which
// chance would never find behind base64. Numbers and URIs as well.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/base64.h"
#include "identity/canonical.h"
#include "identity/identity.h"

namespace {

using namespace std::string_view_literals;  // NOLINT(google-build-using-namespace)
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

std::string Encoded(std::string_view octets) {
  std::string text(octets.size() * 4 / 3 + 4, '\0');
  text.resize(sipward::identity::EncodeBase64Url(octets, text));
  return text;
}

// Header and payload, a line each, become a token with the parameters that its header asks for.
std::string MadeValue(std::string_view text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view header = text.substr(0, end);
  const std::string_view payload = end == text.size() ? ""sv : text.substr(end + 1);
  const std::string token =
      Encoded(header) + "." + Encoded(payload) + "." + Encoded(std::string(64, 'x'));
  const auto decoded = sipward::identity::Decode(token, {});
  std::string value = token + ";info=<" + decoded.info + ">";
  if (!decoded.ppt.empty()) value += ";ppt=\"" + decoded.ppt + "\"";
  return value;
}

bool Within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void Verify(const std::vector<std::string_view>& values, uint8_t how) {
  static const NoCertificates none;
  Policy policy;
  policy.header.allow_compact = (how & 1) != 0;
  policy.claims.lenient_plus = (how & 2) != 0;
  policy.best_of = (how & 4) != 0;
  const sipward::identity::Fingerprint keys[] = {{"sha-256", "AA:BB"}};
  sipward::identity::Request request;
  request.identity = values;
  request.from = "sip:+12025550101@example.net;user=phone";
  request.to = request.request_uri = "tel:+12025550102";
  request.now = 1'800'000'000;
  request.knows_date = true;
  request.date = 1'800'000'000;
  request.fingerprints = keys;
  request.knows_session = (how & 8) != 0;
  request.attest = "A";
  request.origid = "x";
  request.diverted = "tel:+12025550103";
  sipward::identity::Verifier verifier(policy, none);
  const auto& result = verifier.Verify(request);
  // No certificate, no verification; and the same once more.
  Require(result.result != IdentityResult::kVerified && result.attest.empty());
  Require(result.headers.size() <= Policy::kMostHeaders);
  Require((result.result == IdentityResult::kPending) == !result.missing.empty());
  for (size_t i = 0; i < result.headers.size(); ++i) {
    Require(Within(result.headers[i].token, values[i]));
    Require(Within(result.headers[i].x5u, values[i]));
    Require(result.headers[i].reason != Reason::kOk);
  }
  const Reason reason = result.reason;
  Require(verifier.Verify(request).reason == reason);
  // What Decode finds wrong with a header alone, the verification of it alone refuses too.
  if (values.size() != 1 || values[0].find(';') == std::string_view::npos) return;
  const auto decoded = sipward::identity::Decode(values[0], policy);
  if (result.result == IdentityResult::kPending) Require(decoded.reason == Reason::kOk);
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
  switch (how >> 6) {
    case 0: {  // values, one in each line
      std::vector<std::string_view> values;
      for (size_t at = 0; at <= text.size() && values.size() < 10;) {
        const size_t end = std::min(text.find('\n', at), text.size());
        values.push_back(text.substr(at, end - at));
        at = end + 1;
      }
      Verify(values, how);
      break;
    }
    case 1: {  // a value with folds and whatever else
      sipward::identity::Decode(text, {});
      Verify({text}, how);
      break;
    }
    case 2: {  // JSON of a token
      const std::string value = MadeValue(text);
      Verify({value}, how);
      break;
    }
    default:
      Canonical(text);
      break;
  }
  return 0;
}
