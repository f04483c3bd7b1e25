#include "io/datagram_sender.h"

#include <cerrno>
#include <cstring>
#include <optional>

namespace sipward::io {

bool DatagramSender::Open(const std::string& place) {
  const bool path = place.starts_with('/');
  const std::optional<SocketAddress> address =
      path ? SocketPath(place, &error_) : ParseSocketAddress(place, &error_);
  if (!address) return false;
  if (path) {
    to_ = *address;
    socket_ = Socket(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  } else {
    socket_ = ConnectTo(*address);
  }
  if (!socket_) error_ = place + ": " + std::strerror(errno);
  return is_open();
}

void DatagramSender::Send(std::string_view bytes) {
  const auto* to = to_.size == 0 ? nullptr : reinterpret_cast<const sockaddr*>(&to_.storage);
  const bool sent = sendto(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                           to, to_.size) >= 0;
  ++(sent ? sent_ : lost_);
}

}  // namespace sipward::io
