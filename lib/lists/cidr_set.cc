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

uint32_t Next(uint32_t address) { return address + 1; }
uint32_t Previous(uint32_t address) { return address - 1; }

// The address behind, or before: never asked beyond either end.
IpAddress Next(IpAddress address) {
  for (size_t i = address.bytes.size(); i-- > 0;) {
    if (++address.bytes[i] != 0) break;
  }
  return address;
}
IpAddress Previous(IpAddress address) {
  for (size_t i = address.bytes.size(); i-- > 0;) {
    if (address.bytes[i]-- != 0) break;
  }
  return address;
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
  ++added_;
  if (cidr->address.is_v4()) {
    v4_.push_back({cidr->address.v4(), LastOf(*cidr).v4(), added_});
  } else {
    v6_.push_back({cidr->address, LastOf(*cidr), added_});
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

// Networks lie inside one another or apart, never across: sorted by their beginning, the wider
// first, those around a place are a stack.
template <class Address>
void CidrSet::Split(std::vector<Range<Address>>* ranges) {
  std::stable_sort(ranges->begin(), ranges->end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : b.last < a.last;
  });
  std::vector<Range<Address>> pieces, around;
  Address at{};       // from here on nothing has been given out
  bool open = false;  // false: the last address there is has been given out
  const auto close = [&] {
    const Range<Address> inner = around.back();
    around.pop_back();
    if (open && at <= inner.last) pieces.push_back({at, inner.last, inner.number});
    at = Next(inner.last);
    open = inner.last < at;
  };
  for (const Range<Address>& range : *ranges) {
    while (!around.empty() && around.back().last < range.first) close();
    if (!around.empty()) {
      const Range<Address>& outer = around.back();
      if (outer.first == range.first && outer.last == range.last) continue;
      if (at < range.first) pieces.push_back({at, Previous(range.first), outer.number});
    }
    around.push_back(range);
    at = range.first;
    open = true;
  }
  while (!around.empty()) close();
  pieces.shrink_to_fit();
  *ranges = std::move(pieces);
}

bool CidrSet::Touches(const Cidr& net) const {
  const auto touches = [](const auto& ranges, const auto& first, const auto& last) {
    const auto reaches = std::lower_bound(
        ranges.begin(), ranges.end(), first,
        [](const auto& range, const auto& address) { return range.last < address; });
    return reaches != ranges.end() && reaches->first <= last;
  };
  const IpAddress last = LastOf(net);
  return net.address.is_v4() ? touches(v4_, net.address.v4(), last.v4())
                             : touches(v6_, net.address, last);
}

template <class Address>
uint32_t CidrSet::Find(const std::vector<Range<Address>>& ranges, const Address& address) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), address,
                       [](const Address& a, const auto& range) { return a < range.first; });
  if (after == ranges.begin() || std::prev(after)->last < address) return 0;
  return std::prev(after)->number;
}

void CidrSet::Finish(bool numbered) {
  if (numbered) {
    Split(&v4_);
    Split(&v6_);
  } else {
    Merge(&v4_);
    Merge(&v6_);
  }
}

uint32_t CidrSet::Find(const IpAddress& ip) const {
  return ip.is_v4() ? Find(v4_, ip.v4()) : Find(v6_, ip);
}

}  // namespace sipward::lists
