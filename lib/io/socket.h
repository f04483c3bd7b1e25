// Sockets at addresses that people write.
#ifndef SIPWARD_IO_SOCKET_H_
#define SIPWARD_IO_SOCKET_H_

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sipward::io {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

// "192.0.2.1:9060" or "[2001:db8::1]:9060"; a name is none.
std::optional<SocketAddress> ParseSocketAddress(const std::string& place);
// The port in network order's meaning: as one writes it.
uint16_t PortOf(const SocketAddress& address);
void SetPort(SocketAddress* address, uint16_t port);

// A descriptor that closes itself.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket();
  Socket(Socket&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  Socket& operator=(Socket&& other) noexcept;
  int get() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

// A socket of this type (SOCK_DGRAM, SOCK_STREAM) that does not wait; bound to the address and, if
// a stream, listening. Without one errno says why.
Socket ListenAt(const SocketAddress& address, int type);
// A datagram socket that sends to the address, without waiting.
Socket ConnectTo(const SocketAddress& address);

}  // namespace sipward::io

#endif  // SIPWARD_IO_SOCKET_H_
