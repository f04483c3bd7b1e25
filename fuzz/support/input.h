// What the structured targets share: an abort that a fuzzer sees, and the input taken apart.
#ifndef SIPWARD_FUZZ_SUPPORT_INPUT_H_
#define SIPWARD_FUZZ_SUPPORT_INPUT_H_

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace sipward::fuzz {

inline void Require(bool condition) {
  if (!condition) std::abort();
}

// Takes what a target needs off the input; at its end everything is zero.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return byte;
  }
  // Below `count`, which is not 0 and at most 256.
  size_t Pick(size_t count) { return Byte() % count; }
  uint32_t Short() {
    const uint32_t low = Byte();
    return low | uint32_t{Byte()} << 8;
  }
  // Small as a rule, sometimes at the edge of the type.
  uint32_t Number() {
    const uint8_t byte = Byte();
    if (byte < 250) return byte;
    return byte == 250 ? 0x80000000u : byte == 251 ? 0x7FFFFFFFu : 0xFFFFFFFFu - (byte - 252u);
  }
  std::string_view Bytes(size_t wanted) {
    const std::string_view bytes = rest_.substr(0, wanted);
    rest_.remove_prefix(bytes.size());
    return bytes;
  }
  // A text with its length in front of it; without data now and then.
  std::string_view Text() {
    const size_t wanted = size_t{Byte()} << (Byte() % 5);
    return Bytes(wanted);
  }

 private:
  std::string_view rest_;
};

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_INPUT_H_
