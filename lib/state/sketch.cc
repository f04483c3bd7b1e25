#include "state/sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sipward::state {
namespace {

using Histogram = std::array<uint16_t, kMaxRank + 1>;

constexpr double kRegisters = uint64_t{1} << kRegisterBits;

// The share of registers still at zero, as a sum over all ranks that they could have had.
double Sigma(double x) {
  if (x >= 1) return HUGE_VAL;
  double power = 1, sum = x, before;
  do {
    x *= x;
    before = sum;
    sum += x * power;
    power += power;
  } while (sum != before);
  return sum;
}

// The same for the registers at the highest rank.
double Tau(double x) {
  if (x <= 0 || x >= 1) return 0;
  double power = 1, sum = 1 - x, before;
  do {
    x = std::sqrt(x);
    before = sum;
    power /= 2;
    sum -= (1 - x) * (1 - x) * power;
  } while (sum != before);
  return sum / 3;
}

// Four histograms, so that equal neighbours do not wait for each other.
Histogram Count(const Registers& a, const Registers* b) {
  std::array<std::array<uint16_t, 64>, 4> parts{};
  for (size_t i = 0; i < a.size(); i += 4) {
    for (size_t j = 0; j < 4; ++j) {
      const uint8_t rank = b == nullptr ? a[i + j] : std::max(a[i + j], (*b)[i + j]);
      ++parts[j][rank & 63u];
    }
  }
  Histogram counts{};
  for (size_t rank = 0; rank < counts.size(); ++rank) {
    for (const auto& part : parts) {
      counts[rank] = static_cast<uint16_t>(counts[rank] + part[rank]);
    }
  }
  return counts;
}

}  // namespace

bool AddToBitmap(uint64_t item, Bitmap* bitmap) {
  const uint64_t bit = item % kBitmapBits;
  uint64_t& word = (*bitmap)[bit / 64];
  const uint64_t before = word;
  word |= uint64_t{1} << (bit % 64);
  return word != before;
}

bool AddToRegisters(uint64_t item, Registers* registers) {
  const unsigned rank_bits = kItemBits - kRegisterBits;
  item &= kItemMask;
  const uint64_t rest = item & ((uint64_t{1} << rank_bits) - 1);
  const auto rank =
      static_cast<uint8_t>(static_cast<unsigned>(std::countl_zero(rest)) - (64 - rank_bits) + 1);
  uint8_t& held = (*registers)[item >> rank_bits];
  if (held >= rank) return false;
  held = rank;
  return true;
}

double CountBitmap(unsigned zeros) {
  return kBitmapBits * std::log(double{kBitmapBits} / std::max(zeros, 1u));
}

unsigned Zeros(const Bitmap& a) {
  int ones = 0;
  for (const uint64_t word : a) ones += std::popcount(word);
  return kBitmapBits - static_cast<unsigned>(ones);
}

unsigned Zeros(const Bitmap& a, const Bitmap& b) {
  int ones = 0;
  for (size_t i = 0; i < a.size(); ++i) ones += std::popcount(a[i] | b[i]);
  return kBitmapBits - static_cast<unsigned>(ones);
}

double CountRegisters(const Registers& a, const Registers* b) {
  const Histogram counts = Count(a, b);
  double z = kRegisters * Tau(1 - counts[kMaxRank] / kRegisters);
  for (size_t rank = kMaxRank - 1; rank >= 1; --rank) z = 0.5 * (z + counts[rank]);
  z += kRegisters * Sigma(counts[0] / kRegisters);
  return kRegisters * kRegisters / (2 * std::log(2.0) * z);
}

}  // namespace sipward::state
