// The memory in which rules count: one region of a fixed size.
#ifndef SIPWARD_STATE_H_
#define SIPWARD_STATE_H_

#include <sipward.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string_view>

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

  // Both clocks of the host at one moment: those of its packets.
  struct Moment {
    std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall{};
    std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds> monotonic{};
  };
  // A capacity that is enough for a snapshot now: at most a little more than the state.
  size_t SnapshotCapacity() const noexcept {
    size_t size = 0;
    const sipward_moment moment = ToC({});
    return sipward_state_snapshot(c_state(), &moment, nullptr, 0, &size) == SIPWARD_ERR_SPACE ? size
                                                                                              : 0;
  }
  // A copy of all that is counted, banned and listed, while others inspect; how many bytes were
  // written. kSpace: the place is too small.
  Result<size_t> Snapshot(char* out, size_t capacity, const Moment& moment) const {
    size_t size = 0;
    const sipward_moment given = ToC(moment);
    const Status status =
        Status::FromC(sipward_state_snapshot(c_state(), &given, out, capacity, &size));
    if (!status.ok()) return Error{status};
    return size;
  }
  // Takes over a snapshot of a state of the same size and seed, before the first engine is made.
  // The monotonic clock may be another one since: bans and windows end as if the host had slept
  // between. Empty, or a sentence that says why not; then the state is as it was.
  [[nodiscard]] std::string_view Restore(std::string_view snapshot, const Moment& moment) noexcept {
    sipward_text why{};
    const sipward_moment given = ToC(moment);
    const int32_t status =
        sipward_state_restore(c_state(), snapshot.data(), snapshot.size(), &given, &why);
    if (status == SIPWARD_OK) return {};
    return status == SIPWARD_ERR_SNAPSHOT ? std::string_view(why.data, why.size)
                                          : Status::FromC(status).text();
  }

  sipward_state* c_state() const noexcept { return state_.get(); }

 private:
  static sipward_moment ToC(const Moment& moment) noexcept {
    sipward_moment out{};
    out.struct_size = sizeof out;
    out.wall_ns = moment.wall.time_since_epoch().count();
    out.monotonic_ns = moment.monotonic.time_since_epoch().count();
    return out;
  }
  explicit State(sipward_state* state) noexcept : state_(state) {}

  detail::Handle<sipward_state, sipward_state_destroy> state_;
};

}  // namespace sipward

#endif  // SIPWARD_STATE_H_
