// What tables are held against: a model that keeps every event, and clocks that misbehave.
#ifndef SIPWARD_TESTS_STATE_MODEL_H_
#define SIPWARD_TESTS_STATE_MODEL_H_

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "base/time.h"

namespace sipward::state {

// One key with all its events, each at the time at which a table takes it to have come: late by up
// to a window counts as the latest; a clock set back by more starts anew.
template <class Event>
class NaiveKey {
 public:
  explicit NaiveKey(Nanos window) : window_(window) {}

  // The time that an event at `now` counts at. Whatever a set-back clock voids is dropped.
  Nanos Arrive(Nanos now) {
    const Nanos at = At(now);
    if (StartsAnew(now)) events_.clear();
    known_ = true;
    return latest_ = at;
  }
  void Add(Nanos at, Event event) { events_.emplace_back(at, std::move(event)); }
  // The same for a read, which changes nothing.
  Nanos At(Nanos now) const { return known_ && !StartsAnew(now) ? std::max(latest_, now) : now; }
  bool StartsAnew(Nanos now) const {
    if (!known_ || now >= latest_) return false;
    return static_cast<uint64_t>(latest_) - static_cast<uint64_t>(now) >
           static_cast<uint64_t>(window_);
  }
  // The events of (at - length, at] that a read at `now` may see.
  std::vector<Event> Within(Nanos now, Nanos length) const {
    std::vector<Event> found;
    if (StartsAnew(now)) return found;
    const Nanos at = At(now);
    for (const auto& [time, event] : events_) {
      if (time <= at &&
          static_cast<uint64_t>(at) - static_cast<uint64_t>(time) < static_cast<uint64_t>(length)) {
        found.push_back(event);
      }
    }
    return found;
  }

 private:
  Nanos window_;
  bool known_ = false;
  Nanos latest_ = 0;
  std::vector<std::pair<Nanos, Event>> events_;
};

// Mostly small steps; pauses of up to three windows; now and then late by less than a window, set
// back by more, or far ahead.
class WildClock {
 public:
  WildClock(Nanos window, uint64_t seed) : window_(window), random_(seed) {}

  Nanos Next() {
    const uint64_t what = random_() % 1000;
    if (what < 5) return now_ += Below(3 * window_);
    if (what < 8) return now_ -= window_ + 1 + Below(3 * window_);
    if (what == 8) return now_ += (window_ > kDay ? 20 : 1000) * window_;
    if (what < 100) return now_ - Below(window_);  // this event alone is late
    if (what < 110) return now_ -= Below(window_ / 4);
    return now_ += Below(std::max<Nanos>(window_ / 50, 2));
  }
  uint64_t Random() { return random_(); }

 private:
  Nanos Below(Nanos end) {
    return static_cast<Nanos>(random_() % static_cast<uint64_t>(std::max<Nanos>(end, 1)));
  }
  Nanos window_;
  Nanos now_ = 0;
  std::mt19937_64 random_;
};

}  // namespace sipward::state

#endif  // SIPWARD_TESTS_STATE_MODEL_H_
