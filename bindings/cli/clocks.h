// The clocks of this machine.
#ifndef SIPWARD_BINDINGS_CLI_CLOCKS_H_
#define SIPWARD_BINDINGS_CLI_CLOCKS_H_

#include <chrono>
#include <cstdint>

namespace sipward::cli {

inline int64_t WallNow() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}
inline int64_t MonotonicNow() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CLOCKS_H_
