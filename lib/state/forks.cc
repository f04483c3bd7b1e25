#include "state/forks.h"

#include <new>
#include <vector>

#include "base/platform/lock.h"
#include "base/platform/process.h"
#include "state/state.h"

namespace sipward::state {
namespace {

struct Watched {
  Watched() { lock.Init(platform::Sharing::kPrivate); }
  platform::SharedLock lock{};  // held across a fork, so that the child finds the list whole
  std::vector<Region*> regions;
};

// Never destroyed: a host may fork while it leaves. Not on the heap: a library that comes and goes
// would leave it behind each time.
Watched& Regions() {
  alignas(Watched) static unsigned char room[sizeof(Watched)];
  static Watched& watched = *new (room) Watched();
  return watched;
}

}  // namespace

// A friend of Region.
struct ForkHandlers {
  static void Before() {
    Regions().lock.Lock();
    for (Region* region : Regions().regions) region->BeforeFork();
  }
  static void InParent() { Regions().lock.Unlock(); }
  // The lock is the parent's: this process makes itself another.
  static void InChild() {
    new (&Regions().lock) platform::SharedLock{};
    Regions().lock.Init(platform::Sharing::kPrivate);
    for (Region* region : Regions().regions) region->AfterFork();
  }
};

void WatchForks(Region* region) {
  static const bool watching = [] {
    platform::AroundForks(ForkHandlers::Before, ForkHandlers::InParent, ForkHandlers::InChild);
    return true;
  }();
  static_cast<void>(watching);
  Regions().lock.Lock();
  try {
    Regions().regions.push_back(region);
  } catch (...) {
    Regions().lock.Unlock();
    throw;
  }
  Regions().lock.Unlock();
}

void ForgetForks(Region* region) {
  Regions().lock.Lock();
  std::erase(Regions().regions, region);
  if (Regions().regions.empty()) Regions().regions.shrink_to_fit();
  Regions().lock.Unlock();
}

}  // namespace sipward::state
