#include "activity.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
// Each divides the next. The last ones are for clocks that are wrong: 120 of them are all times.
constexpr std::array<int64_t, 16> kSteps = {
    kSecond / 10,         kSecond / 2,       kSecond,
    kSecond * 5,          kSecond * 10,      kSecond * 30,
    kSecond * 60,         kSecond * 300,     kSecond * 600,
    kSecond * 1800,       kSecond * 3600,    kSecond * 21'600,
    kSecond * 86'400,     kSecond * 604'800, kSecond * 6'048'000,
    kSecond * 604'800'000};

int64_t Floor(int64_t number, int64_t by) { return number / by - (number % by < 0 ? 1 : 0); }

void AddTo(int64_t* sum, int64_t amount) {
  if (__builtin_add_overflow(*sum, amount, sum)) {
    *sum = amount < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
  }
}

}  // namespace

int64_t Activity::step_ns() const { return kSteps[scale_]; }

// The first step may begin before the first time that there is.
int64_t Activity::begin_ns() const {
  int64_t begin = 0;
  const bool before = __builtin_mul_overflow(first_, kSteps[scale_], &begin);
  return before ? std::numeric_limits<int64_t>::min() : begin;
}

std::vector<int64_t> Activity::Values(size_t series) const {
  std::vector<int64_t> values;
  values.reserve(steps());
  for (size_t i = series; i < counts_.size(); i += series_) values.push_back(counts_[i]);
  return values;
}

void Activity::Coarsen() {
  const int64_t factor = kSteps[scale_ + 1] / kSteps[scale_];
  ++scale_;
  const int64_t first = Floor(first_, factor);
  std::vector<int64_t> counts;
  for (size_t i = 0; i < steps(); ++i) {
    const auto place =
        static_cast<size_t>(Floor(first_ + static_cast<int64_t>(i), factor) - first) * series_;
    counts.resize(std::max(counts.size(), place + series_));
    for (size_t s = 0; s < series_; ++s) AddTo(&counts[place + s], counts_[i * series_ + s]);
  }
  first_ = first;
  counts_ = std::move(counts);
}

size_t Activity::Place(int64_t at_ns) {
  for (;;) {
    const int64_t step = Floor(at_ns, kSteps[scale_]);
    if (counts_.empty()) first_ = step;
    const int64_t last = first_ + static_cast<int64_t>(steps()) - 1;
    const int64_t span = std::max(last, step) - std::min(first_, step) + 1;
    if (span <= static_cast<int64_t>(kMost)) {
      const auto size = static_cast<size_t>(span) * series_;
      if (step < first_) {
        counts_.insert(counts_.begin(), static_cast<size_t>(first_ - step) * series_, 0);
        first_ = step;
      }
      counts_.resize(std::max(counts_.size(), size));
      return static_cast<size_t>(step - first_) * series_;
    }
    Coarsen();
  }
}

void Activity::Add(int64_t at_ns, size_t series, int64_t amount) {
  AddTo(&counts_[Place(at_ns) + series], amount);
}

}  // namespace sipward::cli
