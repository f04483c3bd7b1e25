// A progress bar for people who wait.
#ifndef SIPWARD_BINDINGS_CLI_PROGRESS_H_
#define SIPWARD_BINDINGS_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>

namespace sipward::cli {

// Draws on the standard error if that is a terminal, ten times a second, and leaves no trace.
class Progress {
 public:
  Progress();
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `size` 0: how much is to come is not known.
  void Update(uint64_t position, uint64_t size, uint64_t messages);
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  void Draw(uint64_t position, uint64_t size, uint64_t messages);

  bool enabled_;
  bool drawn_ = false;
  uint32_t calls_ = 0;
  Clock::time_point next_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PROGRESS_H_
