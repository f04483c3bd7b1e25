#include "io/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstring>
#include <utility>

namespace sipward::io {
namespace {

constexpr int kWaiting = 64;  // connections that are not accepted yet

std::optional<SocketAddress> Parse(const std::string& place) {
  const size_t colon = place.rfind(':');
  if (colon == place.npos || colon == 0) return std::nullopt;
  uint16_t port = 0;
  const char* end = place.data() + place.size();
  const auto [last, error] = std::from_chars(place.data() + colon + 1, end, port);
  if (error != std::errc() || last != end) return std::nullopt;
  std::string host = place.substr(0, colon);
  SocketAddress address;
  if (host.front() == '[' && host.back() == ']') {
    auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
    six->sin6_family = AF_INET6;
    address.size = sizeof *six;
    host = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, host.c_str(), &six->sin6_addr) != 1) return std::nullopt;
  } else {
    auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
    four->sin_family = AF_INET;
    address.size = sizeof *four;
    if (inet_pton(AF_INET, host.c_str(), &four->sin_addr) != 1) return std::nullopt;
  }
  SetPort(&address, port);
  return address;
}

}  // namespace

std::optional<SocketAddress> ParseSocketAddress(const std::string& place, std::string* error) {
  std::optional<SocketAddress> address = Parse(place);
  if (!address) *error = place + ": is no address and port, as 127.0.0.1:9060";
  return address;
}

std::optional<SocketAddress> SocketPath(const std::string& path, std::string* error) {
  SocketAddress address;
  auto* local = reinterpret_cast<sockaddr_un*>(&address.storage);
  if (path.size() >= sizeof local->sun_path) {
    *error = path + ": is too long for a socket";
    return std::nullopt;
  }
  local->sun_family = AF_UNIX;
  path.copy(local->sun_path, path.size());
  address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return address;
}

// Both families have the port at the same place.
uint16_t PortOf(const SocketAddress& address) {
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_port);
}

void SetPort(SocketAddress* address, uint16_t port) {
  reinterpret_cast<sockaddr_in*>(&address->storage)->sin_port = htons(port);
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Socket ListenAt(const SocketAddress& address, int type, Sharing sharing) {
  Socket made(socket(address.storage.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made) return made;
  const int yes = 1;
  // A restart need not wait until old connections are forgotten; [::] leaves IPv4 to others.
  if (type == SOCK_STREAM) setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (sharing == Sharing::kShared &&
      setsockopt(made.get(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
    return {};
  }
  if (address.storage.ss_family == AF_INET6) {
    setsockopt(made.get(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
  }
  const auto* at = reinterpret_cast<const sockaddr*>(&address.storage);
  if (bind(made.get(), at, address.size) != 0) return {};
  if (type == SOCK_STREAM && listen(made.get(), kWaiting) != 0) return {};
  return made;
}

bool AddressOf(const Socket& socket, SocketAddress* address) {
  address->size = sizeof address->storage;
  auto* at = reinterpret_cast<sockaddr*>(&address->storage);
  return getsockname(socket.get(), at, &address->size) == 0;
}

Socket ConnectTo(const SocketAddress& address) {
  Socket made(socket(address.storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const auto* to = reinterpret_cast<const sockaddr*>(&address.storage);
  if (!made || connect(made.get(), to, address.size) != 0) return {};
  return made;
}

}  // namespace sipward::io
