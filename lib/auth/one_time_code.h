// One-time codes (RFC 4226, RFC 6238).
#ifndef SIPWARD_AUTH_ONE_TIME_CODE_H_
#define SIPWARD_AUTH_ONE_TIME_CODE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::auth {

class Hasher;

enum class CodeHash : uint8_t { kSha1, kSha256, kSha512 };

inline constexpr unsigned kLeastDigits = 6;
inline constexpr unsigned kMostDigits = 8;

// The digits of a code.
struct Code {
  std::array<char, kMostDigits> digits{};
  unsigned size = 0;
  std::string_view text() const { return {digits.data(), size}; }
};

// HOTP of a counter; TOTP is that of the number of steps since 1970. `secret`: octets. False:
// libcrypto cannot.
bool MakeCode(Hasher* hasher, CodeHash hash, std::string_view secret, uint64_t counter,
              unsigned digits, Code* out);
// The same with a hasher of its own. Load time.
bool MakeCode(CodeHash hash, std::string_view secret, uint64_t counter, unsigned digits, Code* out);

// A number that was dialled with a code behind it: "0049301234*123456".
struct Dialled {
  std::string_view number;
  std::string_view code;
};
// Nothing if there are not exactly so many digits behind the last '*', or nothing before it.
std::optional<Dialled> SplitCode(std::string_view dialled, unsigned digits);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_ONE_TIME_CODE_H_
