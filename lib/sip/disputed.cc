#include "sip/disputed.h"

#include <algorithm>

#include "sip/scan.h"
#include "sip/sip.h"

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
  const char octet = static_cast<char>(HexValue(text[1]) * 16 + HexValue(text[2]));
  return IsAlpha(octet) || IsDigit(octet) ||
         std::string_view("-_.!~*'()").find(octet) != std::string_view::npos;
}

bool IsPortOrZero(const char* base, Slice port, int32_t number) {
  return number > 0 || port.In(base) == "0";
}

// An IPv6 reference that all read: hexadecimal digits and colons, never three together.
bool IsUndisputedReference(std::string_view host) {
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return false;
  const std::string_view inner = host.substr(1, host.size() - 2);
  const auto plain = [](char c) { return IsHexDigit(c) || c == ':'; };
  return inner.find(':') != inner.npos && inner.find(":::") == inner.npos &&
         std::all_of(inner.begin(), inner.end(), plain);
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
    if (at >= behind_host) break;
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
  const std::string_view host = uri.host.In(base);
  if (host.size() > 1 && host.front() == '[' && host.find(']') == host.size() - 1 &&
      host.find('%') == host.npos) {
    return kNowhere;
  }
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

// A name that breaks the grammar only in the first letter of its last label, which nobody minds;
// the label has two octets, or all are the four numbers of an address.
bool IsUndisputedName(std::string_view host) {
  size_t labels = 0, label = 0;
  bool numbers = true;
  for (size_t i = 0; i <= host.size(); ++i) {
    if (i < host.size() && host[i] != '.') {
      numbers = numbers && IsDigit(host[i]);
      if (!IsAlpha(host[i]) && !IsDigit(host[i]) && host[i] != '-') return false;
      continue;
    }
    if (i == label || host[label] == '-' || host[i - 1] == '-') return false;
    numbers = numbers && i - label <= 3;
    ++labels;
    if (i < host.size()) label = i + 1;
  }
  return host.size() - label >= 2 || (labels == 4 && numbers);
}

bool IsDisputedHost(const char* base, Slice host, HostKind kind) {
  if (kind != HostKind::kBad) return false;
  const std::string_view text = host.In(base);
  return !IsUndisputedName(text) && !IsUndisputedReference(text);
}

// RFC 3261 section 25.1: what a user, a password and a parameter hold besides letters and digits;
// of escapes the percent sign.
constexpr CharSet kUserMarks("-_.!~*'()&=+$,;?/%");
constexpr CharSet kPasswordMarks("-_.!~*'()&=+$,%");
constexpr CharSet kParamMarks("-_.!~*'()[]/:&+$%;= \t\r\n");

uint32_t FindOther(const char* base, Slice text, const CharSet& marks) {
  if (!text.present()) return kNowhere;
  for (uint32_t at = text.offset; at < text.end(); ++at) {
    if (!IsAlpha(base[at]) && !IsDigit(base[at]) && !marks.Has(base[at])) return at;
  }
  return kNowhere;
}

// An equals sign too many in a parameter, or one without a name or a value.
uint32_t FindOddEquals(const char* base, Slice params) {
  if (!params.present()) return kNowhere;
  bool seen = false;
  for (uint32_t at = params.offset; at < params.end(); ++at) {
    if (base[at] == ';') seen = false;
    if (base[at] != '=') continue;
    const bool no_name = at == params.offset || base[at - 1] == ';';
    const bool no_value = at + 1 == params.end() || base[at + 1] == ';';
    if (seen || no_name || no_value) return at;
    seen = true;
  }
  return kNowhere;
}

uint32_t FindOdd(const char* base, Slice text) {
  if (!text.present()) return kNowhere;
  for (uint32_t at = text.offset; at < text.end(); ++at) {
    const auto octet = static_cast<unsigned char>(base[at]);
    if (octet < ' ' || octet >= 0x7F || kOdd.Has(base[at])) return at;
  }
  return kNowhere;
}

// Where a URI breaks its grammar so that a program that goes by it drops the header that names a
// party.
uint32_t FindBroken(const char* base, const Uri& uri) {
  if (uri.kind != UriScheme::kSip && uri.kind != UriScheme::kSips) {
    // Some know a scheme by its first letters, and end what is opaque where a host would end.
    if (EqualsIgnoreCase(uri.scheme.In(base).substr(0, 3), "sip")) return uri.scheme.offset;
    constexpr CharSet kOpaqueStops(" \t\r\n[]");
    const uint32_t stop = FindAnyOf(base, uri.text.offset, uri.text.end(), kOpaqueStops);
    return stop < uri.text.end() ? stop : FindOdd(base, uri.text);
  }
  if (uri.user.present() && uri.user.empty()) return uri.user.offset;
  if (uri.host.present() && IsDisputedHost(base, uri.host, uri.host_kind)) return uri.host.offset;
  uint32_t at = FindOther(base, uri.user, kUserMarks);
  if (at == kNowhere) at = FindOther(base, uri.password, kPasswordMarks);
  if (at == kNowhere) at = FindOther(base, uri.params, kParamMarks);
  if (at == kNowhere) at = FindOddEquals(base, uri.params);
  return at == kNowhere ? FindOdd(base, uri.headers) : at;
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

void NoteDisputedUri(const char* base, Slice text, UriPlace place, UriUse use, const Uri& uri,
                     AnomalyLog& log) {
  if (use == UriUse::kNone) return;
  uint32_t at = FindDisputed(base, text, place, uri);
  if (at == kNowhere && use == UriUse::kParty) at = FindBroken(base, uri);
  if (at != kNowhere) log.Add(AnomalyId::kUriDisputed, at);
}

uint32_t FindDisputedSentBy(const char* base, const Via& via) {
  if (!via.host.present()) return kNowhere;  // the structure has its name
  if (via.port.present() && !IsPortOrZero(base, via.port, via.port_number)) return via.port.offset;
  return IsDisputedHost(base, via.host, via.host_kind) ? via.host.offset : kNowhere;
}

bool IsLineFeed(const char* base, Slice text, uint32_t stop) {
  return stop < text.end() && base[stop] == '\n';
}

AnomalyId NameOfParamError(const char* base, Slice params, uint32_t stop, UriUse use) {
  const uint32_t end = params.end();
  if (stop >= end) return AnomalyId::kParamMalformed;
  if (base[stop] == '(' && IsWhiteSpace(base[stop - 1]) && base[end - 1] == ')') {
    return AnomalyId::kHeaderComment;
  }
  uint32_t begin = stop;
  while (begin > params.offset && base[begin] != '=' && base[begin] != ';') --begin;
  uint32_t at = stop;
  while (at < end && (IsTokenChar(base[at]) || kTakenInValues.Has(base[at]))) ++at;
  const bool taken = use != UriUse::kParty && base[begin] == '=' &&
                     kTakenInValues.Has(base[stop]) && (at == end || base[at] == ';');
  return taken ? AnomalyId::kParamValue : AnomalyId::kParamMalformed;
}

AnomalyId NameOfTokenError(std::string_view value, UriUse use, bool* token) {
  *token = !value.empty();
  const bool malformed = value.empty() || use == UriUse::kParty;
  AnomalyId name = malformed ? AnomalyId::kParamMalformed : AnomalyId::kParamValue;
  for (const char c : value) {
    if (IsTokenChar(c)) continue;
    *token = false;
    if (!kTakenInValues.Has(c)) name = AnomalyId::kParamMalformed;
  }
  return name;
}

void NoteTab(const char* base, Slice text, bool in_folds, AnomalyLog& log) {
  if (FindChar(base, text.offset, text.end(), '\t') == text.end()) return;
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
    if (tab != gap.npos && (in_folds || gap.find('\n') == gap.npos)) {
      log.Add(AnomalyId::kHeaderTab, at + static_cast<uint32_t>(tab));
      return;
    }
    at = end - 1;
  }
}

bool IsTelling(HeaderId id) {
  switch (id) {
    case HeaderId::kVia:
    case HeaderId::kFrom:
    case HeaderId::kTo:
    case HeaderId::kCallId:
    case HeaderId::kCseq:
    case HeaderId::kContentLength:
      return true;
    default:
      return false;
  }
}

void CheckAroundValue(const char* base, const Header& header, uint32_t end, AnomalyLog& log) {
  if (!IsTelling(header.id)) return;
  NoteTab(base, Between(FindChar(base, header.name.end(), end, ':'), header.value.offset), true,
          log);
  if (header.id == HeaderId::kVia && header.value.end() != end) {
    log.Add(AnomalyId::kViaDisputed, header.value.end());
  }
}

}  // namespace sipward::sip
