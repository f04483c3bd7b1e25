#include <sys/mman.h>

#include <limits>

#include "base/platform/mapping.h"

namespace sipward::platform {

void* MapAnonymous(uint64_t bytes, Sharing sharing) {
  if (bytes > std::numeric_limits<size_t>::max()) return nullptr;
  const int flags = MAP_ANONYMOUS | (sharing == Sharing::kPrivate ? MAP_PRIVATE : MAP_SHARED);
  const auto length = static_cast<size_t>(bytes);
  void* memory = mmap(nullptr, length, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  // Advice only: with small pages a table that is read at random spends half its time in page
  // walks.
  madvise(memory, length, MADV_HUGEPAGE);
  return memory;
}

void Unmap(void* memory, uint64_t bytes) { munmap(memory, static_cast<size_t>(bytes)); }

}  // namespace sipward::platform
