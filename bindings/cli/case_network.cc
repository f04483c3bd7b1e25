#include "case_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace sipward::cli {
namespace {

constexpr int kV4Bits = 96;  // in front of an IPv4 address

}  // namespace

bool Network::Holds(const Network& other) const {
  if (other.bits < bits) return false;
  const auto whole = static_cast<ptrdiff_t>(bits / 8);
  if (!std::equal(address.begin(), address.begin() + whole, other.address.begin())) return false;
  const int rest = bits % 8;
  if (rest == 0) return true;
  const auto at = static_cast<size_t>(whole);
  return (address[at] ^ other.address[at]) >> (8 - rest) == 0;
}

std::optional<Network> NetworkFrom(const std::string& text) {
  const size_t slash = text.find('/');
  const std::string host = text.substr(0, slash);
  Network network;
  const bool v4 = inet_pton(AF_INET, host.c_str(), network.address.data() + 12) == 1;
  if (v4) {
    network.address[10] = network.address[11] = 0xFF;
  } else if (inet_pton(AF_INET6, host.c_str(), network.address.data()) != 1) {
    return std::nullopt;
  }
  if (slash == text.npos) return network;
  const char* begin = text.data() + slash + 1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(begin, end, network.bits);
  if (begin == end || error != std::errc() || stop != end || network.bits < 0 ||
      network.bits > (v4 ? 32 : 128)) {
    return std::nullopt;
  }
  if (v4) network.bits += kV4Bits;
  return network;
}

std::string NeighbourhoodOf(const std::string& address) {
  auto network = NetworkFrom(address);
  if (!network) return {};
  char text[INET6_ADDRSTRLEN] = "";
  if (address.find(':') == address.npos) {
    network->address[15] = 0;
    inet_ntop(AF_INET, network->address.data() + 12, text, sizeof text);
    return std::string(text) + "/24";
  }
  std::fill(network->address.begin() + 8, network->address.end(), uint8_t{0});
  inet_ntop(AF_INET6, network->address.data(), text, sizeof text);
  return std::string(text) + "/64";
}

}  // namespace sipward::cli
