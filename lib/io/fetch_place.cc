#include "io/fetch_place.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace sipward::io {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::array<uint8_t, 12> kV4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool IsOrdinary(uint16_t port) { return port == 443 || port == 8443; }

bool IsV4(const sipward_endpoint& endpoint) {
  return std::equal(kV4Prefix.begin(), kV4Prefix.end(), endpoint.address);
}

bool Contains(const Permit& permit, const sipward_endpoint& endpoint) {
  const unsigned bits = std::min(permit.bits, 128U);
  const unsigned whole = bits / 8;
  const uint8_t* network = permit.network.address;
  if (!std::equal(network, network + whole, endpoint.address)) return false;
  return bits % 8 == 0 || (network[whole] ^ endpoint.address[whole]) >> (8 - bits % 8) == 0;
}

}  // namespace

std::optional<Place> PlaceOf(std::string_view url, const std::vector<Permit>& permits,
                             std::string_view* reason) {
  sipward_text why{};
  const uint32_t flags = permits.empty() ? 0 : uint32_t{SIPWARD_URL_ANY_PORT};
  if (sipward_certificate_url_check(url.data(), url.size(), flags, &why) != SIPWARD_OK) {
    *reason = why.size != 0 ? std::string_view(why.data, why.size) : "X5U_COMPONENT";
    return std::nullopt;
  }
  // Of a URL that was accepted: https://name[:port]/path.
  const std::string_view rest = url.substr(kScheme.size());
  const std::string_view path = rest.substr(rest.find('/'));
  std::string_view host = rest.substr(0, rest.find('/'));
  Place place;
  const size_t colon = host.find(':');
  if (colon != std::string_view::npos) {
    std::from_chars(host.data() + colon + 1, host.data() + host.size(), place.port);
    host = host.substr(0, colon);
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  place.host = host;
  for (char& c : place.host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto has_port = [&](const Permit& permit) { return permit.network.port == place.port; };
  if (!IsOrdinary(place.port) && std::none_of(permits.begin(), permits.end(), has_port)) {
    *reason = "X5U_PORT";
    return std::nullopt;
  }
  place.url.append(kScheme).append(place.host).append(":");
  place.url.append(std::to_string(place.port)).append(path);
  return place;
}

bool MayConnect(const sipward_endpoint& endpoint, const std::vector<Permit>& permits) {
  if (IsOrdinary(endpoint.port) &&
      sipward_certificate_endpoint_check(&endpoint, nullptr) == SIPWARD_OK) {
    return true;
  }
  return std::any_of(permits.begin(), permits.end(), [&](const Permit& permit) {
    return permit.network.port == endpoint.port && Contains(permit, endpoint);
  });
}

std::optional<sipward_endpoint> EndpointOf(const sockaddr* address, socklen_t size) {
  sipward_endpoint endpoint{};
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    std::copy(kV4Prefix.begin(), kV4Prefix.end(), endpoint.address);
    std::memcpy(endpoint.address + kV4Prefix.size(), &v4.sin_addr, sizeof v4.sin_addr);
    endpoint.port = ntohs(v4.sin_port);
    return endpoint;
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    std::memcpy(endpoint.address, &v6.sin6_addr, sizeof endpoint.address);
    endpoint.port = ntohs(v6.sin6_port);
    return endpoint;
  }
  return std::nullopt;
}

std::string AddressText(const sipward_endpoint& endpoint) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = IsV4(endpoint);
  const uint8_t* bytes = endpoint.address + (v4 ? kV4Prefix.size() : 0);
  inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), static_cast<socklen_t>(text.size()));
  return text.data();
}

bool IsSame(const sipward_endpoint& a, const sipward_endpoint& b) {
  return a.port == b.port && std::equal(std::begin(a.address), std::end(a.address), b.address);
}

}  // namespace sipward::io
