// Holds a lock as long as it lives.
#ifndef SIPWARD_ENGINE_HELD_H_
#define SIPWARD_ENGINE_HELD_H_

#include "base/platform/lock.h"

namespace sipward::engine {

class Held {
 public:
  explicit Held(platform::SharedLock& lock) : lock_(lock) { lock_.Lock(); }
  ~Held() { lock_.Unlock(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  platform::SharedLock& lock_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_HELD_H_
