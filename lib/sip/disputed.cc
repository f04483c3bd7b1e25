#include "sip/disputed.h"

#include <algorithm>

#include "sip/scan.h"

namespace sipward::sip {
namespace {

constexpr uint32_t kNowhere = Slice::kAbsent;
constexpr uint32_t kMostPortDigits = 5;

// Where one program ends the host and another goes on or refuses it.
constexpr CharSet kHostDividers(std::string_view("#/]:\0", 5));

// No part of a token, and in the values of parameters taken by all.
constexpr CharSet kTakenInValues("$/:[]");

// What no URI may hold without an escape.
constexpr CharSet kOdd("\"<>\\^`{|}");

// An escape of what needs none: some programs undo it before they look at the host.
bool IsNeedlessEscape(std::string_view text) {
  if (text.size() < 3 || text[0] != '%' || !IsHexDigit(text[1]) || !IsHexDigit(text[2])) {
    return false;
  }
  const auto value = [](char c) { return IsDigit(c) ? c - '0' : ToLower(c) - 'a' + 10; };
  const char octet = static_cast<char>(value(text[1]) * 16 + value(text[2]));
  return IsAlpha(octet) || IsDigit(octet) ||
         std::string_view("-_.!~*'()").find(octet) != std::string_view::npos;
}

bool IsPortOrZero(const char* base, Slice port, int32_t number) {
  return number > 0 || port.In(base) == "0";
}

// An IPv6 reference in which nobody finds the end of the host or a port: hexadecimal digits and
// colons, or no colon at all.
bool IsUndisputedReference(std::string_view host) {
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return false;
  const std::string_view inner = host.substr(1, host.size() - 2);
  const auto plain = [](char c) { return IsHexDigit(c) || c == ':'; };
  const bool colon = inner.find(':') != std::string_view::npos;
  return colon ? std::all_of(inner.begin(), inner.end(), plain)
               : inner.find_first_of("[]") == std::string_view::npos;
}

uint32_t FindDisputedScheme(const char* base, const Uri& uri) {
  if (!uri.scheme.present()) return uri.text.offset;
  const std::string_view scheme = uri.scheme.In(base);
  const bool letters =
      std::all_of(scheme.begin(), scheme.end(), [](char c) { return IsAlpha(c) || c == '.'; });
  return letters ? kNowhere : uri.scheme.offset;
}

// White space, which some trim, some keep and some end at. Within brackets all keep what stands in
// the user or in a parameter, unless it is a fold.
uint32_t FindDisputedSpace(const char* base, Slice text, UriPlace place, const Uri& uri) {
  const uint32_t space = FindWhiteSpace(base, text.offset, text.end());
  if (space == text.end()) return kNowhere;
  if (space < uri.text.offset || place != UriPlace::kBracketed) return space;
  const uint32_t host = uri.host.present() ? uri.host.offset : text.end();
  const uint32_t behind_host = uri.params.present() ? uri.params.offset : text.end();
  for (uint32_t at = space; at < text.end(); ++at) {
    if (at == behind_host) break;
    if (base[at] == '\n' || (base[at] == ' ' && at >= host)) return at;
  }
  return kNowhere;
}

uint32_t FindDisputedUser(const char* base, const Uri& uri) {
  if (uri.password.present() && (uri.user.empty() || uri.password.empty())) {
    return uri.user.offset;
  }
  if (!uri.user.present()) return kNowhere;
  const size_t nul = uri.user.In(base).find("%00");
  return nul == std::string_view::npos ? kNowhere : uri.user.offset + static_cast<uint32_t>(nul);
}

// An escape makes some programs look at every octet, which they pass by otherwise.
uint32_t FindOddBesideEscape(const char* base, Slice text) {
  if (FindChar(base, text.offset, text.end(), '%') == text.end()) return kNowhere;
  for (uint32_t at = text.offset; at < text.end(); ++at) {
    const auto octet = static_cast<unsigned char>(base[at]);
    if (octet <= ' ' || octet >= 0x7F || kOdd.Has(base[at])) return at;
  }
  return kNowhere;
}

uint32_t FindDisputedHost(const char* base, const Uri& uri) {
  const bool two_at = uri.user.present() && uri.user.In(base).find('@') != std::string_view::npos;
  if (two_at && uri.host_kind == HostKind::kIpv6) return uri.user.offset;
  if (!uri.host.present() || uri.host.empty()) return uri.text.offset;
  if (uri.host_kind != HostKind::kBad) return kNowhere;
  if (IsUndisputedReference(uri.host.In(base))) return kNowhere;
  for (uint32_t at = uri.host.offset; at < uri.host.end(); ++at) {
    if (kHostDividers.Has(base[at])) return at;
    if (base[at] == '%' && IsNeedlessEscape(Between(at, uri.host.end()).In(base))) return at;
  }
  return kNowhere;
}

uint32_t FindDisputedPort(const char* base, const Uri& uri) {
  if (!uri.port.present()) return kNowhere;
  const bool plain =
      IsPortOrZero(base, uri.port, uri.port_number) && uri.port.length <= kMostPortDigits;
  return plain ? kNowhere : uri.port.offset;
}

uint32_t FindDisputed(const char* base, Slice text, UriPlace place, const Uri& uri) {
  uint32_t at = FindDisputedScheme(base, uri);
  if (at == kNowhere) at = FindDisputedSpace(base, text, place, uri);
  if (at != kNowhere || (uri.kind != UriScheme::kSip && uri.kind != UriScheme::kSips)) return at;
  at = FindDisputedUser(base, uri);
  if (at == kNowhere) at = FindDisputedHost(base, uri);
  if (at == kNowhere && uri.user.present()) at = FindOddBesideEscape(base, uri.user);
  return at == kNowhere ? FindDisputedPort(base, uri) : at;
}

}  // namespace

void NoteDisputedUri(const char* base, Slice text, UriPlace place, const Uri& uri,
                     AnomalyLog& log) {
  const uint32_t at = FindDisputed(base, text, place, uri);
  if (at != kNowhere) log.Add(AnomalyId::kUriDisputed, at);
}

uint32_t FindDisputedSentBy(const char* base, const Via& via) {
  if (!via.host.present()) return kNowhere;  // the structure has its name
  if (via.port.present() && !IsPortOrZero(base, via.port, via.port_number)) return via.port.offset;
  if (via.host_kind != HostKind::kBad || IsUndisputedReference(via.host.In(base))) return kNowhere;
  for (uint32_t at = via.host.offset; at < via.host.end(); ++at) {
    if (!IsTokenChar(base[at]) || base[at] == '%') return at;
  }
  return via.host.empty() ? via.host.offset : kNowhere;
}

bool IsLineFeed(const char* base, Slice text, uint32_t stop) {
  return stop < text.end() && base[stop] == '\n';
}

AnomalyId NameOfParamError(const char* base, Slice params, uint32_t stop) {
  const uint32_t end = params.end();
  if (stop >= end) return AnomalyId::kParamMalformed;
  if (base[stop] == '(' && IsWhiteSpace(base[stop - 1]) && base[end - 1] == ')') {
    return AnomalyId::kHeaderComment;
  }
  uint32_t begin = stop;
  while (begin > params.offset && base[begin] != '=' && base[begin] != ';') --begin;
  uint32_t at = stop;
  while (at < end && (IsTokenChar(base[at]) || kTakenInValues.Has(base[at]))) ++at;
  const bool taken =
      base[begin] == '=' && kTakenInValues.Has(base[stop]) && (at == end || base[at] == ';');
  return taken ? AnomalyId::kParamValue : AnomalyId::kParamMalformed;
}

AnomalyId NameOfTokenError(std::string_view value, bool* token) {
  *token = !value.empty();
  AnomalyId name = value.empty() ? AnomalyId::kParamMalformed : AnomalyId::kParamValue;
  for (const char c : value) {
    if (IsTokenChar(c)) continue;
    *token = false;
    if (!kTakenInValues.Has(c)) name = AnomalyId::kParamMalformed;
  }
  return name;
}

void NoteTab(const char* base, Slice text, bool alone, AnomalyLog& log) {
  for (uint32_t at = text.offset; at < text.end(); ++at) {
    if (base[at] == '"') {
      const uint32_t behind = SkipQuoted(base, at, text.end());
      if (behind == 0) return;
      at = behind - 1;
      continue;
    }
    if (!IsWhiteSpace(base[at])) continue;
    const uint32_t end = SkipWhiteSpace(base, at, text.end());
    const std::string_view gap = Between(at, end).In(base);
    const size_t tab = gap.find('\t');
    const bool excused = gap.find('\n') != gap.npos || (alone && gap.find(' ') != gap.npos);
    if (tab != gap.npos && !excused) {
      log.Add(AnomalyId::kHeaderTab, at + static_cast<uint32_t>(tab));
      return;
    }
    at = end - 1;
  }
}

}  // namespace sipward::sip
