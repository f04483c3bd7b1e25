#include "sip/display.h"
#include "sip/disputed.h"
#include "sip/host.h"
#include "sip/machines.h"
#include "sip/params.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

UriUse UseOf(AddressRole role) {
  if (role == AddressRole::kFromTo || role == AddressRole::kUnknown) return UriUse::kParty;
  return role == AddressRole::kContact ? UriUse::kContact : UriUse::kNone;
}

// Where the parts of an address stand; the URI is not read yet.
struct Cut {
  Slice display;
  Slice uri;  // absent if there is none
  Slice params;
  bool in_brackets = false;
};

Cut FromMarks(const NameAddrMarks& marks, uint32_t end) {
  Cut cut;
  cut.in_brackets = marks.laquot != kNoMark;
  if (cut.in_brackets && marks.display_begin != kNoMark) {
    cut.display = Between(marks.display_begin, marks.display_end);
  }
  cut.uri = Between(marks.uri_begin, marks.uri_end);
  if (marks.params_begin != kNoMark) cut.params = Between(marks.params_begin, end);
  return cut;
}

// The bracket that opens the URI, or `end`. A bracket behind `uri;` is part of a parameter. A quote
// that nobody closes is named, and the search goes on behind it.
uint32_t FindLaquot(const char* base, Slice text, Diagnosis& diagnosis) {
  const uint32_t end = text.end();
  bool colon = false;
  for (uint32_t at = text.offset; at < end; ++at) {
    if (base[at] == '<') return at;
    if (base[at] == ';' && colon) return end;
    colon = colon || base[at] == ':';
    if (base[at] != '"') continue;
    const uint32_t behind = SkipQuoted(base, at, end);
    if (behind == 0) {
      diagnosis.Note(AnomalyId::kNameaddrQuoteUnbalanced, at);
      return FindChar(base, at, end, '<');
    }
    at = behind - 1;
  }
  return end;
}

void CutParams(const char* base, uint32_t at, uint32_t end, Slice* params) {
  const uint32_t semicolon = FindChar(base, at, end, ';');
  if (semicolon < end) *params = Between(semicolon + 1, end);
}

Cut SalvageBracketed(const char* base, Slice text, uint32_t laquot, Diagnosis& diagnosis) {
  Cut cut;
  cut.in_brackets = true;
  const uint32_t end = text.end();
  const uint32_t display_end = TrimEnd(base, text.offset, laquot);
  if (display_end > text.offset) cut.display = Between(text.offset, display_end);
  const uint32_t raquot = FindChar(base, laquot + 1, end, '>');
  cut.uri = Between(laquot + 1, raquot);
  if (raquot == end) {
    diagnosis.Note(AnomalyId::kNameaddrUnclosed, laquot);
    return cut;
  }
  const uint32_t next = SkipWhiteSpace(base, raquot + 1, end);
  if (next < end && base[next] != ';') {
    const bool comment = base[next] == '(' && base[end - 1] == ')';
    diagnosis.Note(comment ? AnomalyId::kHeaderComment : AnomalyId::kNameaddrMalformed, next);
  }
  CutParams(base, next, end, &cut.params);
  return cut;
}

constexpr CharSet kBareStops(" \t\r\n;<>\"");

Cut SalvageBare(const char* base, Slice text, UriUse use, Diagnosis& diagnosis) {
  Cut cut;
  const uint32_t end = text.end();
  uint32_t at = text.offset;
  if (base[at] == '"') {
    const uint32_t behind = SkipQuoted(base, at, end);
    if (behind == 0) return cut;  // named by FindLaquot
    cut.display = Between(at, behind);
    at = SkipWhiteSpace(base, behind, end);
    diagnosis.Note(AnomalyId::kNameaddrMalformed, at);
  }
  const uint32_t stop = FindAnyOf(base, at, end, kBareStops);
  if (stop > at) cut.uri = Between(at, stop);
  const uint32_t next = SkipWhiteSpace(base, stop, end);
  if (next < end && base[next] != ';') {
    diagnosis.Note(next > stop ? AnomalyId::kUriWhitespace : AnomalyId::kNameaddrMalformed, stop);
    if (next > stop && use != UriUse::kNone) diagnosis.Note(AnomalyId::kUriDisputed, stop);
  }
  CutParams(base, next, end, &cut.params);
  return cut;
}

Cut Salvage(const char* base, Slice text, uint32_t stop, UriUse use, Diagnosis& diagnosis) {
  const uint32_t laquot = FindLaquot(base, text, diagnosis);
  const Cut cut = laquot < text.end() ? SalvageBracketed(base, text, laquot, diagnosis)
                                      : SalvageBare(base, text, use, diagnosis);
  // Inside the URI it is ParseUri that finds the name.
  const bool in_uri = cut.uri.present() && stop >= cut.uri.offset && stop < cut.uri.end();
  if (!diagnosis.any() && !in_uri) {
    const bool in_params = cut.params.present() && stop >= cut.params.offset;
    const AnomalyId name =
        in_params ? NameOfParamError(base, cut.params, stop, use) : AnomalyId::kNameaddrMalformed;
    diagnosis.Note(IsLineFeed(base, text, stop) ? AnomalyId::kLineBareLf : name, stop);
  }
  return cut;
}

// RFC 3261 section 25.1, c-p-q and c-p-expires. False: it is neither.
bool CheckContactParam(const char* base, const Param& param, Diagnosis& diagnosis) {
  const std::string_view name = param.name.In(base);
  if (EqualsIgnoreCase(name, "q")) {
    if (!IsQvalue(param.value.In(base))) {
      diagnosis.Note(AnomalyId::kParamValue, param.name.offset);
    }
    return true;
  }
  if (!EqualsIgnoreCase(name, "expires")) return false;
  uint64_t seconds;
  if (!param.value.present()) {
    diagnosis.Note(AnomalyId::kParamMalformed, param.name.offset);
  } else {
    ParseNumber(base, param.value, UINT32_MAX, AnomalyId::kExpiresRange, diagnosis.log(), &seconds);
  }
  return true;
}

void ReadParams(const char* base, const Limits& limits, AddressRole role, Diagnosis& diagnosis,
                NameAddr* out) {
  const bool is_contact = role == AddressRole::kContact || role == AddressRole::kUnknown;
  const bool has_tag = role == AddressRole::kFromTo || role == AddressRole::kUnknown;
  WalkParams(base, out->params, ';', limits, AnomalyId::kParamDuplicate, diagnosis,
             [&](const Param& param, bool is_duplicate) {
               const bool is_tag = EqualsIgnoreCase(param.name.In(base), "tag");
               if (is_tag && is_duplicate) {
                 diagnosis.Note(AnomalyId::kTagDuplicate, param.name.offset);
                 return true;
               }
               if (is_tag) out->tag = param.value;
               if (is_tag && has_tag) {
                 bool token;
                 const AnomalyId error =
                     NameOfTokenError(param.value.In(base), UseOf(role), &token);
                 if (!token) diagnosis.Note(error, param.name.offset);
               } else if (!is_contact || !CheckContactParam(base, param, diagnosis)) {
                 CheckGenericValue(base, param, diagnosis);
               }
               return false;
             });
}

// A star, alone or with parameters: with them it is still what every program takes it for.
bool IsStar(const char* base, Slice text) {
  if (base[text.offset] != '*') return false;
  const uint32_t next = SkipWhiteSpace(base, text.offset + 1, text.end());
  return next == text.end() || base[next] == ';';
}

// RFC 3261 section 20.10: the star stands alone, and in Contact. False: there it is no address.
bool ReadStar(const char* base, const Limits& limits, AddressRole role, Diagnosis& diagnosis,
              NameAddr* out) {
  const uint32_t begin = out->text.offset, end = out->text.end();
  const uint32_t next = SkipWhiteSpace(base, begin + 1, end);
  out->is_star = role == AddressRole::kContact || role == AddressRole::kUnknown;
  if (out->is_star) {
    if (next < end) diagnosis.Note(AnomalyId::kContactStarMixed, next);
    return true;
  }
  diagnosis.Note(AnomalyId::kNameaddrMalformed, begin);
  CutParams(base, next, end, &out->params);
  ReadParams(base, limits, role, diagnosis, out);
  return false;
}

}  // namespace

bool ParseNameAddr(const char* base, Slice text, const Limits& limits, AnomalyLog& log,
                   NameAddr* out, AddressRole role) {
  *out = NameAddr{};
  Diagnosis diagnosis(log);
  text = Trim(base, text);
  out->text = text;
  if (text.empty()) {
    diagnosis.Note(AnomalyId::kNameaddrMalformed, text.offset);
    return false;
  }
  if (IsStar(base, text)) return ReadStar(base, limits, role, diagnosis, out);
  NameAddrMarks marks;
  const MachineResult match = MatchNameAddr(base, text, &marks);
  const Cut cut = match.accepted ? FromMarks(marks, text.end())
                                 : Salvage(base, text, match.stop, UseOf(role), diagnosis);
  out->display = cut.display;
  out->params = cut.params;
  out->in_brackets = cut.in_brackets;
  const bool is_party = role == AddressRole::kFromTo;
  if (is_party) {
    NoteTab(base, text, true, log);
  } else if (cut.in_brackets) {
    NoteTab(base, Between(text.offset, cut.uri.offset), false, log);
  }
  const bool is_info = role == AddressRole::kInfo;
  if ((role == AddressRole::kNameAddr || is_info) && !cut.in_brackets && !diagnosis.any()) {
    diagnosis.Note(AnomalyId::kNameaddrMalformed, text.offset);
  }
  if (is_info && cut.display.present()) {
    diagnosis.Note(AnomalyId::kNameaddrMalformed, cut.display.offset);
  }
  const UriPlace place = !cut.in_brackets ? UriPlace::kBare
                         : is_info        ? UriPlace::kAnyScheme
                                          : UriPlace::kBracketed;
  const bool usable =
      cut.uri.present() && ParseUri(base, cut.uri, place, limits, log, &out->uri, UseOf(role));
  ReadParams(base, limits, role, diagnosis, out);
  if (out->display.present()) CheckDisplay(base, *out, log);
  return usable;
}

}  // namespace sipward::sip
