// A second factor: codes that follow from a secret and the time, each of which counts once.
#ifndef SIPWARD_AUTH_SECOND_FACTOR_H_
#define SIPWARD_AUTH_SECOND_FACTOR_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "auth/one_time_code.h"
#include "base/time.h"
#include "state/state.h"

namespace sipward::auth {

struct CodePolicy {
  CodeHash hash = CodeHash::kSha1;
  unsigned digits = 6;  // 6 to 8
  Nanos step = 30 * kSecond;
  uint32_t window = 1;    // steps before and behind the present one whose codes are good too
  uint32_t attempts = 5;  // of an account at once; one more every `recovers`
  Nanos recovers = kMinute;
  uint32_t accounts = 16'384;  // of the tables in the state
};
inline constexpr uint32_t kWidestWindow = 10;

enum class CodeResult : uint8_t {
  kWrong,
  kRight,
  kUsed,    // it is right, and was taken before, or one that is later was
  kLocked,  // too many attempts: nothing was compared
};
std::string_view CodeResultName(CodeResult result);

// One thread's. Those over one state share what was used.
class SecondFactor {
 public:
  // Null: the region has no room. It must outlive this.
  static std::unique_ptr<SecondFactor> Create(const CodePolicy& policy, state::Region* region);
  ~SecondFactor();
  SecondFactor(const SecondFactor&) = delete;
  SecondFactor& operator=(const SecondFactor&) = delete;

  // `secret`: octets. `use`: what the code was given for, a Call-ID for instance: for that it may
  // come again, since requests do. Empty: it counts once, whatever it was for. Compares in constant
  // time; allocates nothing but inside libcrypto.
  CodeResult Check(std::string_view account, std::string_view secret, std::string_view code,
                   std::string_view use, Nanos wall, Nanos monotonic);
  const CodePolicy& policy() const;

 private:
  struct Impl;
  explicit SecondFactor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_SECOND_FACTOR_H_
