#include "base/ip.h"

#include <charconv>
#include <cstdio>
#include <cstring>

#include "base/ascii.h"

namespace sipward {
namespace {

constexpr std::array<uint8_t, 12> kV4Mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// Four decimal octets; leading zeros are refused, because some stacks read them as octal.
std::optional<uint32_t> ParseV4(std::string_view text) {
  uint32_t value = 0;
  for (int octet = 0; octet < 4; ++octet) {
    if (octet > 0) {
      if (text.empty() || text.front() != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    uint32_t number = 0;
    size_t digits = 0;
    while (digits < text.size() && digits < 4 && IsDigit(text[digits])) {
      number = number * 10 + static_cast<uint32_t>(text[digits] - '0');
      ++digits;
    }
    if (digits == 0 || digits > 3 || number > 255 || (digits > 1 && text[0] == '0'))
      return std::nullopt;
    text.remove_prefix(digits);
    value = value << 8 | number;
  }
  return text.empty() ? std::optional(value) : std::nullopt;
}

std::optional<IpAddress> ParseV6(std::string_view text) {
  uint16_t groups[8] = {};
  int count = 0;
  int gap = -1;  // index at which "::" stands
  if (text.substr(0, 2) == "::") {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (count == 8) return std::nullopt;
    const size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      const auto v4 = ParseV4(group);
      if (!v4 || count > 6) return std::nullopt;
      groups[count++] = static_cast<uint16_t>(*v4 >> 16);
      groups[count++] = static_cast<uint16_t>(*v4 & 0xffff);
      break;
    }
    if (group.empty() || group.size() > 4) return std::nullopt;
    uint16_t value = 0;
    const auto [end, error] = std::from_chars(group.data(), group.data() + group.size(), value, 16);
    if (error != std::errc() || end != group.data() + group.size()) return std::nullopt;
    groups[count++] = value;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;  // a single colon at the end
    if (text.front() == ':') {
      if (gap >= 0) return std::nullopt;
      gap = count;
      text.remove_prefix(1);
    }
  }
  if (gap < 0 ? count != 8 : count > 7) return std::nullopt;
  IpAddress ip;
  const int tail = gap < 0 ? 0 : count - gap;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<size_t>((gap >= 0 && i >= gap) ? 8 - tail + (i - gap) : i);
    ip.bytes[2 * at] = static_cast<uint8_t>(groups[i] >> 8);
    ip.bytes[2 * at + 1] = static_cast<uint8_t>(groups[i] & 0xff);
  }
  return ip;
}

}  // namespace

IpAddress IpAddress::FromV4(uint32_t host_order) {
  IpAddress ip;
  std::memcpy(ip.bytes.data(), kV4Mapped.data(), kV4Mapped.size());
  for (size_t i = 0; i < 4; ++i)
    ip.bytes[12 + i] = static_cast<uint8_t>(host_order >> (24 - 8 * i));
  return ip;
}

IpAddress IpAddress::FromV6(const uint8_t (&network_order)[16]) {
  IpAddress ip;
  std::memcpy(ip.bytes.data(), network_order, 16);
  return ip;
}

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return ParseV6(text);
  const auto v4 = ParseV4(text);
  return v4 ? std::optional(FromV4(*v4)) : std::nullopt;
}

bool IpAddress::is_v4() const {
  return std::memcmp(bytes.data(), kV4Mapped.data(), kV4Mapped.size()) == 0;
}

bool IpAddress::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  IpAddress one;
  one.bytes[15] = 1;
  return *this == one;
}

uint32_t IpAddress::v4() const {
  return static_cast<uint32_t>(bytes[12]) << 24 | static_cast<uint32_t>(bytes[13]) << 16 |
         static_cast<uint32_t>(bytes[14]) << 8 | bytes[15];
}

IpAddress IpAddress::Prefix(unsigned bits) const {
  const unsigned keep = is_v4() ? 96 + (bits < 32 ? bits : 32) : (bits < 128 ? bits : 128);
  IpAddress result;
  const size_t whole = keep / 8;
  std::memcpy(result.bytes.data(), bytes.data(), whole);
  if (keep % 8 != 0) {
    result.bytes[whole] = static_cast<uint8_t>(bytes[whole] & (0xff00u >> keep % 8));
  }
  return result;
}

std::string IpAddress::ToString() const {
  char buffer[48];
  if (is_v4()) {
    std::snprintf(buffer, sizeof buffer, "%u.%u.%u.%u", bytes[12], bytes[13], bytes[14], bytes[15]);
    return buffer;
  }
  // RFC 5952: the first longest run of two or more zero groups becomes "::".
  unsigned groups[8];
  for (size_t i = 0; i < 8; ++i)
    groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
  int best = -1, best_length = 1;
  for (int i = 0; i < 8;) {
    int j = i;
    while (j < 8 && groups[j] == 0) ++j;
    if (j - i > best_length) {
      best = i;
      best_length = j - i;
    }
    i = j == i ? i + 1 : j;
  }
  std::string text;
  for (int i = 0; i < 8; ++i) {
    if (i == best) {
      text += "::";
      i += best_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    std::snprintf(buffer, sizeof buffer, "%x", groups[i]);
    text += buffer;
  }
  return text;
}

std::optional<Cidr> Cidr::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  const auto ip = IpAddress::Parse(text.substr(0, slash));
  if (!ip) return std::nullopt;
  const bool v4 = text.find(':') == std::string_view::npos;
  const unsigned most = v4 ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
    if (error != std::errc() || end != number.data() + number.size() || bits > most)
      return std::nullopt;
  }
  // A mapped network written as IPv6 is the IPv4 network that it stands for.
  if (!v4 && ip->is_v4()) {
    if (bits < 96) return std::nullopt;
    bits -= 96;
  }
  if (ip->Prefix(bits) != *ip) return std::nullopt;
  return Cidr{*ip, static_cast<uint8_t>(bits)};
}

bool Cidr::Contains(const IpAddress& ip) const {
  return ip.is_v4() == address.is_v4() && ip.Prefix(bits) == address;
}

Cidr HostOf(const IpAddress& ip) {
  const uint8_t bits = ip.is_v4() ? 32 : 64;
  return {ip.Prefix(bits), bits};
}

Cidr NetworkOf(const IpAddress& ip) {
  const uint8_t bits = ip.is_v4() ? 24 : 64;
  return {ip.Prefix(bits), bits};
}

std::string Cidr::ToString() const { return address.ToString() + "/" + std::to_string(bits); }

}  // namespace sipward
