// The memory in which rules count: one region of a fixed size.
#ifndef SIPWARD_STATE_H_
#define SIPWARD_STATE_H_

#include <sipward.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

struct StateOptions {
  uint64_t bytes = 0;   // size of the region, 0 is 64 MiB; it never grows
  bool shared = false;  // with the processes that are forked later, which count in the same memory
  std::array<uint8_t, 16>
      seed{};  // secret of the keyed hashes: random bytes; zero only to repeat a replay
};

// Shared by any number of threads and engines; lives as long as any of them.
class State {
 public:
  static Result<State> Create(const StateOptions& options) {
    sipward_state_options given{};
    given.struct_size = sizeof given;
    given.bytes = options.bytes;
    given.shared = options.shared ? 1 : 0;
    static_assert(sizeof given.seed == sizeof options.seed);
    std::memcpy(given.seed, options.seed.data(), sizeof given.seed);
    sipward_state* state = nullptr;
    const Status status = Status::FromC(sipward_state_create(&given, &state));
    if (!status.ok()) return Error{status};
    return State(state);
  }

  sipward_state* c_state() const noexcept { return state_.get(); }

 private:
  explicit State(sipward_state* state) noexcept : state_(state) {}

  detail::Handle<sipward_state, sipward_state_destroy> state_;
};

}  // namespace sipward

#endif  // SIPWARD_STATE_H_
