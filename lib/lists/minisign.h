// Signatures of files as minisign makes them: Ed25519 over the file or over its BLAKE2b, with a
// comment that is signed too.
#ifndef SIPWARD_LISTS_MINISIGN_H_
#define SIPWARD_LISTS_MINISIGN_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::lists {

struct MinisignKey {
  std::array<uint8_t, 8> id{};
  std::array<uint8_t, 32> key{};
  // A public key: the line of base64 alone, or with the comment line in front, as in its file.
  static std::optional<MinisignKey> Parse(std::string_view text);
};

enum class Minisign : uint8_t {
  kGood,
  kMalformed,     // no signature file
  kOtherKey,      // made with another key
  kWrong,         // not of these bytes
  kWrongComment,  // the trusted comment is not the one that was signed
};

struct MinisignResult {
  Minisign outcome = Minisign::kMalformed;
  std::string comment;     // the trusted comment; empty unless good
  uint64_t timestamp = 0;  // what it says behind "timestamp:"; 0: nothing
};

// Checks both signatures of a file `name.minisig`: that of the bytes ("Ed", legacy, of the bytes
// themselves; "ED" of their BLAKE2b-512) and that of the trusted comment. Reads the bytes once or,
// legacy, twice: about 2 ms a megabyte.
MinisignResult CheckMinisign(const MinisignKey& key, std::string_view signature,
                             std::string_view bytes);

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_MINISIGN_H_
