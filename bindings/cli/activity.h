// How much happened when, in steps that grow with the time that there is to show.
#ifndef SIPWARD_BINDINGS_CLI_ACTIVITY_H_
#define SIPWARD_BINDINGS_CLI_ACTIVITY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sipward::cli {

// Adds up amounts of several series. Begins with steps of a tenth of a second; whenever they would
// be more than kMost, the next larger step is taken, so that memory is bounded, whatever the times.
class Activity {
 public:
  static constexpr size_t kMost = 120;

  explicit Activity(size_t series) : series_(series) {}

  void Add(int64_t at_ns, size_t series, int64_t amount);

  bool empty() const { return counts_.empty(); }
  int64_t begin_ns() const;
  int64_t step_ns() const;
  // One value for each step.
  std::vector<int64_t> Values(size_t series) const;

 private:
  size_t steps() const { return counts_.size() / series_; }
  // The step that `at_ns` is in, once there is room for it.
  size_t Place(int64_t at_ns);
  void Coarsen();

  size_t series_;
  size_t scale_ = 0;             // of the step, in the list of steps
  int64_t first_ = 0;            // number of the first step since 1970
  std::vector<int64_t> counts_;  // step by step, of each all series
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ACTIVITY_H_
