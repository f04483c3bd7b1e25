// Decimal digits, read without wrapping. Internal to this folder.
#ifndef SIPWARD_SIP_NUMBER_H_
#define SIPWARD_SIP_NUMBER_H_

#include <cstdint>

namespace sipward::sip {

// Reads the digits at `*at`, moves `*at` behind them, and returns their value, or 2^64-1 if it is
// larger.
uint64_t ReadDigits(const char* base, uint32_t* at, uint32_t end);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_NUMBER_H_
