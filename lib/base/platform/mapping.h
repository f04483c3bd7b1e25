// Anonymous memory of a fixed size, straight from the kernel.
#ifndef SIPWARD_BASE_PLATFORM_MAPPING_H_
#define SIPWARD_BASE_PLATFORM_MAPPING_H_

#include <cstdint>

namespace sipward::platform {

enum class Sharing : uint8_t {
  kPrivate,     // after fork each process has its own copy
  kAcrossFork,  // processes forked after the mapping was made see the same memory; on Windows,
                // which has no fork, the same as kPrivate
};

// Zeroed memory, page-aligned; pages are taken when they are first touched. Null if it cannot be
// had. `bytes` must not be 0. Load time.
void* MapAnonymous(uint64_t bytes, Sharing sharing);
// Gives a mapping back; `bytes` is what it was made with.
void Unmap(void* memory, uint64_t bytes);

}  // namespace sipward::platform

#endif  // SIPWARD_BASE_PLATFORM_MAPPING_H_
