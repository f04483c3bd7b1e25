// What refuses a message: a profile, and changes to it by name.
#ifndef SIPWARD_POLICY_H_
#define SIPWARD_POLICY_H_

#include <sipward.h>

#include <cstdint>
#include <string_view>

namespace sipward {

enum class Profile : uint8_t {
  kTolerant =
      SIPWARD_PROFILE_TOLERANT,      // accepts what deployed peers send, and names what it let pass
  kStrict = SIPWARD_PROFILE_STRICT,  // the grammar of the RFC
};

// Changes to a profile: every leniency is a switch with the name of its anomaly
// ("header.fold_first"; sipward/c/anomaly.h has them all). Changes nothing at first. A plain value.
class Policy {
 public:
  // `name` no longer refuses. False if there is no such anomaly, or if both profiles refuse it.
  [[nodiscard]] bool Accept(std::string_view name) noexcept {
    return sipward_policy_accept(&policy_, name.data(), name.size()) == SIPWARD_OK;
  }
  // `name` refuses. False if there is no such anomaly.
  [[nodiscard]] bool Refuse(std::string_view name) noexcept {
    return sipward_policy_refuse(&policy_, name.data(), name.size()) == SIPWARD_OK;
  }
  const sipward_policy& c_policy() const noexcept { return policy_; }

 private:
  sipward_policy policy_{};
};

}  // namespace sipward

#endif  // SIPWARD_POLICY_H_
