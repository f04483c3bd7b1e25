#include "shared_memory.h"

#include <cerrno>

namespace sipward::cli {

SharedLock::SharedLock() {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex_, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

bool SharedLock::Lock() {
  if (pthread_mutex_lock(&mutex_) != EOWNERDEAD) return true;
  pthread_mutex_consistent(&mutex_);
  return false;
}

}  // namespace sipward::cli
