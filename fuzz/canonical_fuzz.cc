// Numbers and URIs as they are compared: a second implementation says the same of what is well
// formed, and of anything the result is in its alphabet, no longer than what it came of, the same
// once more, and fits or is nothing.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fuzz/support/naive_canonical.h"
#include "identity/canonical.h"

namespace {

using sipward::fuzz::Naive;
using sipward::fuzz::NaiveSip;
using sipward::identity::Canonicalize;
using sipward::identity::DigitUsers;
using sipward::identity::Party;
using sipward::identity::PartyKind;

constexpr size_t kMostUri = 2'048;
using Room = std::array<char, kMostUri>;

void Require(bool condition) {
  if (!condition) std::abort();
}

Naive Read(const std::string& uri, DigitUsers digit_users) {
  Room room;
  const Party party = Canonicalize(uri, digit_users, room);
  switch (party.kind) {
    case PartyKind::kNone:
      break;
    case PartyKind::kAnonymous:
      return {Naive::Kind::kAnonymous, std::string(party.text)};
    case PartyKind::kTn:
      return {Naive::Kind::kNumber, std::string(party.text)};
    case PartyKind::kUri:
      return {Naive::Kind::kUri, std::string(party.text)};
  }
  return {Naive::Kind::kNone, std::string(party.text)};
}

// Of any text.
void CheckForm(const std::string& uri, DigitUsers digit_users, const Naive& found) {
  const bool text = found.kind == Naive::Kind::kNumber || found.kind == Naive::Kind::kUri;
  Require(found.text.empty() != text);
  if (!text) return;
  Require(found.text.size() <= uri.size());
  Room room;
  // To the octet, and no less.
  Require(Canonicalize(uri, digit_users, std::span(room).first(found.text.size())).text ==
          found.text);
  Require(Canonicalize(uri, digit_users, std::span(room).first(found.text.size() - 1)).kind ==
          PartyKind::kNone);
  if (found.kind == Naive::Kind::kNumber) {
    Require(found.text.find_first_not_of("0123456789#*") == found.text.npos);
    Require(Read("tel:" + found.text, DigitUsers::kAreUris) == found);
    return;
  }
  for (const char c : found.text) Require(c > ' ' && c < 0x7f);
  Require(Read(found.text, DigitUsers::kAreUris) == found);
}

std::string Written(const NaiveSip& parts) {
  std::string uri = parts.scheme + ":";
  if (parts.user) uri += *parts.user;
  if (parts.password) uri += ":" + *parts.password;
  if (parts.user) uri += "@";
  uri += parts.host;
  if (!parts.port.empty()) uri += ":" + parts.port;
  return uri + parts.params + parts.headers;
}

std::string Upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// What does not tell two parties apart.
void CheckSame(const NaiveSip& parts, DigitUsers digit_users, const Naive& found) {
  NaiveSip other = parts;
  other.scheme = Upper(parts.scheme);
  other.host = Upper(parts.host);
  other.port = parts.port.empty() ? "5060" : "";
  other.headers = parts.headers.empty() ? "?Subject=x" : "";
  other.params += ";transport=tcp";
  if (parts.user)
    other.password = parts.password ? std::nullopt : std::optional<std::string>("secret");
  const std::string uri = Written(other);
  if (uri.size() <= kMostUri) Require(Read(uri, digit_users) == found);
  if (found.kind != Naive::Kind::kNumber) return;
  other.user = "+(" + found.text.substr(0, 1) + ")-" + found.text.substr(1) + ";ext=7";
  if (found.text.find('#') == found.text.npos && sipward::fuzz::SaysPhone(other)) {
    Require(Read(Written(other), digit_users) == found);
  }
}

}  // namespace

// The first octet says whether users of digits are numbers.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const bool numbers = (data[0] & 1) != 0;
  const DigitUsers digit_users = numbers ? DigitUsers::kAreNumbers : DigitUsers::kAreUris;
  const std::string uri(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Naive found = Read(uri, digit_users);
  if (uri.size() > kMostUri) Require(found == Naive());
  CheckForm(uri, digit_users, found);
  if (uri.size() > kMostUri) return 0;
  const auto expected = sipward::fuzz::NaiveCanonical(uri, numbers);
  if (!expected) return 0;
  Require(found == *expected);
  if (const auto parts = sipward::fuzz::SplitSip(uri)) CheckSame(*parts, digit_users, found);
  return 0;
}
