#include "sip/number.h"

#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

uint64_t ReadDigits(const char* base, uint32_t* at, uint32_t end) {
  constexpr uint64_t kMost = UINT64_MAX;
  constexpr uint32_t kSafeDigits = 19;  // fewer than any value that needs the check
  const char* digit = base + *at;
  const char* const stop = base + end;
  const char* const safe = end - *at < kSafeDigits ? stop : digit + kSafeDigits;
  uint64_t value = 0;
  for (; digit != safe && IsDigit(*digit); ++digit) {
    value = value * 10 + static_cast<uint64_t>(*digit - '0');
  }
  if (digit == safe) {
    for (; digit != stop && IsDigit(*digit); ++digit) {
      const auto next = static_cast<uint64_t>(*digit - '0');
      value = value > (kMost - next) / 10 ? kMost : value * 10 + next;
    }
  }
  *at = static_cast<uint32_t>(digit - base);
  return value;
}

bool ParseWholeNumber(const char* base, Slice text, uint64_t most, AnomalyId range, AnomalyLog& log,
                      uint64_t* out) {
  uint32_t at = text.offset;
  *out = text.In(base).empty() ? 0 : ReadDigits(base, &at, text.end());
  if (at == text.offset || at != text.end()) {
    if (range != AnomalyId::kNumberOverflow) log.Add(range, text.offset);
    log.Add(AnomalyId::kNumberMalformed, text.offset);
    *out = 0;
    return false;
  }
  if (*out > most) log.Add(range, text.offset);
  return *out <= most;
}

bool ParseNumber(const char* base, Slice text, uint64_t most, AnomalyId range, AnomalyLog& log,
                 uint64_t* out) {
  const Slice digits = Trim(base, text);
  uint32_t at = digits.offset;
  *out = ReadDigits(base, &at, digits.end());
  if (digits.empty() || at != digits.end()) {
    log.Add(range, at);
    return false;
  }
  if (*out > most) {
    log.Add(range, digits.offset);
    return false;
  }
  return true;
}

}  // namespace sipward::sip
