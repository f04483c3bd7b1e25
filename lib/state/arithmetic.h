// Integer arithmetic that neither overflows nor turns round at zero.
#ifndef SIPWARD_STATE_ARITHMETIC_H_
#define SIPWARD_STATE_ARITHMETIC_H_

#include <cstdint>
#include <limits>

namespace sipward::state {

// Divisor positive.
constexpr int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
constexpr int64_t FloorModulo(int64_t a, int64_t b) { return a % b + (a % b < 0 ? b : 0); }

constexpr int64_t Saturate(__int128 value) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  return value > kMost ? kMost : value < kLeast ? kLeast : static_cast<int64_t>(value);
}
constexpr int64_t SaturatingAdd(int64_t a, int64_t b) { return Saturate(__int128{a} + b); }
constexpr int64_t SaturatingMultiply(int64_t a, int64_t b) { return Saturate(__int128{a} * b); }
// The absolute value, saturated.
constexpr int64_t Magnitude(int64_t a) { return Saturate(a < 0 ? -__int128{a} : __int128{a}); }

}  // namespace sipward::state

#endif  // SIPWARD_STATE_ARITHMETIC_H_
