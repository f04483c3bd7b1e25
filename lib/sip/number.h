// Decimal digits, read without wrapping. Internal to this folder.
#ifndef SIPWARD_SIP_NUMBER_H_
#define SIPWARD_SIP_NUMBER_H_

#include <cstdint>

#include "base/slice.h"
#include "sip/anomaly.h"

namespace sipward::sip {

// Reads the digits at `*at`, moves `*at` behind them, and returns their value, or 2^64-1 if it is
// larger.
uint64_t ReadDigits(const char* base, uint32_t* at, uint32_t end);

// The number that is all of the value of a header; `*out` saturates. Otherwise false: what is more
// than `most` notes `range`, what is no number (`*out` is 0) notes number.malformed, and before
// that a range other than number.overflow, for programs find some number there.
bool ParseWholeNumber(const char* base, Slice text, uint64_t most, AnomalyId range, AnomalyLog& log,
                      uint64_t* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_NUMBER_H_
