// Base32 (RFC 4648 section 6), as the secrets of one-time codes are handed out.
#ifndef SIPWARD_AUTH_BASE32_H_
#define SIPWARD_AUTH_BASE32_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::auth {

// The secret of an account; wiped when it goes.
struct Secret {
  static constexpr size_t kLeast = 10;  // what is handed out; RFC 4226 section 4 asks for 16
  static constexpr size_t kMost = 128;

  std::array<char, kMost> octets{};
  size_t size = 0;

  Secret() = default;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();
  std::string_view text() const { return {octets.data(), size}; }
};

// Letters in any case; spaces and hyphens between them, and '=' behind the last, count nothing.
// False: it is no base32, or shorter or longer than a secret may be.
bool DecodeBase32(std::string_view text, Secret* out);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_BASE32_H_
