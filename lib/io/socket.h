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

// "192.0.2.1:9060" or "[2001:db8::1]:9060"; a name is none, and `error` says so.
std::optional<SocketAddress> ParseSocketAddress(const std::string& place, std::string* error);
// Of a socket in the file system, "/dev/log".
std::optional<SocketAddress> SocketPath(const std::string& path, std::string* error);
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
  // Closing it is somebody else's then.
  void Release() { descriptor_ = -1; }
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

// Whether others of this user may listen at the same place, each to a part of what comes.
enum class Sharing : uint8_t { kAlone, kShared };
// A socket of this type (SOCK_DGRAM, SOCK_STREAM) that does not wait; bound to the address and, if
// a stream, listening. Without one errno says why.
Socket ListenAt(const SocketAddress& address, int type, Sharing sharing = Sharing::kAlone);
// Where a socket is bound to, port included.
bool AddressOf(const Socket& socket, SocketAddress* address);
// A datagram socket that sends to the address, without waiting.
Socket ConnectTo(const SocketAddress& address);

}  // namespace sipward::io

#endif  // SIPWARD_IO_SOCKET_H_
