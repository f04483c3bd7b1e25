// Who is banned, why and for how long; and the host's own word on it.
//
//   for (const sipward::Ban& ban : engine.Bans(now)) std::cout << ban.key() << ": " <<
//   ban.reason(); engine.RemoveBan(sipward::BanKind::kAddress, "192.0.2.1", now);
#ifndef SIPWARD_BAN_H_
#define SIPWARD_BAN_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace sipward {

enum class BanKind : uint8_t {
  // "192.0.2.1", "2001:db8::1", or a network that messages are looked up by: the /24 of an IPv4
  // address, the /64 of an IPv6 one.
  kAddress = SIPWARD_BAN_ADDRESS,
  kAccount = SIPWARD_BAN_ACCOUNT,
  kTrunk = SIPWARD_BAN_TRUNK,
};

// A ban as it was when it was asked for: a plain value.
class Ban {
 public:
  using Time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

  Ban() noexcept : ban_{} { ban_.struct_size = sizeof ban_; }

  BanKind kind() const noexcept { return static_cast<BanKind>(ban_.kind); }
  // At most 62 bytes of it.
  std::string_view key() const noexcept { return {ban_.key, ban_.key_size}; }
  // Name of the rule, or the host's text: at most 47 bytes of it.
  std::string_view reason() const noexcept { return {ban_.reason, ban_.reason_size}; }
  // On the monotonic clock of the packets.
  Time since() const noexcept { return Time(std::chrono::nanoseconds(ban_.since_ns)); }
  Time until() const noexcept { return Time(std::chrono::nanoseconds(ban_.until_ns)); }
  // The address, or a part of the network, is in the list `allowed`: there the ban has no effect.
  bool allow_listed() const noexcept { return (ban_.flags & SIPWARD_BAN_ALLOW_LISTED) != 0; }

 private:
  friend class Engine;

  sipward_ban ban_;
};

}  // namespace sipward

#endif  // SIPWARD_BAN_H_
