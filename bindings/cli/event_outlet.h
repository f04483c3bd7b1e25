// Where events go.
#ifndef SIPWARD_BINDINGS_CLI_EVENT_OUTLET_H_
#define SIPWARD_BINDINGS_CLI_EVENT_OUTLET_H_

#include <memory>
#include <string>
#include <string_view>

#include "whole_lines.h"

namespace sipward::cli {

// The command itself knows files alone; a stream of Redis or a topic of Kafka is another of these.
// One thread at a time.
class EventOutlet {
 public:
  virtual ~EventOutlet() = default;
  // Whole lines, an event each, kept back until Flush. False if they cannot be written: whoever
  // writes then gives up, so an outlet that rather loses events than time says true and counts.
  virtual bool Write(std::string_view lines) = 0;
  // At the end of each turn, of some milliseconds at most. Must not wait for long.
  virtual bool Flush() = 0;
  // With SIGHUP: what was rotated is opened anew. False, with `error`: it goes on as before.
  virtual bool Reopen(std::string* error) = 0;
};

// A file that lines are appended to while others may rotate it; "-" is the standard output.
// Nothing, with `error`, if it cannot be opened.
// What is written goes through `lines`, which processes that write to the same file share.
std::unique_ptr<EventOutlet> OpenEventFile(const std::string& path, WholeLines* lines,
                                           std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVENT_OUTLET_H_
