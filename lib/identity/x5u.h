// Where a certificate may be fetched from: the URL that a token names (x5u), and the addresses that
// its host resolves to. Nothing is fetched here.
#ifndef SIPWARD_IDENTITY_X5U_H_
#define SIPWARD_IDENTITY_X5U_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "identity/reason.h"

namespace sipward::identity {

// What a host permits beyond the rules that always hold. A name stands for itself, ".example.com"
// for all names below example.com; letter case does not matter.
struct X5uPolicy {
  // If there are any, other hosts are denied. A name that stands here itself may also be one of an
  // internal network, which is denied otherwise.
  std::vector<std::string> allowed_hosts = {};
  std::vector<std::string> denied_hosts = {};  // stronger than those allowed
  bool any_port = false;                       // false: 443 and 8443 alone
  size_t max_length = 512;
};

// kOk, or the first of these that holds (ATIS-1000074, RFC 3986):
//   kX5uScheme         not an absolute https URL
//   kX5uComponent      userinfo, query or fragment; no host or no path; too long; characters that
//   no
//                      URL has
//   kX5uPort           another port
//   kX5uAddressDenied  an address instead of a name, in any form that some resolver reads as one; a
//                      name of the own host or network; a host that the policy denies
// Allocates nothing, linear in the URL.
Reason CheckX5u(std::string_view url, const X5uPolicy& policy);

// The host of a URL that CheckX5u accepts, without the port and the root's dot.
std::string_view HostOfX5u(std::string_view url);

// True of an address that a fetcher may connect to: unicast, reachable over the Internet, and none
// where clouds keep the metadata of a machine (RFC 6890 and the IANA registries of special
// addresses). Addresses that embed an IPv4 address (IPv4-mapped, NAT64, 6to4) are judged by that. A
// fetcher asks this of every address that a name resolves to, and connects to one that was asked
// about.
bool IsPublicAddress(const IpAddress& ip);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_X5U_H_
