// Rings of sub-windows: what is old falls off one sub-window at a time.
//
// The ring of an entry stands at the time of the entry's head. A sub-window has the place of its
// number modulo kSubWindows.
#ifndef SIPWARD_STATE_RING_H_
#define SIPWARD_STATE_RING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "state/arithmetic.h"
#include "state/layout.h"

namespace sipward::state {

inline size_t PlaceOf(int64_t sub_window) {
  return static_cast<size_t>(FloorModulo(sub_window, int64_t{kSubWindows}));
}
// Places from one that lies `steps` (0 to kSubWindows) before or behind it. The numbers themselves
// may lie at the end of all time.
constexpr size_t PlaceBefore(size_t place, int64_t steps) {
  return (place + kSubWindows - static_cast<size_t>(steps)) % kSubWindows;
}
constexpr size_t PlaceBehind(size_t place, int64_t steps) {
  return (place + static_cast<size_t>(steps)) % kSubWindows;
}

// Turns a ring that stands at `from` on to `to`, which is not earlier: clear(place) for each
// sub-window begun since. Returns the place of the current one.
template <class Clear>
size_t TurnRing(Nanos step, Nanos from, Nanos to, Clear clear) {
  const int64_t last = FloorDivide(from, step);
  const int64_t index = FloorDivide(to, step);
  // An entry that is alive is at most kSubWindows behind.
  const int64_t passed = std::min<int64_t>(index - last, kSubWindows);
  const size_t place = PlaceOf(index);
  for (int64_t i = 0; i < passed; ++i) clear(PlaceBefore(place, i));
  return place;
}

// visit(place) for each sub-window of a ring that stands at `from` and still counts at `to`, which
// is not earlier.
template <class Visit>
void VisitRing(Nanos step, Nanos from, Nanos to, Visit visit) {
  const int64_t last = FloorDivide(from, step);
  const int64_t passed = FloorDivide(to, step) - last;
  const size_t place = PlaceOf(last);
  for (int64_t i = 0; i < int64_t{kSubWindows} - passed; ++i) visit(PlaceBefore(place, i));
}

}  // namespace sipward::state

#endif  // SIPWARD_STATE_RING_H_
