// The telephone numbers that every side gets.
#ifndef SIPWARD_BENCHMARKS_NUMBERS_H_
#define SIPWARD_BENCHMARKS_NUMBERS_H_

#include <string>
#include <vector>

#include "benchmarks/workload.h"

namespace sipward::bench {

// E.164 numbers with a +, always the same, in no order.
const std::vector<std::string>& Numbers();

// The same as people and programs write them in Germany: with blanks, as tel:, behind 00, and
// German mobile numbers behind a 0.
const std::vector<std::string>& WrittenNumbers();

// Work on these numbers, in turn.
class NumberWorkload : public Workload {
 public:
  explicit NumberWorkload(const std::vector<std::string>& numbers = Numbers())
      : numbers_(numbers) {}
  void Run(uint64_t numbers) override {
    for (uint64_t i = 0; i < numbers; ++i) {
      valid_ += Handle(numbers_[next_]) ? 1 : 0;
      ++handled_;
      next_ = next_ + 1 == numbers_.size() ? 0 : next_ + 1;
    }
  }
  uint64_t Round() const final { return numbers_.size(); }
  double Bytes() const final;
  // "68 % are valid"
  std::string Outcome() override;

 protected:
  // Returns whether the number is valid.
  virtual bool Handle(const std::string& number) = 0;

 private:
  const std::vector<std::string>& numbers_;
  size_t next_ = 0;
  uint64_t valid_ = 0, handled_ = 0;
};

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_NUMBERS_H_
