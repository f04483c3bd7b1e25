// Lines that several processes write to one place.
#ifndef SIPWARD_BINDINGS_CLI_WHOLE_LINES_H_
#define SIPWARD_BINDINGS_CLI_WHOLE_LINES_H_

#include <string_view>

#include "shared_memory.h"

namespace sipward::cli {

// Lies in shared memory, one for each place. No line gets into another, even where the place is a
// pipe, which takes at once only what it has room for.
class WholeLines {
 public:
  // All of it, waiting as long as the place does. Where a process died within a line, the next one
  // begins on a line of its own. False: see errno.
  bool Write(int descriptor, std::string_view lines);

 private:
  SharedLock lock_;
  bool within_ = false;  // somebody writes, or died of it
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WHOLE_LINES_H_
