// Time as the core sees it: an argument, never a clock that it reads.
#ifndef SIPWARD_BASE_TIME_H_
#define SIPWARD_BASE_TIME_H_

#include <cstdint>

namespace sipward {

// Nanoseconds. Monotonic times count from any origin that the host keeps; wall times from 1970 UTC.
using Nanos = int64_t;

inline constexpr Nanos kMicrosecond = 1'000;
inline constexpr Nanos kMillisecond = 1'000'000;
inline constexpr Nanos kSecond = 1'000'000'000;
inline constexpr Nanos kMinute = 60 * kSecond;
inline constexpr Nanos kHour = 60 * kMinute;
inline constexpr Nanos kDay = 24 * kHour;

// The sum, or the end of time in its direction: clocks are what hosts pass, and may be anything.
constexpr Nanos SaturatingSum(Nanos a, Nanos b) {
  Nanos sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a > 0 ? INT64_MAX : INT64_MIN;
}

}  // namespace sipward

#endif  // SIPWARD_BASE_TIME_H_
