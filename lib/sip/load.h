// Words out of a name. Internal to this folder.
#ifndef SIPWARD_SIP_LOAD_H_
#define SIPWARD_SIP_LOAD_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace sipward::sip {

constexpr uint64_t LoadOctet(const char* at) { return static_cast<unsigned char>(*at); }

constexpr uint64_t LoadTwo(const char* at) { return LoadOctet(at) | LoadOctet(at + 1) << 8; }

// Little-endian; compilers do not see that four shifts are one load.
constexpr uint64_t LoadFour(const char* at) {
  if (std::is_constant_evaluated() || std::endian::native != std::endian::little) {
    return LoadOctet(at) | LoadOctet(at + 1) << 8 | LoadOctet(at + 2) << 16 |
           LoadOctet(at + 3) << 24;
  }
  uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

constexpr uint64_t LoadEight(const char* at) {
  if (std::is_constant_evaluated() || std::endian::native != std::endian::little) {
    return LoadFour(at) | LoadFour(at + 4) << 32;
  }
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_LOAD_H_
