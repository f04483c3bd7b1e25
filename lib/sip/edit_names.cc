#include "sip/edit_names.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "sip/header_line.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

struct Stripped {
  std::string_view name;
  uint32_t flag;
};

// Those that header.def does not know; `n` is the compact form of Identity-Info (RFC 4474).
constexpr Stripped kUnknownToTheParser[] = {
    {"CC-Diversion", kStripDiversion},     {"Attestation-Info", kStripAttestation},
    {"Origination-Id", kStripAttestation}, {"P-Asserted-Service", kStripProvider},
    {"P-Served-User", kStripProvider},     {"P-Called-Party-ID", kStripProvider},
    {"P-Charging-Vector", kStripProvider}, {"P-Charging-Function-Addresses", kStripProvider},
    {"Identity-Info", kStripIdentity},     {"n", kStripIdentity}};

constexpr size_t kLongestName = 32;  // longer than any of the set

uint32_t FlagOf(HeaderId id, std::string_view name) {
  switch (id) {
    case HeaderId::kPAssertedIdentity:
      return kStripAsserted;
    case HeaderId::kPPreferredIdentity:
      return kStripPreferred;
    case HeaderId::kRemotePartyId:
      return kStripRemoteParty;
    case HeaderId::kDiversion:
      return kStripDiversion;
    case HeaderId::kHistoryInfo:
      return kStripHistory;
    case HeaderId::kPAttestationIndicator:
    case HeaderId::kPOriginationId:
      return kStripAttestation;
    case HeaderId::kIdentity:
      return kStripIdentity;
    case HeaderId::kPrivacy:
      return kStripPrivacy;
    default:
      break;
  }
  if (name.size() > kLongestName) return 0;
  for (const Stripped& one : kUnknownToTheParser) {
    if (EqualsIgnoreCase(name, one.name)) return one.flag;
  }
  return 0;
}

bool IsControl(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

// Nothing that a name holds: a program that leaves it out sees the name without it.
bool IsGap(char c) { return IsControl(c) || IsBlank(c); }

// A fold as the parser knows it: CRLF or LF, white space around it, no other CR and no control.
bool IsFold(std::string_view gap) {
  bool line_end = false;
  for (size_t i = 0; i < gap.size(); ++i) {
    if (gap[i] == '\n') {
      line_end = true;
    } else if (gap[i] == '\r' ? i + 1 == gap.size() || gap[i + 1] != '\n' : !IsBlank(gap[i])) {
      return false;
    }
  }
  return line_end;
}

size_t SkipGap(std::string_view text, size_t at) {
  while (at < text.size() && IsGap(text[at])) ++at;
  return at;
}

// Whether `text` is `name` once all octets are left out that no name holds.
bool SqueezesTo(std::string_view text, std::string_view name) {
  size_t length = 0;
  for (const char c : text) {
    if (!IsTokenChar(c)) continue;
    if (length == name.size() || ToLower(c) != ToLower(name[length])) return false;
    ++length;
  }
  return length == name.size();
}

// What is left of `text` in the same way; empty if that is nothing or more than there is room for.
std::string_view Squeeze(std::string_view text, std::array<char, kLongestName>& room) {
  size_t length = 0;
  for (const char c : text) {
    if (!IsTokenChar(c)) continue;
    if (length == room.size()) return {};
    room[length++] = c;
  }
  return {room.data(), length};
}

size_t SkipToken(std::string_view text, size_t at) {
  while (at < text.size() && IsTokenChar(text[at])) ++at;
  return at;
}

}  // namespace

EditTarget::EditTarget(const Edit& edit) {
  if (edit.kind == EditKind::kStripIdentity) {
    strip_ = edit.number;
  } else if (edit.kind == EditKind::kBody) {
    id_ = HeaderId::kContentType;
  } else {
    id_ = FindHeader(edit.name);
    name_ = edit.name;
  }
}

bool EditTarget::Is(HeaderId id, std::string_view name) const {
  if (strip_ != 0) return (FlagOf(id, name) & strip_) != 0;
  if (id_ != HeaderId::kOther) return id == id_;
  return id == HeaderId::kOther && EqualsIgnoreCase(name, name_);
}

bool EditTarget::MayBe(std::string_view line) const {
  for (size_t at = 0; at < line.size(); ++at) {
    const size_t end = SkipToken(line, at);
    const std::string_view word = line.substr(at, end - at);
    if (!word.empty() && Is(FindHeader(word), word)) return true;
    at = end;
  }
  // What a program reads that passes over what it does not expect.
  const std::string_view before_colon = line.substr(0, line.find(':'));
  if (strip_ == 0 && id_ == HeaderId::kOther) return SqueezesTo(before_colon, name_);
  std::array<char, kLongestName> room;
  const std::string_view squeezed = Squeeze(before_colon, room);
  return !squeezed.empty() && Is(FindHeader(squeezed), squeezed);
}

EditTarget::Sight EditTarget::LookInside(std::string_view line) const {
  Sight sight = Sight::kNothing;
  for (size_t at = 0; at < line.size();) {
    if (!IsControl(line[at])) {
      ++at;
      continue;
    }
    const size_t begin = SkipGap(line, at);
    const size_t end = SkipToken(line, begin);
    const size_t colon = SkipGap(line, end);
    const std::string_view word = line.substr(begin, end - begin);
    if (!word.empty() && colon < line.size() && line[colon] == ':' && Is(FindHeader(word), word)) {
      if (!IsFold(line.substr(at, begin - at))) return Sight::kBehindControl;
      sight = Sight::kBehindFold;
    }
    at = std::max(end, at + 1);
  }
  return sight;
}

}  // namespace sipward::sip
