#include "sip/disputed.h"
#include "sip/host.h"
#include "sip/machines.h"
#include "sip/params.h"
#include "sip/percent.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

UriScheme FindScheme(std::string_view scheme) {
  if (EqualsIgnoreCase(scheme, "sip")) return UriScheme::kSip;
  if (EqualsIgnoreCase(scheme, "sips")) return UriScheme::kSips;
  if (EqualsIgnoreCase(scheme, "tel")) return UriScheme::kTel;
  if (EqualsIgnoreCase(scheme, "urn")) return UriScheme::kUrn;
  return UriScheme::kOther;
}

// The offset of the colon behind a scheme (RFC 3986 section 3.1), or of the byte that cannot be
// part of one.
uint32_t FindSchemeEnd(const char* base, Slice text) {
  uint32_t at = text.offset;
  if (at == text.end() || !IsAlpha(base[at])) return at;
  while (at < text.end() && (IsAlpha(base[at]) || IsDigit(base[at]) || base[at] == '+' ||
                             base[at] == '-' || base[at] == '.')) {
    ++at;
  }
  return at;
}

constexpr CharSet kTailStops(";?");
constexpr CharSet kUserStops(";?/,");

// Everything behind a host: `;params?headers`. Bytes before the first separator are left to the
// diagnosis.
void CutTail(const char* base, uint32_t at, uint32_t end, Uri* out) {
  at = FindAnyOf(base, at, end, kTailStops);
  if (at < end && base[at] == ';') {
    const uint32_t question = FindChar(base, at, end, '?');
    out->params = Between(at + 1, question);
    at = question;
  }
  if (at < end) out->headers = Between(at + 1, end);
}

void CutUserinfo(uint32_t begin, uint32_t colon, uint32_t at_sign, Uri* out) {
  const bool has_password = colon < at_sign;
  out->user = Between(begin, has_password ? colon : at_sign);
  if (has_password) out->password = Between(colon + 1, at_sign);
}

void FillSip(const SipUriMarks& marks, uint32_t begin, Uri* out) {
  const uint32_t end = out->text.end();
  if (marks.at_sign != kNoMark) {
    CutUserinfo(begin, marks.user_colon, marks.at_sign, out);
    begin = marks.at_sign + 1;
  }
  uint32_t stop = end;
  if (marks.headers_begin != kNoMark) {
    out->headers = Between(marks.headers_begin, end);
    stop = marks.headers_begin - 1;
  }
  if (marks.params_begin != kNoMark) {
    out->params = Between(marks.params_begin, stop);
    stop = marks.params_begin - 1;
  }
  if (marks.port_begin != kNoMark) {
    out->port = Between(marks.port_begin, stop);
    stop = marks.port_begin - 1;
  }
  out->host = Between(begin, stop);
}

// What a program reads that looks for the last at sign and then for the first ':', ';' or '?'.
void SalvageSip(const char* base, uint32_t begin, Diagnosis& diagnosis, Uri* out) {
  const uint32_t end = out->text.end();
  const uint32_t first = FindChar(base, begin, end, '@');
  if (first < end) {
    uint32_t last = first;
    for (uint32_t at = first + 1; at < end; ++at) {
      if (base[at] != '@') continue;
      if (last == first) diagnosis.Note(AnomalyId::kUriTwoAt, at);
      last = at;
    }
    CutUserinfo(begin, FindChar(base, begin, last, ':'), last, out);
    begin = last + 1;
  }
  const HostPort cut = CutHostPort(base, begin, end, ";?");
  out->host = cut.host;
  out->port = cut.port;
  CutTail(base, cut.end, end, out);
}

void ReadSip(const char* base, uint32_t begin, Diagnosis& diagnosis, MachineResult* match,
             Uri* out) {
  SipUriMarks marks;
  *match = MatchSipUri(base, out->text, &marks);
  if (match->accepted) {
    FillSip(marks, begin, out);
  } else {
    SalvageSip(base, begin, diagnosis, out);
  }
  out->host_kind = CheckHost(base, out->host, diagnosis);
  if (out->port.present()) out->port_number = CheckPort(base, out->port, diagnosis);
}

void ReadTel(const char* base, uint32_t begin, MachineResult* match, Uri* out) {
  SipUriMarks marks;
  *match = MatchTelUri(base, out->text, &marks);
  const uint32_t end = out->text.end();
  const uint32_t semicolon = FindChar(base, begin, end, ';');
  out->user = Between(begin, TrimEnd(base, begin, semicolon));
  if (semicolon < end) out->params = Between(semicolon + 1, end);
}

// RFC 3966 section 3, descriptor: a domain name or the digits of a global number.
bool IsContext(std::string_view text) {
  if (text.empty() || text.front() != '+') return IsHostname(text);
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789-.()", 1) == std::string_view::npos;
}

// A number that is not global has a phone-context, RFC 3966 section 5.1.5.
bool IsLocalWithoutContext(const char* base, const Uri& uri) {
  if (uri.user.empty() || base[uri.user.offset] == '+') return false;
  ParamCursor cursor(base, uri.params);
  for (Param param; cursor.Next(&param);) {
    if (EqualsIgnoreCase(param.name.In(base), "phone-context") && IsContext(param.value.In(base))) {
      return false;
    }
  }
  return true;
}

void CheckPlace(const char* base, UriPlace place, const Uri& uri, Diagnosis& diagnosis) {
  if (place == UriPlace::kRequestUri && uri.headers.present()) {
    diagnosis.Note(AnomalyId::kUriHeadersInRequestUri, uri.headers.offset - 1);
  }
  if (place != UriPlace::kBare) return;
  const uint32_t end = uri.text.end();
  const auto note_first = [&](char c, AnomalyId id) {
    const uint32_t at = FindChar(base, uri.text.offset, end, c);
    if (at < end) diagnosis.Note(id, at);
  };
  note_first(',', AnomalyId::kUriNoBracketsComma);
  note_first('?', AnomalyId::kUriNoBracketsQuestion);
  note_first(';', AnomalyId::kUriMalformed);
}

void CheckParts(const char* base, UriPlace place, const Limits& limits, const Uri& uri,
                AnomalyLog& log) {
  Diagnosis diagnosis(log);
  CheckPlace(base, place, uri, diagnosis);
  WalkParams(base, uri.params, ';', limits, AnomalyId::kParamDuplicate, diagnosis,
             [](const Param&, bool) { return false; });
  const bool is_sip = uri.kind == UriScheme::kSip || uri.kind == UriScheme::kSips;
  if (is_sip && uri.user.present()) {
    const uint32_t at = FindAnyOf(base, uri.user.offset, uri.user.end(), kUserStops);
    if (at < uri.user.end()) diagnosis.Note(AnomalyId::kUriUserAmbiguous, at);
  }
  if (uri.kind == UriScheme::kTel && IsLocalWithoutContext(base, uri)) {
    diagnosis.Note(AnomalyId::kUriMalformed, uri.user.offset);
  }
}

constexpr CharSet kParamMarks("-_.!~*'()%[]/:&+$");

bool IsParamChar(char c) { return IsAlpha(c) || IsDigit(c) || kParamMarks.Has(c); }

// The first byte at which uri-parameters (RFC 3261 section 25.1) cannot go on, or kNoMark. The
// machine alone cannot say it: without an at sign in sight, everything might still be a user.
uint32_t FindParamError(const char* base, Slice params) {
  bool name_empty = true, in_value = false, value_empty = true;
  const auto complete = [&] { return !name_empty && (!in_value || !value_empty); };
  for (uint32_t at = params.offset; at < params.end(); ++at) {
    const char c = base[at];
    if (c == ';') {
      if (!complete()) return at;
      name_empty = value_empty = true;
      in_value = false;
    } else if (c == '=' && !in_value && !name_empty) {
      in_value = true;
    } else if (!IsParamChar(c)) {
      return at;
    } else {
      (in_value ? value_empty : name_empty) = false;
    }
  }
  return complete() ? kNoMark : params.end();
}

// The grammar did not fit and no other name was found for it.
void NoteUnexplained(const char* base, const MachineResult& match, const Uri& uri,
                     Diagnosis& diagnosis) {
  if (match.accepted || diagnosis.any()) return;
  const uint32_t at = uri.params.present() ? FindParamError(base, uri.params) : kNoMark;
  if (at != kNoMark) {
    diagnosis.Note(AnomalyId::kUriParamMalformed, at);
  } else {
    diagnosis.Note(AnomalyId::kUriMalformed, match.stop);
  }
}

// Takes off what may not stand around a URI in this place.
Slice Unwrap(const char* base, Slice text, UriPlace place, Diagnosis& diagnosis) {
  text = Trim(base, text);
  if (place != UriPlace::kRequestUri || text.empty() || base[text.offset] != '<') return text;
  diagnosis.Note(AnomalyId::kUriBracketsInRequestUri, text.offset);
  const uint32_t begin = text.offset + 1;
  return Trim(base, Between(begin, FindChar(base, begin, text.end(), '>')));
}

}  // namespace

bool ParseUri(const char* base, Slice text, UriPlace place, const Limits& limits, AnomalyLog& log,
              Uri* out, UriUse use) {
  *out = Uri{};
  Diagnosis diagnosis(log);
  if (text.length > limits.uri_bytes) log.Add(AnomalyId::kUriTooLong, text.offset);
  const uint32_t space = FindWhiteSpace(base, text.offset, text.end());
  if (space < text.end()) diagnosis.Note(AnomalyId::kUriWhitespace, space);
  out->text = Unwrap(base, text, place, diagnosis);

  const uint32_t colon = FindSchemeEnd(base, out->text);
  if (colon == out->text.end() || base[colon] != ':' || colon == out->text.offset) {
    diagnosis.Note(AnomalyId::kUriMalformed, colon);
    NoteDisputedUri(base, text, place, use, *out, log);
    return false;
  }
  out->scheme = Between(out->text.offset, colon);
  out->kind = FindScheme(out->scheme.In(base));
  MachineResult match{};
  switch (out->kind) {
    case UriScheme::kSip:
    case UriScheme::kSips:
      ReadSip(base, colon + 1, diagnosis, &match, out);
      break;
    case UriScheme::kTel:
      ReadTel(base, colon + 1, &match, out);
      break;
    case UriScheme::kUrn:
      match = MatchUrn(base, out->text);
      break;
    case UriScheme::kOther:
      match = MatchAbsoluteUri(base, out->text);
      if (place != UriPlace::kAnyScheme) log.Add(AnomalyId::kUriUnknownScheme, out->text.offset);
      break;
  }
  CheckEscapes(base, out->text, out->headers.present() ? out->headers.offset : out->text.end(),
               diagnosis);
  NoteUnexplained(base, match, *out, diagnosis);
  CheckParts(base, place, limits, *out, log);
  NoteDisputedUri(base, text, place, use, *out, log);
  return colon + 1 < out->text.end();
}

}  // namespace sipward::sip
