// Sends datagrams to a place, without waiting.
#ifndef SIPWARD_IO_DATAGRAM_SENDER_H_
#define SIPWARD_IO_DATAGRAM_SENDER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "io/socket.h"

namespace sipward::io {

// One thread at a time. What cannot be sent at once is lost, and counted.
class DatagramSender {
 public:
  // To "192.0.2.1:9060" or "[2001:db8::1]:9060" by UDP, or to the socket of a path, "/dev/log",
  // which need not be there all the time. False: see error().
  bool Open(const std::string& place);
  bool is_open() const { return static_cast<bool>(socket_); }
  void Send(std::string_view bytes);
  // For what could not even be written.
  void CountLost() { ++lost_; }

  uint64_t sent() const { return sent_; }
  uint64_t lost() const { return lost_; }
  const std::string& error() const { return error_; }

 private:
  Socket socket_;
  SocketAddress to_;  // of a path; else the socket is connected
  std::string error_;
  uint64_t sent_ = 0;
  uint64_t lost_ = 0;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_DATAGRAM_SENDER_H_
