// Memory and a lock that a process has in common with those that it forks.
#ifndef SIPWARD_BINDINGS_CLI_SHARED_MEMORY_H_
#define SIPWARD_BINDINGS_CLI_SHARED_MEMORY_H_

#include <pthread.h>
#include <sys/mman.h>

#include <memory>
#include <new>

namespace sipward::cli {

struct Unmapper {
  template <typename T>
  void operator()(T* object) const {
    munmap(static_cast<void*>(object), sizeof(T));
  }
};
// Lasts as long as the last process that has it; its destructor is never called.
template <typename T>
using Shared = std::unique_ptr<T, Unmapper>;

// Zero, then constructed; pages that nobody touches cost nothing. Throws std::bad_alloc.
template <typename T>
Shared<T> MakeShared() {
  void* const place =
      mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) throw std::bad_alloc();
  return Shared<T>(new (place) T);
}

// A lock in such memory. Who dies while holding it holds up nobody.
class SharedLock {
 public:
  SharedLock();
  SharedLock(const SharedLock&) = delete;
  SharedLock& operator=(const SharedLock&) = delete;

  // False: somebody died while holding it, and may have left half done what it guards.
  [[nodiscard]] bool Lock();
  void Unlock() { pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_SHARED_MEMORY_H_
