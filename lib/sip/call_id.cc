#include "sip/disputed.h"
#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

// What programs that split at the at sign, trim or unfold see otherwise than those that do not: the
// offset, or kNoMark.
uint32_t FindDisputed(const char* base, Slice text) {
  if (text.empty() || base[text.offset] == '@') return text.offset;
  const uint32_t sign = FindChar(base, text.offset, text.end(), '@');
  for (uint32_t at = text.offset; at < text.end(); ++at) {
    if (!IsWhiteSpace(base[at])) continue;
    const bool fold = base[at] == '\r' || base[at] == '\n';
    if (fold || at + 1 == sign || at == sign + 1) return at;
  }
  return kNoMark;
}

}  // namespace

bool ParseCallId(const char* base, Slice text, AnomalyLog& log) {
  text = Trim(base, text);
  const MachineResult match = MatchCallId(base, text);
  if (match.accepted) return true;
  NoteTab(base, text, true, log);
  log.Add(AnomalyId::kCallIdMalformed, match.stop);
  const uint32_t disputed = FindDisputed(base, text);
  if (disputed != kNoMark) log.Add(AnomalyId::kCallIdDisputed, disputed);
  return false;
}

}  // namespace sipward::sip
