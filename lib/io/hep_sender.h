// Hands messages on as HEP3, as a probe does.
#ifndef SIPWARD_IO_HEP_SENDER_H_
#define SIPWARD_IO_HEP_SENDER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "io/datagram_sender.h"
#include "sipward.h"

namespace sipward::io {

// Sends HEP3 to one place, by UDP: what it cannot send at once is lost, and counted.
class HepSender {
 public:
  // As HepReceiver::Open. `agent` is the number by which this sender is known.
  bool Open(const std::string& place, uint32_t agent, const std::string& key);
  void Send(const sipward_packet& packet, std::string_view message);

  const std::string& error() const { return sender_.error(); }
  uint64_t sent() const { return sender_.sent(); }
  uint64_t lost() const { return sender_.lost(); }

 private:
  DatagramSender sender_;
  uint32_t agent_ = 0;
  std::string key_;
  std::string bytes_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_HEP_SENDER_H_
