// Random rule files that compile, and random events for them.
#ifndef SIPWARD_TESTS_RULES_ORACLE_GENERATOR_H_
#define SIPWARD_TESTS_RULES_ORACLE_GENERATOR_H_

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "tests/rules/oracle/tree.h"

namespace sipward::rules::oracle {

class Chance {
 public:
  explicit Chance(uint64_t seed) : random_(seed) {}
  int64_t Below(int64_t bound) {
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(bound));
  }
  bool Of(int percent) { return Below(100) < percent; }
  template <typename T>
  T Pick(std::initializer_list<T> from) {
    return *(from.begin() + Below(static_cast<int64_t>(from.size())));
  }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[static_cast<size_t>(Below(static_cast<int64_t>(from.size())))];
  }

 private:
  std::mt19937_64 random_;
};

// Values as events have them and rules write them: few of each type, so that they meet.
Val RandomValue(Type type, Chance* chance);
// The same as a literal.
TreePtr Literal(Type type, Chance* chance);

FileOf RandomFile(uint64_t seed);
// Events in the order of time. No two are apart by what a window of RandomFile is, within a
// twelfth, so that windows with some play say the same as exact ones.
std::vector<EventOf> RandomEvents(uint64_t seed, size_t count);

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_GENERATOR_H_
