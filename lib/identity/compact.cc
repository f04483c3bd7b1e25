// Compact form (RFC 8225 section 7): header and claims are left out, since the request says them
// too.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "identity/base64.h"
#include "identity/json_text.h"
#include "identity/rich_call_data.h"
#include "identity/token.h"

namespace sipward::identity {
namespace {

// Writes JSON; what does not fit is remembered.
class Writer {
 public:
  explicit Writer(std::span<char> out) : out_(out) {}
  void Put(std::string_view text) {
    for (const char c : text) {
      if (size_ < out_.size()) out_[size_] = c;
      ++size_;
    }
  }
  void Text(std::string_view text) {
    const size_t written =
        size_ < out_.size() ? WriteJsonText(text, out_.subspan(size_)) : size_t{0};
    size_ += written == 0 ? out_.size() + 1 : written;
  }
  void Int(int64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    Put({digits.data(), static_cast<size_t>(end - digits.data())});
  }
  // "name":
  void Name(std::string_view name) {
    if (members_++ != 0) Put(",");
    Text(name);
    Put(":");
  }
  void Party(const Party& party, bool list) {
    Put(party.kind == PartyKind::kTn ? "{\"tn\":" : "{\"uri\":");
    if (list) Put("[");
    Text(party.text);
    Put(list ? "]}" : "}");
  }
  bool fits() const { return size_ <= out_.size(); }
  std::string_view text() const { return {out_.data(), size_}; }

 private:
  std::span<char> out_;
  size_t size_ = 0;
  int members_ = 0;
};

constexpr size_t kMostFingerprints = 16;
constexpr size_t kMostDigits = 128;

// RFC 8225 section 5.2.2: in order, digits in large letters without colons.
bool PutKeys(const Request& request, Writer* json) {
  std::array<Fingerprint, kMostFingerprints> keys;
  const auto given = request.fingerprints;
  if (given.size() > keys.size()) return false;
  std::copy(given.begin(), given.end(), keys.begin());
  std::sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(given.size()),
            [](const Fingerprint& a, const Fingerprint& b) {
              return a.hash != b.hash ? a.hash < b.hash : a.value < b.value;
            });
  json->Name("mky");
  json->Put("[");
  for (size_t i = 0; i < given.size(); ++i) {
    std::array<char, kMostDigits> digits;
    size_t size = 0;
    for (const char c : keys[i].value) {
      if (c == ':') continue;
      if (size == digits.size() || !IsHexDigit(c)) return false;
      digits[size++] = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    json->Put(i == 0 ? "{\"alg\":" : ",{\"alg\":");
    json->Text(keys[i].hash);
    json->Put(",\"dig\":");
    json->Text({digits.data(), size});
    json->Put("}");
  }
  json->Put("]");
  return true;
}

void PutPriorities(const Request& request, Writer* json) {
  json->Name("rph");
  json->Put("{\"auth\":[");
  bool first = true;
  for (const std::string_view value : request.resource_priority) {
    if (!first) json->Put(",");
    json->Text(value);
    first = false;
  }
  json->Put("]}");
}

// The claims in ascending order. False if the request does not say all of them.
bool PutClaims(const Request& request, const RequestParties& parties, const Token& token,
               Writer* json) {
  const Ppt ppt = token.value.ppt;
  const bool shaken = ppt == Ppt::kShaken;
  const bool div = ppt == Ppt::kDiv;
  const RequestParty& called = div ? parties.target : parties.called;
  if (!request.date || !parties.caller.usable() || !called.usable()) return false;
  if (shaken && (request.attest.empty() || request.origid.empty())) return false;
  json->Put("{");
  if (shaken) {
    json->Name("attest");
    json->Text(request.attest);
  }
  json->Name("dest");
  json->Party(called.party(), true);
  if (div) {
    RequestParty diverted;
    diverted.Set(request.diverted, DigitUsers::kAreNumbers);
    if (!diverted.usable()) return false;
    json->Name("div");
    json->Party(diverted.party(), false);
  }
  json->Name("iat");
  json->Int(*request.date);
  if (!request.fingerprints.empty() && !div && !PutKeys(request, json)) return false;
  json->Name("orig");
  json->Party(parties.caller.party(), false);
  if (shaken) {
    json->Name("origid");
    json->Text(request.origid);
  }
  if (ppt == Ppt::kRph) {
    if (request.resource_priority.empty()) return false;
    PutPriorities(request, json);
  }
  json->Put("}");
  return true;
}

void PutHeader(const Token& token, Writer* json) {
  json->Put("{");
  json->Name("alg");
  json->Text("ES256");
  if (token.value.ppt != Ppt::kNone) {
    json->Name("ppt");
    json->Text(token.value.ppt_text);
  }
  json->Name("typ");
  json->Text("passport");
  json->Name("x5u");
  json->Text(token.value.info);
  json->Put("}");
}

// What a request never says whole: rich call data, a token within a token, which digest of a body.
bool CanBeRebuilt(Ppt ppt) {
  return ppt == Ppt::kNone || ppt == Ppt::kShaken || ppt == Ppt::kDiv || ppt == Ppt::kRph;
}

}  // namespace

Reason RebuildCompact(const Request& request, const RequestParties& parties, Token* token,
                      TokenScratch& scratch, JsonLimits limits, JsonValue* payload) {
  if (!CanBeRebuilt(token->value.ppt)) return Reason::kCompactFormRefused;
  if (!request.date) return Reason::kIatMissing;
  Writer header(scratch.header);
  PutHeader(*token, &header);
  if (!header.fits()) return Reason::kCompactFormRefused;
  const std::span<char> room = token->payload;
  size_t size = EncodeBase64Url(header.text(), room);
  if (size == 0 || size == room.size()) return Reason::kCompactFormRefused;
  room[size++] = '.';
  Writer claims(scratch.header);
  if (!PutClaims(request, parties, *token, &claims) || !claims.fits()) {
    return Reason::kCompactFormRefused;
  }
  const size_t encoded = EncodeBase64Url(claims.text(), room.subspan(size));
  size += encoded;
  if (encoded == 0 || claims.text().size() > room.size() - size) {
    return Reason::kCompactFormRefused;
  }
  token->signed_octets = {room.data(), size};
  // The claims that are kept are views into the text behind the signed octets.
  const std::span<char> kept = room.subspan(size, claims.text().size());
  std::copy(claims.text().begin(), claims.text().end(), kept.begin());
  const Reason reason = scratch.json.Parse(kept, limits);
  *payload = scratch.json.root();
  return reason;
}

}  // namespace sipward::identity
