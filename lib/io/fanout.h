// Sockets of an interface that divide what comes among them.
#ifndef SIPWARD_IO_FANOUT_H_
#define SIPWARD_IO_FANOUT_H_

#include <cstdint>

namespace sipward::io {

// Joins the group, which is made if there is none; below 0: a new one, of a number that nobody has.
// Flows are divided by a hash that is the same for both directions; what one has no room for goes
// to another. Returns the group's number; below 0: see errno. Linux only.
int32_t JoinFanout(int socket, int32_t group);

}  // namespace sipward::io

#endif  // SIPWARD_IO_FANOUT_H_
