#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>

#include "base/platform/lock.h"

namespace sipward::platform {
namespace {

SRWLOCK* Native(void** lock) { return reinterpret_cast<SRWLOCK*>(lock); }

}  // namespace

static_assert(sizeof(SRWLOCK) == sizeof(void*) && alignof(SRWLOCK) == alignof(void*),
              "lock.h declares it as a pointer");

bool SharedLock::Init(Sharing) {
  InitializeSRWLock(Native(&lock_));
  return true;
}

SharedLock::Result SharedLock::Lock() {
  AcquireSRWLockExclusive(Native(&lock_));
  return Result::kHeld;
}

void SharedLock::Unlock() { ReleaseSRWLockExclusive(Native(&lock_)); }

}  // namespace sipward::platform
