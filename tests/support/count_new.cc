// Replaces operator new for the whole process and leaves malloc to the sanitizer.
#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

extern "C" {
#include "tests/support/allocation_state.h"
}

namespace {

void* Allocate(size_t size, size_t alignment) noexcept {
  if (!allocation_allowed()) return nullptr;
  void* memory = nullptr;
  if (posix_memalign(&memory, std::max(alignment, sizeof(void*)), size == 0 ? 1 : size) != 0) {
    return nullptr;
  }
  allocation_add_living(1, static_cast<int64_t>(malloc_usable_size(memory)));
  return memory;
}

void* AllocateOrThrow(size_t size, size_t alignment) {
  if (void* memory = Allocate(size, alignment)) return memory;
  throw std::bad_alloc();
}

void Free(void* memory) noexcept {
  if (memory != nullptr) {
    allocation_add_living(-1, -static_cast<int64_t>(malloc_usable_size(memory)));
  }
  std::free(memory);
}

constexpr size_t kAlignment = alignof(std::max_align_t);

}  // namespace

// The forms for arrays call these.
void* operator new(size_t size) { return AllocateOrThrow(size, kAlignment); }
void* operator new(size_t size, std::align_val_t alignment) {
  return AllocateOrThrow(size, static_cast<size_t>(alignment));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size, kAlignment);
}
void* operator new(size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return Allocate(size, static_cast<size_t>(alignment));
}
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete(void* memory, size_t) noexcept { Free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { Free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { Free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { Free(memory); }
