// HEP3 divided among several sockets by what it tells of.
#ifndef SIPWARD_IO_HEP_SPREAD_H_
#define SIPWARD_IO_HEP_SPREAD_H_

#include <cstdint>

namespace sipward::io {

// Of sockets that share a port, which one gets a datagram: the kernel would go by who sends it, and
// a server or probe sends all that it has from one port. This goes by the addresses and ports
// within, so that a flow stays with one socket, in both directions. That holds for IPv4 in the
// order in which siptrace, OpenSIPS and sipward write their chunks; anything else is divided as
// well, but maybe not by flows. `socket` is one of `members`. False: see errno.
bool SpreadByFlow(int socket, uint32_t members);

}  // namespace sipward::io

#endif  // SIPWARD_IO_HEP_SPREAD_H_
