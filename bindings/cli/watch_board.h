// Where a worker leaves what it has counted, so that it is still there when it dies.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_BOARD_H_
#define SIPWARD_BINDINGS_CLI_WATCH_BOARD_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "io/socket.h"
#include "shared_memory.h"

namespace sipward::cli {

// One process posts, another reads: two files of memory, written in turn, so that one is always
// whole whenever the writer dies. Made before the fork.
class WatchBoard {
 public:
  // False: see errno.
  bool Open();
  // In the place of what was posted before. False if there is no memory for it.
  bool Post(std::string_view bytes);
  // What was posted last; empty: nothing yet.
  std::string Read() const;
  // As if nothing had been posted. Nobody posts meanwhile.
  void Clear() { posted_->store(0); }

 private:
  std::array<io::Socket, 2> files_;       // descriptors of any kind close themselves
  Shared<std::atomic<uint64_t>> posted_;  // how often; the last is in the file of its parity
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_BOARD_H_
