#include "benchmarks/prefixes.h"

#include <malloc.h>

#include <algorithm>
#include <cstdint>

namespace sipward::bench {
namespace {

constexpr uint32_t kRanges = 500;
constexpr uint32_t kEach = kPrefixes / kRanges;
constexpr uint32_t kLengths = 6;
constexpr uint32_t kShortest = 3;
constexpr size_t kNumbers = size_t{1} << 18;
constexpr size_t kNumberDigits = 12;

// A congruential generator: these must be the same everywhere.
class Random {
 public:
  uint32_t Below(uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>((state_ >> 32) * bound >> 32);
  }

 private:
  uint64_t state_ = 1;
};

// The prefix with this number, below kPrefixes: multiples of a step that shares no factor with a
// power of ten meet none twice.
std::string Prefix(uint32_t number) {
  constexpr uint64_t kStep = 7'368'787;
  const uint32_t range = number % kRanges;
  const uint32_t inside = number / kRanges;
  const size_t length = kShortest + inside % kLengths;
  uint64_t bound = 1;
  for (size_t i = 0; i < length; ++i) bound *= 10;
  const uint64_t rest = (inside / kLengths * kStep + range * 977) % bound;
  const std::string digits = std::to_string(bound + rest);
  return std::to_string(1000 + range * 17) + digits.substr(1);
}

}  // namespace

const std::string& PrefixFile() {
  static const std::string file = [] {
    std::vector<uint32_t> order(kPrefixes);
    for (uint32_t i = 0; i < kPrefixes; ++i) order[i] = i;
    Random random;
    for (uint32_t i = kPrefixes; i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
    std::string text;
    for (const uint32_t number : order) {
      text += Prefix(number) + "," + std::to_string(number % 100) + "\n";
    }
    return text;
  }();
  return file;
}

const std::vector<std::string>& NumbersToLookUp() {
  static const std::vector<std::string> numbers = [] {
    std::vector<std::string> made(kNumbers);
    Random random;
    for (size_t i = 0; i < kNumbers; ++i) {
      std::string& number = made[i];
      number = Prefix(random.Below(kPrefixes));
      if (i % 2 == 0) {
        number.back() = static_cast<char>('0' + (number.back() - '0' + 1 + random.Below(9)) % 10);
      }
      while (number.size() < kNumberDigits) number += static_cast<char>('0' + random.Below(10));
    }
    return made;
  }();
  return numbers;
}

size_t BytesAllocated() {
  const struct mallinfo2 all = mallinfo2();
  return all.uordblks + all.hblkhd;
}

}  // namespace sipward::bench
