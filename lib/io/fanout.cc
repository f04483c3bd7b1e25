#include "io/fanout.h"

#include <cerrno>

#ifdef __linux__
#include <linux/if_packet.h>
#include <sys/socket.h>
#endif

namespace sipward::io {

#ifdef __linux__

int32_t JoinFanout(int socket, int32_t group) {
  constexpr uint32_t kNumberBits = 16, kNumber = 0xFFFF;
  uint32_t mode = PACKET_FANOUT_HASH | PACKET_FANOUT_FLAG_ROLLOVER;
  if (group < 0) mode |= PACKET_FANOUT_FLAG_UNIQUEID;
  uint32_t wanted = mode << kNumberBits | (group < 0 ? 0 : static_cast<uint32_t>(group));
  if (setsockopt(socket, SOL_PACKET, PACKET_FANOUT, &wanted, sizeof wanted) != 0) return -1;
  uint32_t got = 0;
  socklen_t size = sizeof got;
  if (getsockopt(socket, SOL_PACKET, PACKET_FANOUT, &got, &size) != 0) return -1;
  return static_cast<int32_t>(got & kNumber);
}

#else

int32_t JoinFanout(int, int32_t) {
  errno = ENOSYS;
  return -1;
}

#endif

}  // namespace sipward::io
