// A place inside somebody else's bytes.
#ifndef SIPWARD_BASE_SLICE_H_
#define SIPWARD_BASE_SLICE_H_

#include <cstdint>
#include <string_view>

namespace sipward {

// Offset and length inside a buffer that the reader of the slice already holds. Offsets and not
// pointers, so that what was found in a message stays true if the message moves, and half as large.
// An absent slice (a field that was not written) differs from an empty one (a field written with
// nothing in it).
struct Slice {
  static constexpr uint32_t kAbsent = 0xFFFFFFFFu;

  uint32_t offset = kAbsent;
  uint32_t length = 0;

  constexpr bool present() const { return offset != kAbsent; }
  constexpr bool empty() const { return length == 0; }
  constexpr uint32_t end() const { return offset + length; }

  // The bytes, given the start of the buffer; empty if the slice is absent.
  constexpr std::string_view In(const char* base) const {
    return present() ? std::string_view(base + offset, length) : std::string_view();
  }

  friend constexpr bool operator==(const Slice&, const Slice&) = default;
};
static_assert(sizeof(Slice) == 8, "two 32-bit words: messages hold hundreds of them");

}  // namespace sipward

#endif  // SIPWARD_BASE_SLICE_H_
