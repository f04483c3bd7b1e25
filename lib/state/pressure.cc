#include "state/pressure.h"

#include <algorithm>

#include "state/arithmetic.h"
#include "state/state.h"

namespace sipward::state {
namespace {

constexpr Nanos kPeriod = kSecond;
constexpr unsigned kCountBits = 20;
constexpr unsigned kPeriodBits = 24;
constexpr uint64_t kCountMask = (uint64_t{1} << kCountBits) - 1;
constexpr uint64_t kPeriodMask = (uint64_t{1} << kPeriodBits) - 1;
// Halved from here on. No more threads than remain may count at the same moment.
constexpr uint64_t kMostCounted = kCountMask - 4096;
// A share of fewer newcomers would say nothing.
constexpr double kFewest = 256;

constexpr uint64_t PeriodOf(Nanos now) {
  return static_cast<uint64_t>(FloorDivide(now, kPeriod)) & kPeriodMask;
}
constexpr uint64_t PeriodIn(uint64_t word) { return word >> (2 * kCountBits); }
constexpr uint64_t Newcomers(uint64_t word) { return word >> kCountBits & kCountMask; }
constexpr uint64_t Crowded(uint64_t word) { return word & kCountMask; }
constexpr uint64_t Word(uint64_t period, uint64_t newcomers, uint64_t crowded) {
  return period << (2 * kCountBits) | newcomers << kCountBits | crowded;
}
// How many periods `now` lies behind the counter. What is late by one belongs to the counter.
uint64_t Passed(uint64_t word, Nanos now) {
  const uint64_t passed = (PeriodOf(now) - PeriodIn(word)) & kPeriodMask;
  return passed == kPeriodMask ? 0 : passed;
}

}  // namespace

void NoteNewcomer(Pressure* pressure, bool found_room, Nanos now) {
  uint64_t word = pressure->current.load(std::memory_order_relaxed);
  if (const uint64_t passed = Passed(word, now); passed != 0) {
    const uint64_t next = Word(PeriodOf(now), 0, 0);
    if (pressure->current.compare_exchange_strong(word, next, std::memory_order_relaxed)) {
      pressure->previous.store(passed == 1 ? word : 0, std::memory_order_relaxed);
    }
  } else if (Newcomers(word) >= kMostCounted) {
    const uint64_t half = Word(PeriodIn(word), Newcomers(word) / 2, Crowded(word) / 2);
    pressure->current.compare_exchange_strong(word, half, std::memory_order_relaxed);
  }
  pressure->current.fetch_add(Word(0, 1, found_room ? 0 : 1), std::memory_order_relaxed);
}

double PressureAt(const Pressure& pressure, Nanos now) {
  uint64_t current = pressure.current.load(std::memory_order_relaxed);
  uint64_t previous = pressure.previous.load(std::memory_order_relaxed);
  const uint64_t passed = Passed(current, now);
  if (passed > 1) return 0;
  if (passed == 1) {
    previous = current;
    current = 0;
  }
  const double left =
      static_cast<double>(kPeriod - FloorModulo(now, kPeriod)) / static_cast<double>(kPeriod);
  const double newcomers =
      static_cast<double>(Newcomers(current)) + left * static_cast<double>(Newcomers(previous));
  const double crowded =
      static_cast<double>(Crowded(current)) + left * static_cast<double>(Crowded(previous));
  return std::min(1.0, crowded / std::max(newcomers, kFewest));
}

}  // namespace sipward::state
