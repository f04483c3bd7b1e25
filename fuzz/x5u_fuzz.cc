// URLs of certificates: what is accepted names a host that no resolver takes for an address, and a
// port and parts that are permitted.
#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "identity/x5u.h"

namespace {

using sipward::identity::CheckX5u;
using sipward::identity::HostOfX5u;
using sipward::identity::IsPublicAddress;
using sipward::identity::Reason;
using sipward::identity::X5uPolicy;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckAccepted(std::string_view url) {
  for (const char c : url) Require(c > ' ' && c < '\x7f' && c != '\\' && c != '?' && c != '#');
  const std::string_view rest = url.substr(std::string_view("https://").size());
  const std::string_view authority = rest.substr(0, rest.find('/'));
  Require(authority.size() < rest.size());
  Require(authority.find('@') == std::string_view::npos);
  const size_t colon = authority.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    Require(port == "443" || port == "8443");
  }
  const std::string host(HostOfX5u(url));
  Require(!host.empty() && authority.starts_with(host));
  Require(host.find('.') != std::string::npos);
  in_addr address{};
  Require(inet_aton(host.c_str(), &address) == 0);
  Require(!sipward::IpAddress::Parse(host));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view url(reinterpret_cast<const char*>(data), size);
  const Reason reason = CheckX5u(url, X5uPolicy());
  if (reason == Reason::kOk) {
    CheckAccepted(url);
    Require(CheckX5u(url, X5uPolicy{.max_length = url.size() - 1}) == Reason::kX5uComponent);
    const std::string host(HostOfX5u(url));
    Require(CheckX5u(url, X5uPolicy{.denied_hosts = {host}}) == Reason::kX5uAddressDenied);
    Require(CheckX5u(url, X5uPolicy{.allowed_hosts = {host}}) == Reason::kOk);
    Require(CheckX5u(url, X5uPolicy{.allowed_hosts = {"." + host}}) == Reason::kX5uAddressDenied);
  } else {
    Require(reason == Reason::kX5uScheme || reason == Reason::kX5uComponent ||
            reason == Reason::kX5uPort || reason == Reason::kX5uAddressDenied);
    HostOfX5u(url);
  }
  // The filter of addresses: an IPv4 address is judged alike in whatever wraps it.
  if (size >= 4) {
    uint32_t v4 = 0;
    for (size_t i = 0; i < 4; ++i) v4 = v4 << 8 | data[i];
    const bool is_public = IsPublicAddress(sipward::IpAddress::FromV4(v4));
    uint8_t nat64[16] = {0, 0x64, 0xff, 0x9b};
    uint8_t six_to_four[16] = {0x20, 0x02};
    std::copy(data, data + 4, nat64 + 12);
    std::copy(data, data + 4, six_to_four + 2);
    Require(IsPublicAddress(sipward::IpAddress::FromV6(nat64)) == is_public);
    Require(IsPublicAddress(sipward::IpAddress::FromV6(six_to_four)) == is_public);
  }
  return 0;
}
