// What stands on a list that is filled while the engine runs.
//
//   engine.AddToList("probed", "+4930123456", "by hand", std::chrono::hours(24), now);
//   for (const sipward::ListEntry& entry : engine.ListEntries("probed", now).value()) ...
#ifndef SIPWARD_LIST_H_
#define SIPWARD_LIST_H_

#include <sipward.h>

#include <chrono>
#include <string_view>

namespace sipward {

// An entry as it was when it was asked for: a plain value.
class ListEntry {
 public:
  using Time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

  ListEntry() noexcept : entry_{} { entry_.struct_size = sizeof entry_; }

  // At most 63 bytes of it.
  std::string_view key() const noexcept { return {entry_.key, entry_.key_size}; }
  // Name of the rule, or the host's text: at most 47 bytes of it.
  std::string_view reason() const noexcept { return {entry_.reason, entry_.reason_size}; }
  // On the monotonic clock of the packets.
  Time since() const noexcept { return Time(std::chrono::nanoseconds(entry_.since_ns)); }
  Time until() const noexcept { return Time(std::chrono::nanoseconds(entry_.until_ns)); }

 private:
  friend class Engine;

  sipward_list_entry entry_;
};

}  // namespace sipward

#endif  // SIPWARD_LIST_H_
