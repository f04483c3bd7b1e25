#include "io/hep_sender.h"

#include <cerrno>
#include <cstring>
#include <optional>

#include "io/hep.h"

namespace sipward::io {

bool HepSender::Open(const std::string& place, uint32_t agent, const std::string& key) {
  const std::optional<SocketAddress> address = ParseSocketAddress(place);
  if (!address) {
    error_ = place + ": is no address and port, as 127.0.0.1:9060";
    return false;
  }
  socket_ = ConnectTo(*address);
  if (!socket_) error_ = place + ": " + std::strerror(errno);
  agent_ = agent;
  key_ = key;
  return static_cast<bool>(socket_);
}

void HepSender::Send(const sipward_packet& packet, std::string_view message) {
  HepItem item{};
  item.packet = packet;
  item.payload = message;
  item.agent = agent_;
  item.key = key_;
  bytes_.clear();
  const bool sent = AppendHep(&bytes_, item) &&
                    send(socket_.get(), bytes_.data(), bytes_.size(), MSG_DONTWAIT) >= 0;
  ++(sent ? sent_ : lost_);
}

}  // namespace sipward::io
