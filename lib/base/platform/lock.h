// A lock that lives in shared memory and outlives its holder.
#ifndef SIPWARD_BASE_PLATFORM_LOCK_H_
#define SIPWARD_BASE_PLATFORM_LOCK_H_

#ifndef _WIN32
#include <pthread.h>
#endif

#include <cstdint>

#include "base/platform/mapping.h"

namespace sipward::platform {

// A mutex between threads and, if it is made so, between processes that share the memory it lies
// in. If a process dies while it holds such a lock, the next one gets it and is told so: about 40
// ns for a pair of uncontended Lock and Unlock, and half of that where the memory is private and
// the lock ends with its process. Not copied, not moved; needs no destruction.
//
// On Windows, which has no fork, it is between the threads of one process, and dies with it:
// neither kHeldAfterDeath nor kFailed is ever answered.
class SharedLock {
 public:
  enum class Result : uint8_t {
    kHeld,
    kHeldAfterDeath,  // the last holder died inside: what it guarded may be half written
    kFailed,          // not held; the memory is damaged
  };

  // Makes zeroed memory a lock; `sharing` is that of the memory. Once, before anybody else can see
  // it. False if the system refuses.
  bool Init(Sharing sharing);
  Result Lock();
  void Unlock();

 private:
#ifdef _WIN32
  void* lock_;  // an SRWLOCK, without <windows.h> and its macros in a header
#else
  pthread_mutex_t mutex_;
#endif
};

// Holds a lock from here to the end of the block. For memory of this process alone, whose locks
// are never left held.
class LockGuard {
 public:
  explicit LockGuard(SharedLock* lock) : lock_(lock) { lock_->Lock(); }
  ~LockGuard() { lock_->Unlock(); }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

 private:
  SharedLock* lock_;
};

}  // namespace sipward::platform

#endif  // SIPWARD_BASE_PLATFORM_LOCK_H_
