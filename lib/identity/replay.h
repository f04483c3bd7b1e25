// Tokens that came before. One that comes again with another call was cut out of its request.
#ifndef SIPWARD_IDENTITY_REPLAY_H_
#define SIPWARD_IDENTITY_REPLAY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "state/state.h"

namespace sipward::identity {

// A table of the state's region: shared by its processes, of a fixed size, where the oldest gives
// way. What is kept of a token is a keyed hash of the octets that are signed; its signature has a
// second form that anybody can make.
class ReplayMemory {
 public:
  // Of the usual minute, 500 new tokens a second. Who opens a region's table with the same window
  // and capacity shares it.
  static constexpr uint32_t kUsualCapacity = 65'536;

  // `window`: for how long a token is good; it is remembered for twice as long. `capacity`: tokens.
  // Nothing if the region has no room. The region must outlive this.
  static std::optional<ReplayMemory> Open(state::Region* region, int64_t window, uint32_t capacity);
  // That such a table takes.
  static uint64_t Bytes(int64_t window, uint32_t capacity);
  // Takes back one Open.
  void Close();

  enum class Seen : uint8_t {
    kNew,
    kSameCall,   // a retransmission, or a branch of a fork
    kOtherCall,  // a replay
    kUnknown,    // another thread is taking it in right now
  };
  // Takes a verified token in. Safe to call from several threads and processes.
  Seen Take(std::string_view signed_octets, std::string_view call_id, std::string_view from_tag,
            Nanos now);

 private:
  ReplayMemory(state::Region* region, state::Region::Table table)
      : region_(region), table_(table) {}

  state::Region* region_;
  state::Region::Table table_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_REPLAY_H_
