// A second factor: one-time codes (RFC 6238 over RFC 4226), each of which counts once.
//
//   auto factor = sipward::SecondFactor::Create({}, state).value();
//   const auto dialled = sipward::SplitCode(user_part);            // "0049301234*492039"
//   const auto came = factor.Check({account, secret, dialled->code, call_id}, wall, monotonic);
//   if (came.value() == sipward::CodeResult::kRight) Dial(dialled->number);
#ifndef SIPWARD_FACTOR_H_
#define SIPWARD_FACTOR_H_

#include <sipward.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/state.h"
#include "sipward/status.h"

namespace sipward {

enum class CodeHash : uint8_t {
  kSha1 = SIPWARD_CODE_SHA_1,  // what most apps have
  kSha256 = SIPWARD_CODE_SHA_256,
  kSha512 = SIPWARD_CODE_SHA_512,
};

enum class CodeResult : uint8_t {
  kWrong = SIPWARD_CODE_WRONG,
  kRight = SIPWARD_CODE_RIGHT,
  kUsed = SIPWARD_CODE_USED,      // it is right, but it or a later one was taken before
  kLocked = SIPWARD_CODE_LOCKED,  // too many attempts: nothing was compared
};

struct CodeOptions {
  CodeHash hash = CodeHash::kSha1;
  uint32_t digits = 6;                // 6 to 8
  std::chrono::seconds step{30};      // up to an hour
  uint32_t window = 1;                // steps before and behind the present one, up to 10
  uint32_t attempts = 5;              // of an account at once, up to 1,000
  std::chrono::seconds recovers{60};  // one more attempt every so often
  uint32_t accounts = 16'384;         // that are remembered
};

// A code and what it is for. Views.
struct CodeAttempt {
  std::string_view account;
  std::string_view secret;  // base32, as the account's app has it
  std::string_view code;
  std::string_view use = {};  // a Call-ID: for that the code may come again
};

// One thread's.
class SecondFactor {
 public:
  // kStateFull: the state has no room. kUnsupported if the library was built without identity.
  static Result<SecondFactor> Create(const CodeOptions& options, const State& state) {
    sipward_second_factor_options given{};
    given.struct_size = sizeof given;
    given.hash = static_cast<uint32_t>(options.hash);
    given.digits = options.digits;
    given.present_only = options.window == 0 ? 1 : 0;
    given.window = options.window;
    given.attempts = options.attempts;
    given.step_s = static_cast<uint64_t>(options.step.count());
    given.recovers_s = static_cast<uint64_t>(options.recovers.count());
    given.accounts = options.accounts;
    given.state = state.c_state();
    sipward_second_factor* factor = nullptr;
    const Status status = Status::FromC(sipward_second_factor_create(&given, &factor));
    if (!status.ok()) return Error{status};
    return SecondFactor(factor);
  }

  // kCredential: the secret is none.
  Result<CodeResult> Check(
      const CodeAttempt& attempt,
      std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall,
      std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds> monotonic) {
    const auto c_text = [](std::string_view text) {
      return sipward_text{text.data(), text.size()};
    };
    sipward_code_attempt given{};
    given.struct_size = sizeof given;
    given.wall_ns = wall.time_since_epoch().count();
    given.monotonic_ns = monotonic.time_since_epoch().count();
    given.account = c_text(attempt.account);
    given.secret = c_text(attempt.secret);
    given.code = c_text(attempt.code);
    given.use = c_text(attempt.use);
    uint32_t result = 0;
    const Status status =
        Status::FromC(sipward_second_factor_check(factor_.get(), &given, &result));
    if (!status.ok()) return Error{status};
    return static_cast<CodeResult>(result);
  }

  const sipward_second_factor* c_factor() const noexcept { return factor_.get(); }

 private:
  explicit SecondFactor(sipward_second_factor* factor) noexcept : factor_(factor) {}

  detail::Handle<sipward_second_factor, sipward_second_factor_destroy> factor_;
};

// The code of a counter (RFC 4226): of RFC 6238 it is the seconds since 1970 divided by the step.
// kCredential: the secret, in base32, is none.
inline Result<std::string> MakeCode(std::string_view secret, uint64_t counter, uint32_t digits = 6,
                                    CodeHash hash = CodeHash::kSha1) {
  std::array<char, 8> code;
  size_t size = 0;
  const Status status =
      Status::FromC(sipward_code_make(static_cast<uint32_t>(hash), secret.data(), secret.size(),
                                      counter, digits, code.data(), code.size(), &size));
  if (!status.ok()) return Error{status};
  return std::string(code.data(), size);
}

// A number that was dialled with a code behind it.
struct DialledCode {
  std::string_view number;
  std::string_view code;
};
// Of "0049301234*492039"; nothing if there are not exactly so many digits behind the last '*'.
inline std::optional<DialledCode> SplitCode(detail::Borrowed dialled,
                                            uint32_t digits = 6) noexcept {
  sipward_text number{};
  sipward_text code{};
  if (sipward_code_split(dialled.data(), dialled.size(), digits, &number, &code) != SIPWARD_OK) {
    return {};
  }
  return DialledCode{detail::View(number), detail::View(code)};
}

}  // namespace sipward

#endif  // SIPWARD_FACTOR_H_
