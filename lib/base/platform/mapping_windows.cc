#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>

#include <limits>

#include "base/platform/mapping.h"

namespace sipward::platform {

void* MapAnonymous(uint64_t bytes, Sharing) {
  if (bytes > std::numeric_limits<size_t>::max()) return nullptr;
  return VirtualAlloc(nullptr, static_cast<size_t>(bytes), MEM_RESERVE | MEM_COMMIT,
                      PAGE_READWRITE);
}

// The size must be 0: a mapping is given back whole.
void Unmap(void* memory, uint64_t) { VirtualFree(memory, 0, MEM_RELEASE); }

}  // namespace sipward::platform
