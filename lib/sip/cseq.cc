#include "sip/disputed.h"
#include "sip/machines.h"
#include "sip/number.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

bool ParseCseq(const char* base, Slice text, AnomalyLog& log, Cseq* out) {
  constexpr uint64_t kEnd = uint64_t{1} << 32;
  *out = Cseq{};
  text = Trim(base, text);
  CseqMarks marks;
  const MachineResult match = MatchCseq(base, text, &marks);
  if (!match.accepted) {
    const bool line_feed = IsLineFeed(base, text, match.stop);
    log.Add(line_feed ? AnomalyId::kLineBareLf : AnomalyId::kCseqMalformed, match.stop);
  }
  NoteTab(base, text, true, log);

  // The machine accepts exactly what these three steps take without a gap, so they also salvage.
  uint32_t at = text.offset;
  out->number = ReadDigits(base, &at, text.end());
  if (at == text.offset) return false;
  out->number_text = Between(text.offset, at);
  out->number_valid = out->number < kEnd;
  if (!out->number_valid) log.Add(AnomalyId::kCseqOverflow, text.offset);
  const uint32_t method = SkipWhiteSpace(base, at, text.end());
  if (method < text.end()) {
    const uint32_t stop = FindWhiteSpace(base, method, text.end());
    out->method_text = Between(method, stop);
    out->method = FindMethod(out->method_text.In(base));
  }
  return true;
}

}  // namespace sipward::sip
