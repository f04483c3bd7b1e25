// Estimates of how many different items were seen, from bits and from registers.
//
// An item is 48 bits of keyed hash: linear counting takes the lowest 9, HyperLogLog the highest 10
// for the register and the rest for the rank.
#ifndef SIPWARD_STATE_SKETCH_H_
#define SIPWARD_STATE_SKETCH_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace sipward::state {

inline constexpr unsigned kItemBits = 48;
inline constexpr uint64_t kItemMask = (uint64_t{1} << kItemBits) - 1;
inline constexpr unsigned kBitmapBits = 512;
inline constexpr unsigned kRegisterBits = 10;
inline constexpr unsigned kMaxRank = kItemBits - kRegisterBits + 1;

using Bitmap = std::array<uint64_t, kBitmapBits / 64>;
using Registers = std::array<uint8_t, size_t{1} << kRegisterBits>;

// True if the item set a bit, or raised a register.
bool AddToBitmap(uint64_t item, Bitmap* bitmap);
bool AddToRegisters(uint64_t item, Registers* registers);

// Linear counting (Whang, Vander-Zanden, Taylor 1990) by the number of bits still zero: m ln(m /
// zeros).
double CountBitmap(unsigned zeros);
unsigned Zeros(const Bitmap& a);
unsigned Zeros(const Bitmap& a, const Bitmap& b);  // of both together

// HyperLogLog with Ertl's estimator (2017), which needs no correction for small or large numbers.
// `b` may be null.
double CountRegisters(const Registers& a, const Registers* b);

}  // namespace sipward::state

#endif  // SIPWARD_STATE_SKETCH_H_
