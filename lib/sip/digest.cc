#include "sip/machines.h"
#include "sip/params.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

struct Field {
  std::string_view name;
  Slice Digest::*slice;
};

// RFC 7616 sections 3.3 and 3.4.
constexpr Field kFields[] = {
    {"username", &Digest::username}, {"realm", &Digest::realm},
    {"nonce", &Digest::nonce},       {"uri", &Digest::uri},
    {"response", &Digest::response}, {"algorithm", &Digest::algorithm},
    {"cnonce", &Digest::cnonce},     {"opaque", &Digest::opaque},
    {"qop", &Digest::qop},           {"nc", &Digest::nc},
    {"stale", &Digest::stale},       {"domain", &Digest::domain},
};

void TakeParam(const char* base, const Param& param, Digest* out) {
  for (const Field& field : kFields) {
    if (!EqualsIgnoreCase(param.name.In(base), field.name)) continue;
    if (!(out->*field.slice).present()) out->*field.slice = Unquote(base, param.value);
    return;
  }
}

// The quote that nothing closes; ParamCursor reads it to the end.
bool IsOpenQuote(const char* base, Slice value) {
  return !value.empty() && base[value.offset] == '"' &&
         SkipQuoted(base, value.offset, value.end()) == 0;
}

void ReadParams(const char* base, Slice params, const Limits& limits, Diagnosis& structure,
                Digest* out) {
  Diagnosis duplicates(structure.log());
  WalkParams(base, params, ',', limits, AnomalyId::kDigestDuplicateParam, duplicates,
             [&](const Param& param, bool) {
               if (!param.value.present()) {
                 structure.Note(AnomalyId::kDigestNoEquals, param.name.offset);
               } else if (IsOpenQuote(base, param.value)) {
                 structure.Note(AnomalyId::kDigestMalformed, param.value.offset);
               }
               TakeParam(base, param, out);
               return false;
             });
}

// What credentials and challenges must hold, RFC 7616 sections 3.3 and 3.4.
void CheckFields(const Digest& digest, AnomalyLog& log) {
  if (!digest.realm.present()) log.Add(AnomalyId::kDigestRealmMissing, digest.text.offset);
  const bool credentials = digest.response.present();
  if (credentials && digest.qop.present() && (!digest.nc.present() || !digest.cnonce.present())) {
    log.Add(AnomalyId::kDigestQopWithoutNc, digest.qop.offset);
  }
}

// Where programs that look at credentials at all refuse the message: no scheme that white space
// ends, or a quote that nobody closes.
void NoteDisputed(const char* base, Slice text, uint32_t scheme_end, AnomalyLog& log) {
  const bool spaced = scheme_end < text.end() && IsWhiteSpace(base[scheme_end]);
  if (scheme_end == text.offset || !spaced) {
    return log.Add(AnomalyId::kDigestDisputed, scheme_end);
  }
  for (uint32_t at = scheme_end; at < text.end(); ++at) {
    if (base[at] != '"') continue;
    const uint32_t behind = SkipQuoted(base, at, text.end());
    if (behind == 0) return log.Add(AnomalyId::kDigestDisputed, at);
    at = behind - 1;
  }
}

}  // namespace

bool ParseDigest(const char* base, Slice text, const Limits& limits, AnomalyLog& log, Digest* out) {
  *out = Digest{};
  text = Trim(base, text);
  out->text = text;
  uint32_t scheme_end = text.offset;
  while (scheme_end < text.end() && IsTokenChar(base[scheme_end])) ++scheme_end;
  NoteDisputed(base, text, scheme_end, log);
  if (scheme_end == text.offset) {
    log.Add(AnomalyId::kDigestMalformed, text.offset);
    return false;
  }
  out->scheme = Between(text.offset, scheme_end);
  if (!EqualsIgnoreCase(out->scheme.In(base), "Digest")) {
    log.Add(AnomalyId::kDigestUnknownScheme, text.offset);
    // RFC 3261 section 25.1 asks for white space behind auth-scheme; what comes then is the
    // scheme's.
    if (scheme_end == text.end() || !IsWhiteSpace(base[scheme_end])) {
      log.Add(AnomalyId::kDigestMalformed, scheme_end);
    }
    return true;
  }
  DigestMarks marks;
  const MachineResult match = MatchDigest(base, text, &marks);
  Diagnosis structure(log);
  ReadParams(base, Between(scheme_end, text.end()), limits, structure, out);
  if (!match.accepted && !structure.any()) structure.Note(AnomalyId::kDigestMalformed, match.stop);
  CheckFields(*out, log);
  return true;
}

}  // namespace sipward::sip
