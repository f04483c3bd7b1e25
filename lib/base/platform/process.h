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
// How often this process began to fork since CountForks was called first; a child goes on with the
// number of its parent. On Windows, which has no fork, 0.
void CountForks();
uint64_t Forks();

}  // namespace sipward::platform

#endif  // SIPWARD_BASE_PLATFORM_PROCESS_H_
