// What `sipward watch` prints while it runs.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_LINES_H_
#define SIPWARD_BINDINGS_CLI_WATCH_LINES_H_

#include <cstdint>
#include <string>
#include <unordered_map>

#include "inspected.h"

namespace sipward::cli {

// A line for each finding, and not for each message of it: the same rule, source and action is told
// once, and again with what came meanwhile after a minute. Bounded, however many sources there are:
// what is told of at once beyond kMost is only counted, a second long.
class WatchLines {
 public:
  static constexpr size_t kMostKept = 50'000;
  static constexpr uint64_t kMostASecond = 200;

  // Appends lines for what the verdict found.
  void Add(const Inspected& inspected, std::string* out);
  // Of findings that were counted and never told.
  uint64_t untold() const { return untold_; }

 private:
  struct Told {
    int64_t at_ns = 0;
    uint64_t since = 0;
  };
  bool Allowed(int64_t now_ns);

  std::unordered_map<std::string, Told> told_;
  int64_t second_ = 0;
  uint64_t in_second_ = 0;
  uint64_t untold_ = 0;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_LINES_H_
