// A lock that lives in shared memory and outlives its holder.
#ifndef SIPWARD_BASE_PLATFORM_LOCK_H_
#define SIPWARD_BASE_PLATFORM_LOCK_H_

#ifndef _WIN32
#include <pthread.h>
#endif

#include <cstdint>

namespace sipward::platform {

// A mutex between threads and between processes that share the memory it lies in. If a process dies
// while it holds the lock, the next one gets it and is told so. About 40 ns for a pair of
// uncontended Lock and Unlock. Not copied, not moved; needs no destruction.
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

  // Makes zeroed memory a lock. Once, before anybody else can see it. False if the system refuses.
  bool Init();
  Result Lock();
  void Unlock();

 private:
#ifdef _WIN32
  void* lock_;  // an SRWLOCK, without <windows.h> and its macros in a header
#else
  pthread_mutex_t mutex_;
#endif
};

}  // namespace sipward::platform

#endif  // SIPWARD_BASE_PLATFORM_LOCK_H_
