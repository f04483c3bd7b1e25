// What a request says of its sender, and what the host knows of that one.
#ifndef SIPWARD_AUTH_REQUEST_H_
#define SIPWARD_AUTH_REQUEST_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "auth/algorithm.h"
#include "base/ip.h"
#include "base/time.h"

namespace sipward::auth {

// Views: they live during the check, and those of its result as long as these.
struct Request {
  static constexpr size_t kMostCredentials = 16;

  // Values of Authorization, or of Proxy-Authorization.
  std::span<const std::string_view> credentials;
  std::string_view method;
  std::string_view request_uri;
  std::optional<std::string_view> body;  // auth-int needs it
  // These three tell a retransmission from a replay.
  std::string_view call_id;
  std::string_view cseq;    // the number
  std::string_view branch;  // of the topmost Via
  // What the client is, as User-Agent says. What it could do before is kept for each client of an
  // account, since a household has old telephones beside new ones.
  std::string_view client;
  IpAddress source;
  Nanos wall = 0;  // since 1970
  Nanos monotonic = 0;
};

// What the host knows of an account: a password, or hashes of user, realm and password.
struct Credential {
  bool known = true;  // false: there is no such account. That takes as long as a wrong password
  // The name of the account. Needed where the request has a hash of it; else it may be left out.
  std::string_view user;
  std::optional<std::string_view> password;
  // H(user:realm:password) in hexadecimal digits, by Strength; of MD5-sess as of MD5.
  std::array<std::string_view, kStrengths> ha1;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_REQUEST_H_
