// Which process this is, and whether others still live.
#ifndef SIPWARD_BASE_PLATFORM_PROCESS_H_
#define SIPWARD_BASE_PLATFORM_PROCESS_H_

#include <cstdint>

namespace sipward::platform {

// Never 0.
uint64_t ProcessId();
// False only if there is no such process. A number may belong to another process by now: then this
// is true, and who waits for the first one waits for that one.
bool IsProcessAlive(uint64_t id);
// Of the machine, the same in all its processes; never goes back. Load time.
uint64_t UptimeSeconds();
// Calls these around every fork of this process from now on: `before` and `in_parent` in the
// process that forks, `in_child` in the new one, all on the thread that forks. Once; load time. On
// Windows, which has no fork, it does nothing.
void AroundForks(void (*before)(), void (*in_parent)(), void (*in_child)());

}  // namespace sipward::platform

#endif  // SIPWARD_BASE_PLATFORM_PROCESS_H_
