#include "io/hep_sender.h"

#include "io/hep.h"

namespace sipward::io {

bool HepSender::Open(const std::string& place, uint32_t agent, const std::string& key) {
  agent_ = agent;
  key_ = key;
  return sender_.Open(place);
}

void HepSender::Send(const sipward_packet& packet, std::string_view message) {
  HepItem item{};
  item.packet = packet;
  item.payload = message;
  item.agent = agent_;
  item.key = key_;
  bytes_.clear();
  if (AppendHep(&bytes_, item)) {
    sender_.Send(bytes_);
  } else {
    sender_.CountLost();
  }
}

}  // namespace sipward::io
