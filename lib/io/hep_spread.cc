#include "io/hep_spread.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <iterator>

namespace sipward::io {
namespace {

// Where values stand behind the six bytes of the head and the chunks of family (7 bytes) and
// protocol (7), each behind the six bytes of its own chunk.
constexpr uint32_t kSource = 26, kDestination = 36, kSourcePort = 46, kDestinationPort = 54;

constexpr sock_filter Load(uint16_t size, uint32_t at) {
  return {static_cast<uint16_t>(BPF_LD | BPF_ABS | size), 0, 0, at};
}
constexpr sock_filter Do(uint16_t operation, uint32_t operand = 0) {
  return {operation, 0, 0, operand};
}

}  // namespace

// What is exclusive-ored is the same in both directions. Of a datagram that is shorter than this
// reads, the first socket hears that it is no HEP3.
bool SpreadByFlow(int socket, uint32_t members) {
  constexpr uint32_t kGolden = 0x9E3779B1;
  sock_filter program[] = {
      Load(BPF_W, kSource),
      Do(BPF_MISC | BPF_TAX),
      Load(BPF_W, kDestination),
      Do(BPF_ALU | BPF_XOR | BPF_X),
      Do(BPF_ST, 0),
      Load(BPF_H, kSourcePort),
      Do(BPF_MISC | BPF_TAX),
      Load(BPF_H, kDestinationPort),
      Do(BPF_ALU | BPF_XOR | BPF_X),
      Do(BPF_MISC | BPF_TAX),
      Do(BPF_LD | BPF_MEM, 0),
      Do(BPF_ALU | BPF_ADD | BPF_X),
      Do(BPF_ALU | BPF_MUL | BPF_K, kGolden),
      Do(BPF_ALU | BPF_RSH | BPF_K, 16),
      Do(BPF_ALU | BPF_MOD | BPF_K, members),
      Do(BPF_RET | BPF_A),
  };
  const sock_fprog given{static_cast<uint16_t>(std::size(program)), program};
  return setsockopt(socket, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &given, sizeof given) == 0;
}

}  // namespace sipward::io
