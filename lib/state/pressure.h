// How hard new keys press into full buckets: two counters for the whole region, of this second and
// the one before, so that reading them costs one cache line.
#ifndef SIPWARD_STATE_PRESSURE_H_
#define SIPWARD_STATE_PRESSURE_H_

#include <atomic>
#include <cstdint>

#include "base/time.h"
#include "state/layout.h"

namespace sipward::state {

// Lies in front of the stripes, in a line of its own.
struct alignas(kLine) Pressure {
  // Number of the second, newcomers, and those of them that found no room: 24, 20 and 20 bits.
  std::atomic<uint64_t> current;
  std::atomic<uint64_t> previous;
};

// A newcomer at `now`. Counts are right but for what several threads do at the turn of a second.
void NoteNewcomer(Pressure* pressure, bool found_room, Nanos now);
// The share of newcomers of the last second that found no room.
double PressureAt(const Pressure& pressure, Nanos now);

}  // namespace sipward::state

#endif  // SIPWARD_STATE_PRESSURE_H_
