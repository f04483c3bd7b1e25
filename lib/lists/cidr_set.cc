#include "lists/cidr_set.h"

#include <algorithm>
#include <charconv>

namespace sipward::lists {
namespace {

IpAddress LastOf(const Cidr& cidr) {
  IpAddress last = cidr.address;
  const unsigned bits = cidr.address.is_v4() ? 96u + cidr.bits : cidr.bits;
  for (unsigned i = bits; i < 128; ++i) {
    last.bytes[i / 8] = static_cast<uint8_t>(last.bytes[i / 8] | 0x80u >> (i % 8));
  }
  return last;
}

std::string WhyNoCidr(std::string_view text) {
  const size_t slash = text.find('/');
  const auto ip = IpAddress::Parse(text.substr(0, slash));
  if (!ip) return "not an IP address or network";
  if (slash == std::string_view::npos) return "not a network";
  const std::string_view number = text.substr(slash + 1);
  const bool as_v6 = text.find(':') < slash;
  const unsigned most = as_v6 ? 128 : 32;
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
  if (error != std::errc() || end != number.data() + number.size() || bits > most) {
    return "the prefix length is not a number from 0 to " + std::to_string(most);
  }
  if (as_v6 && ip->is_v4()) {
    if (bits < 96) return "a network of IPv4-mapped addresses has at least 96 bits";
    bits -= 96;
  }
  return "bits behind the prefix are set; the network is " +
         Cidr{ip->Prefix(bits), static_cast<uint8_t>(bits)}.ToString();
}

}  // namespace

bool CidrSet::Add(std::string_view text, std::string* why) {
  const auto cidr = Cidr::Parse(text);
  if (!cidr) {
    *why = WhyNoCidr(text);
    return false;
  }
  if (cidr->address.is_v4()) {
    v4_.push_back({cidr->address.v4(), LastOf(*cidr).v4()});
  } else {
    v6_.push_back({cidr->address, LastOf(*cidr)});
  }
  return true;
}

template <class Address>
void CidrSet::Merge(std::vector<Range<Address>>* ranges) {
  std::sort(ranges->begin(), ranges->end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  size_t kept = 0;
  for (const Range<Address>& range : *ranges) {
    if (kept != 0 && range.first <= (*ranges)[kept - 1].last) {
      (*ranges)[kept - 1].last = std::max((*ranges)[kept - 1].last, range.last);
    } else {
      (*ranges)[kept++] = range;
    }
  }
  ranges->resize(kept);
  ranges->shrink_to_fit();
}

template <class Address>
bool CidrSet::Find(const std::vector<Range<Address>>& ranges, const Address& address) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), address,
                       [](const Address& a, const auto& range) { return a < range.first; });
  return after != ranges.begin() && address <= std::prev(after)->last;
}

void CidrSet::Finish() {
  Merge(&v4_);
  Merge(&v6_);
}

bool CidrSet::Contains(const IpAddress& ip) const {
  return ip.is_v4() ? Find(v4_, ip.v4()) : Find(v6_, ip);
}

}  // namespace sipward::lists
