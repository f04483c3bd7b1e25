// Times in buckets of equal ratio: how many there were, and below which time which share of them
// lies, at a fixed size and with an error that is known beforehand.
#ifndef SIPWARD_ANALYTICS_HISTOGRAM_H_
#define SIPWARD_ANALYTICS_HISTOGRAM_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/time.h"

namespace sipward::analytics {

// Times from one unit to 2^kOctaves of them; what is longer counts in the last bucket. Every power
// of two is divided into 2^kSteps buckets, so a time is known to 1 / 2^(kSteps + 1) of itself, and
// below 2^kSteps units to half a unit. A bucket holds what is longer than the one before and not
// longer than its end.
template <class Number, Nanos kUnit, unsigned kSteps, unsigned kOctaves>
class Histogram {
 public:
  static constexpr size_t kBuckets = size_t{kOctaves - kSteps + 1} << kSteps;
  static constexpr Nanos kLongest = kUnit << kOctaves;

  // What is negative counts as nothing.
  void Add(Nanos time) {
    time = std::max<Nanos>(time, 0);
    Number& bucket = buckets_[BucketOf(time)];
    if (bucket != std::numeric_limits<Number>::max()) ++bucket;
    least_ = count_ == 0 ? time : std::min(least_, time);
    most_ = std::max(most_, time);
    ++count_;
    sum_ = SaturatingSum(sum_, time);
  }
  void Merge(const Histogram& other) {
    for (size_t i = 0; i < kBuckets; ++i) {
      const Number room = std::numeric_limits<Number>::max() - buckets_[i];
      buckets_[i] += std::min(room, other.buckets_[i]);
    }
    if (other.count_ != 0) least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
    most_ = std::max(most_, other.most_);
    count_ += other.count_;
    sum_ = SaturatingSum(sum_, other.sum_);
  }

  uint64_t count() const { return count_; }
  Nanos sum() const { return sum_; }  // saturates
  Nanos least() const { return least_; }
  Nanos most() const { return most_; }

  // The time that a share of all, 0 to 1, does not exceed: the middle of its bucket, but within
  // what came. 0 if nothing came.
  Nanos Quantile(double share) const {
    if (count_ == 0) return 0;
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
    double seen = 0;
    for (size_t i = 0; i < kBuckets; ++i) {
      seen += static_cast<double>(buckets_[i]);
      if (seen >= std::max(wanted, 1.0)) {
        return std::clamp(BeginOf(i) + (EndOf(i) - BeginOf(i)) / 2, least_, most_);
      }
    }
    return most_;
  }
  // How many lie in buckets that end at `bound` or before: exact where a bucket ends there, as at
  // each power of two of units.
  uint64_t AtMost(Nanos bound) const {
    uint64_t sum = 0;
    for (size_t i = 0; i + 1 < kBuckets && EndOf(i) <= bound; ++i) sum += buckets_[i];
    return most_ <= bound ? count_ : sum;
  }

  static constexpr size_t BucketOf(Nanos time) {
    constexpr uint64_t kLast = (uint64_t{1} << kOctaves) - 1;
    const uint64_t whole = time <= 0 ? 0 : static_cast<uint64_t>((time - 1) / kUnit);
    const uint64_t units = std::min(whole, kLast);
    if (units < kStepsInOctave) return static_cast<size_t>(units);
    const unsigned shift = static_cast<unsigned>(std::bit_width(units)) - 1 - kSteps;
    return (size_t{shift} << kSteps) + static_cast<size_t>(units >> shift);
  }
  static constexpr Nanos BeginOf(size_t bucket) { return bucket == 0 ? 0 : EndOf(bucket - 1); }
  static constexpr Nanos EndOf(size_t bucket) {
    if (bucket < kStepsInOctave) return kUnit * static_cast<Nanos>(bucket + 1);
    const size_t shift = (bucket >> kSteps) - 1;
    const size_t step = (bucket & (kStepsInOctave - 1)) + kStepsInOctave + 1;
    return kUnit * static_cast<Nanos>(step << shift);
  }

 private:
  static constexpr size_t kStepsInOctave = size_t{1} << kSteps;

  uint64_t count_ = 0;
  Nanos sum_ = 0, least_ = 0, most_ = 0;
  std::array<Number, kBuckets> buckets_{};
};

}  // namespace sipward::analytics

#endif  // SIPWARD_ANALYTICS_HISTOGRAM_H_
