#include "tests/io/capture_builder.h"

#include <algorithm>

namespace sipward::io {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;

std::string Byte(uint32_t value) { return std::string(1, static_cast<char>(value & 0xFF)); }

std::string Reversed(std::string bytes) {
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

}  // namespace

std::string Be16(uint32_t value) { return Byte(value >> 8) + Byte(value); }
std::string Be32(uint32_t value) { return Be16(value >> 16) + Be16(value); }
std::string Le32(uint32_t value) { return Reversed(Be32(value)); }

std::string Request(std::string_view call_id, size_t body) {
  return "OPTIONS sip:bob@example.com SIP/2.0\r\n"
         "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
         "From: <sip:alice@example.com>;tag=1\r\n"
         "To: <sip:bob@example.com>\r\n"
         "Call-ID: " +
         std::string(call_id) +
         "\r\n"
         "CSeq: 1 OPTIONS\r\n"
         "Content-Length: " +
         std::to_string(body) + "\r\n\r\n" + std::string(body, 'b');
}

// A checksum of 0xBAD0 is wrong for all that the tests send.
std::string Udp(std::string_view payload, uint16_t source, uint16_t destination) {
  return Be16(source) + Be16(destination) + Be16(static_cast<uint32_t>(8 + payload.size())) +
         Be16(0xBAD0) + std::string(payload);
}

std::string Ipv4(uint8_t protocol, std::string_view payload, uint16_t id, uint16_t place) {
  return Byte(0x45) + Byte(0) + Be16(static_cast<uint32_t>(20 + payload.size())) + Be16(id) +
         Be16(place) + Byte(64) + Byte(protocol) + Be16(0xBAD0) + Be32(0xC0000201) +
         Be32(0xC0000202) + std::string(payload);
}

std::string Ipv6(uint8_t protocol, std::string_view payload) {
  const std::string network = Be32(0x20010DB8) + Be32(0) + Be32(0);
  return Be32(0x60000000) + Be16(static_cast<uint32_t>(payload.size())) + Byte(protocol) +
         Byte(64) + network + Be32(1) + network + Be32(2) + std::string(payload);
}

std::string Tcp(uint32_t sequence, std::string_view payload, uint8_t flags, uint16_t source,
                uint16_t destination) {
  return Be16(source) + Be16(destination) + Be32(sequence) + Be32(0) + Byte(0x50) + Byte(flags) +
         Be16(65535) + Be16(0xBAD0) + Be16(0) + std::string(payload);
}

CaptureBuilder::CaptureBuilder(uint32_t link_type, uint32_t snapshot)
    : snapshot_(snapshot),
      bytes_(Le32(0xA1B23C4D) + Reversed(Be16(2)) + Reversed(Be16(4)) + Le32(0) + Le32(0) +
             Le32(snapshot) + Le32(link_type)) {}

CaptureBuilder& CaptureBuilder::Add(std::string_view frame, int64_t time_ns) {
  ++frames_;
  if (time_ns < 0) time_ns = frames_ * kMillisecond;
  const std::string_view captured = frame.substr(0, snapshot_);
  bytes_ += Le32(static_cast<uint32_t>(time_ns / kSecond)) +
            Le32(static_cast<uint32_t>(time_ns % kSecond)) +
            Le32(static_cast<uint32_t>(captured.size())) +
            Le32(static_cast<uint32_t>(frame.size())) + std::string(captured);
  return *this;
}

std::string CallIdOf(std::string_view message) {
  constexpr std::string_view kName = "Call-ID: ";
  const size_t at = message.find(kName);
  if (at == message.npos) return "";
  message.remove_prefix(at + kName.size());
  return std::string(message.substr(0, message.find('\r')));
}

Read ReadAll(std::string capture) {
  Read read;
  CaptureReader reader;
  if (!reader.OpenStream(fmemopen(capture.data(), capture.size(), "rb"), "test")) {
    read.end = CaptureStatus::kError;
    read.error = reader.error();
    return read;
  }
  CaptureItem item;
  while ((read.end = reader.Next(&item)) == CaptureStatus::kMessage) {
    read.messages.push_back(
        {{item.data, item.size}, item.frame, item.truncated, item.unframed, item.packet});
    read.call_ids.push_back(CallIdOf(read.messages.back().bytes));
  }
  read.error = reader.error();
  read.statistics = reader.statistics();
  return read;
}

}  // namespace sipward::io
