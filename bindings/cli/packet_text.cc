#include "packet_text.h"

#include <arpa/inet.h>

#include <cstdio>
#include <cstring>
#include <ctime>

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr uint8_t kV4Prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool IsV4(const sipward_endpoint& endpoint) {
  return std::memcmp(endpoint.address, kV4Prefix, sizeof kV4Prefix) == 0;
}

// Rounded down, also before 1970, so that the fraction is never negative.
int64_t SecondsOf(int64_t wall_ns) { return wall_ns / kSecond - (wall_ns % kSecond < 0 ? 1 : 0); }

std::string DateText(int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  const size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return {text, size};
}

}  // namespace

std::string TimeText(int64_t wall_ns) {
  const int64_t seconds = SecondsOf(wall_ns);
  const auto nanoseconds = static_cast<int>(wall_ns % kSecond);
  const int fraction = nanoseconds < 0 ? nanoseconds + static_cast<int>(kSecond) : nanoseconds;
  char micros[16];
  std::snprintf(micros, sizeof micros, ".%06dZ", fraction / 1000);
  return DateText(seconds) + micros;
}

std::string SecondText(int64_t wall_ns) { return DateText(SecondsOf(wall_ns)) + "Z"; }

std::string AddressText(const sipward_endpoint& endpoint) {
  char text[INET6_ADDRSTRLEN] = "";
  if (IsV4(endpoint)) {
    inet_ntop(AF_INET, endpoint.address + sizeof kV4Prefix, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, endpoint.address, text, sizeof text);
  }
  return text;
}

std::string EndpointText(const sipward_endpoint& endpoint) {
  const std::string port = ":" + std::to_string(endpoint.port);
  if (IsV4(endpoint)) return AddressText(endpoint) + port;
  return "[" + AddressText(endpoint) + "]" + port;
}

std::string_view TransportName(uint32_t transport) {
  switch (transport) {
    case SIPWARD_TRANSPORT_UDP:
      return "udp";
    case SIPWARD_TRANSPORT_TCP:
      return "tcp";
    case SIPWARD_TRANSPORT_TLS:
      return "tls";
    case SIPWARD_TRANSPORT_WS:
      return "ws";
    case SIPWARD_TRANSPORT_WSS:
      return "wss";
    case SIPWARD_TRANSPORT_SCTP:
      return "sctp";
    default:
      return "unknown";
  }
}

}  // namespace sipward::cli
