// The shared regions of this process: whoever is forked holds their tables as its parent does, from
// its first moment.
#ifndef SIPWARD_STATE_FORKS_H_
#define SIPWARD_STATE_FORKS_H_

namespace sipward::state {

class Region;

// Between these two, a fork of this process calls BeforeFork of the region in the parent and
// AfterFork in the child.
void WatchForks(Region* region);
void ForgetForks(Region* region);

}  // namespace sipward::state

#endif  // SIPWARD_STATE_FORKS_H_
