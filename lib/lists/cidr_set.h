// Networks, merged into ranges.
#ifndef SIPWARD_LISTS_CIDR_SET_H_
#define SIPWARD_LISTS_CIDR_SET_H_

#include <string>
#include <vector>

#include "base/ip.h"

namespace sipward::lists {

// Networks become ranges that do not overlap, and a lookup is one binary search among those of the
// address's own family. Where only membership is asked for, overlapping networks are one range.
class CidrSet {
 public:
  // False and a sentence in *why if the text is no network.
  bool Add(std::string_view text, std::string* why);
  // After the last Add. `numbered`: Find will be asked.
  void Finish(bool numbered);
  bool Contains(const IpAddress& ip) const { return Find(ip) != 0; }
  // The network and one of these have an address in common.
  bool Touches(const Cidr& net) const;
  // The number of the narrowest network that holds the address, from 1 in the order of Add, the
  // first of equal ones; 0: none. Without `numbered`, of one of those that hold it.
  uint32_t Find(const IpAddress& ip) const;

 private:
  template <class Address>
  struct Range {
    Address first;
    Address last;
    uint32_t number = 0;
  };
  template <class Address>
  static void Merge(std::vector<Range<Address>>* ranges);
  template <class Address>
  static void Split(std::vector<Range<Address>>* ranges);
  template <class Address>
  static uint32_t Find(const std::vector<Range<Address>>& ranges, const Address& address);

  uint32_t added_ = 0;

  std::vector<Range<uint32_t>> v4_;
  std::vector<Range<IpAddress>> v6_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_CIDR_SET_H_
