#include "sip/host.h"

#include <algorithm>

#include "base/ip.h"
#include "sip/number.h"

namespace sipward::sip {
namespace {

// The longest IPv6 text has 45 characters; nothing longer needs to be tried.
constexpr size_t kLongestAddress = 64;

}  // namespace

bool IsAddressText(std::string_view text) {
  return text.size() <= kLongestAddress && IpAddress::Parse(text).has_value();
}

namespace {

// hexseq ":" ":" ":" IPv4address: two colons from hexpart, one from IPv6address, as RFC 3261
// section 25.1 has it.
bool IsThreeColonCase(std::string_view text) {
  const size_t at = text.find(":::");
  if (at == std::string_view::npos || text.size() > kLongestAddress) return false;
  char fixed[kLongestAddress];
  std::copy(text.begin(), text.begin() + static_cast<ptrdiff_t>(at), fixed);
  std::copy(text.begin() + static_cast<ptrdiff_t>(at) + 1, text.end(), fixed + at);
  const std::string_view rest = text.substr(at + 3);
  return rest.find(':') == std::string_view::npos && rest.find('.') != std::string_view::npos &&
         IsAddressText({fixed, text.size() - 1});
}

HostKind CheckIpv6(const char* base, Slice host, Diagnosis& diagnosis) {
  const std::string_view text = host.In(base);
  const bool closed = text.size() >= 2 && text.back() == ']';
  const std::string_view inner = closed ? text.substr(1, text.size() - 2) : std::string_view();
  if (inner.find(':') != std::string_view::npos && IsAddressText(inner)) return HostKind::kIpv6;
  if (closed && IsThreeColonCase(inner)) {
    diagnosis.log().AddTolerated(AnomalyId::kUriIpv6Bad, host.offset);
  } else {
    diagnosis.Note(AnomalyId::kUriIpv6Bad, host.offset);
  }
  return HostKind::kBad;
}

}  // namespace

constexpr CharSet kLabelChars("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

// Labels of letters, digits and inner hyphens; the last begins
// with a letter; a dot may end it.
bool IsHostname(std::string_view text) {
  if (!text.empty() && text.back() == '.') text.remove_suffix(1);
  size_t label = 0;
  for (size_t i = 0;; ++i) {
    if (i < text.size() && text[i] != '.') {
      if (!kLabelChars.Has(text[i])) return false;
      continue;
    }
    if (i == label || text[label] == '-' || text[i - 1] == '-') return false;
    if (i == text.size()) return IsAlpha(text[label]);
    label = i + 1;
  }
}

HostKind CheckHost(const char* base, Slice host, Diagnosis& diagnosis) {
  const std::string_view text = host.In(base);
  if (!text.empty() && text.front() == '[') return CheckIpv6(base, host, diagnosis);
  if (text.find(':') != std::string_view::npos) {
    diagnosis.Note(AnomalyId::kUriIpv6Bad, host.offset);
    return HostKind::kBad;
  }
  const bool digit_first = !text.empty() && IsDigit(text.front());
  if (digit_first && IsAddressText(text)) return HostKind::kIpv4;
  if (IsHostname(text)) return HostKind::kName;
  diagnosis.Note(AnomalyId::kUriHostBad, host.offset);
  return HostKind::kBad;
}

void CheckGenericValue(const char* base, const Param& param, Diagnosis& diagnosis) {
  const bool in_brackets = !param.value.empty() && base[param.value.offset] == '[';
  if (in_brackets) CheckHost(base, param.value, diagnosis);
}

int32_t CheckPort(const char* base, Slice port, Diagnosis& diagnosis) {
  uint32_t at = port.offset;
  const uint64_t number = ReadDigits(base, &at, port.end());
  if (!port.empty() && at == port.end() && number >= 1 && number <= 65'535) {
    return static_cast<int32_t>(number);
  }
  diagnosis.Note(AnomalyId::kUriPortRange, port.offset);
  return -1;
}

HostPort CutHostPort(const char* base, uint32_t at, uint32_t end, std::string_view stops) {
  uint32_t stop = at;
  while (stop < end && !IsWhiteSpace(base[stop]) &&
         stops.find(base[stop]) == std::string_view::npos) {
    ++stop;
  }
  const uint32_t bracket = at < stop && base[at] == '[' ? FindChar(base, at, stop, ']') : at;
  const uint32_t first = FindChar(base, bracket, stop, ':');
  if (bracket == at && first < stop && FindChar(base, first + 1, stop, ':') < stop) {
    return {Between(at, stop), Slice{}, stop};
  }
  HostPort cut{Between(at, first), Slice{}, stop};
  if (first < stop) cut.port = Between(first + 1, stop);
  return cut;
}

}  // namespace sipward::sip
