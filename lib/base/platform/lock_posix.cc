#include <cerrno>

#include "base/platform/lock.h"

namespace sipward::platform {

bool SharedLock::Init(Sharing sharing) {
  if (sharing == Sharing::kPrivate) return pthread_mutex_init(&mutex_, nullptr) == 0;
  pthread_mutexattr_t attributes;
  if (pthread_mutexattr_init(&attributes) != 0) return false;
  const bool made = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0 &&
                    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0 &&
                    pthread_mutex_init(&mutex_, &attributes) == 0;
  pthread_mutexattr_destroy(&attributes);
  return made;
}

SharedLock::Result SharedLock::Lock() {
  const int error = pthread_mutex_lock(&mutex_);
  if (error == 0) return Result::kHeld;
  if (error != EOWNERDEAD) return Result::kFailed;
  // If we die before the caller has mended what the lock guards, the next holder is told again.
  return pthread_mutex_consistent(&mutex_) == 0 ? Result::kHeldAfterDeath : Result::kFailed;
}

void SharedLock::Unlock() { pthread_mutex_unlock(&mutex_); }

}  // namespace sipward::platform
