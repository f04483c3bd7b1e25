// Networks, merged into ranges.
#ifndef SIPWARD_LISTS_CIDR_SET_H_
#define SIPWARD_LISTS_CIDR_SET_H_

#include <string>
#include <vector>

#include "base/ip.h"

namespace sipward::lists {

// Membership needs no longest prefix: overlapping and neighbouring networks become one range, and a
// lookup is one binary search among ranges of the address's own family.
class CidrSet {
 public:
  // False and a sentence in *why if the text is no network.
  bool Add(std::string_view text, std::string* why);
  // After the last Add.
  void Finish();
  bool Contains(const IpAddress& ip) const;

 private:
  template <class Address>
  struct Range {
    Address first;
    Address last;
  };
  template <class Address>
  static void Merge(std::vector<Range<Address>>* ranges);
  template <class Address>
  static bool Find(const std::vector<Range<Address>>& ranges, const Address& address);

  std::vector<Range<uint32_t>> v4_;
  std::vector<Range<IpAddress>> v6_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_CIDR_SET_H_
