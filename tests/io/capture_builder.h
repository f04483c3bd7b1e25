// Writes small captures byte by byte, and reads them with CaptureReader.
#ifndef SIPWARD_TESTS_IO_CAPTURE_BUILDER_H_
#define SIPWARD_TESTS_IO_CAPTURE_BUILDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/capture.h"

namespace sipward::io {

// LINKTYPE_ values, as they stand in a file.
inline constexpr uint32_t kLinkNull = 0;
inline constexpr uint32_t kLinkEthernet = 1;
inline constexpr uint32_t kLinkPpp = 9;
inline constexpr uint32_t kLinkRaw = 101;
inline constexpr uint32_t kLinkLoop = 108;
inline constexpr uint32_t kLinkSll = 113;
inline constexpr uint32_t kLinkIpv4 = 228;
inline constexpr uint32_t kLinkIpv6 = 229;
inline constexpr uint32_t kLinkSll2 = 276;

std::string Be16(uint32_t value);
std::string Be32(uint32_t value);
std::string Le32(uint32_t value);

// A SIP request with `call_id` and a body of `body` bytes.
std::string Request(std::string_view call_id, size_t body = 0);

std::string Udp(std::string_view payload, uint16_t source = 5060, uint16_t destination = 5060);
std::string Ipv4(uint8_t protocol, std::string_view payload, uint16_t id = 0, uint16_t place = 0);
std::string Ipv6(uint8_t protocol, std::string_view payload);

inline constexpr uint8_t kFin = 0x01;
inline constexpr uint8_t kSyn = 0x02;
inline constexpr uint8_t kRst = 0x04;
inline constexpr uint8_t kAck = 0x10;
std::string Tcp(uint32_t sequence, std::string_view payload, uint8_t flags = kAck,
                uint16_t source = 40000, uint16_t destination = 5060);

// One pcap file in memory. Times are nanoseconds since 1970.
class CaptureBuilder {
 public:
  explicit CaptureBuilder(uint32_t link_type = kLinkRaw, uint32_t snapshot = 65535);
  // Frame n is captured at n milliseconds unless `time_ns` says otherwise.
  CaptureBuilder& Add(std::string_view frame, int64_t time_ns = -1);
  const std::string& bytes() const { return bytes_; }

 private:
  uint32_t snapshot_;
  int64_t frames_ = 0;
  std::string bytes_;
};

struct Read {
  struct Message {
    std::string bytes;
    uint64_t frame;
    bool truncated;
    bool unframed;
    sipward_packet packet;
  };
  std::vector<Message> messages;
  std::vector<std::string> call_ids;  // of `messages`
  CaptureStatistics statistics;
  CaptureStatus end = CaptureStatus::kMessage;
  std::string error;
};

Read ReadAll(std::string capture);
std::string CallIdOf(std::string_view message);

}  // namespace sipward::io

#endif  // SIPWARD_TESTS_IO_CAPTURE_BUILDER_H_
