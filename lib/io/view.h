// Captured bytes, and how many more were on the wire.
#ifndef SIPWARD_IO_VIEW_H_
#define SIPWARD_IO_VIEW_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipward::io {

// When something was captured.
struct Stamp {
  uint64_t frame = 0;
  int64_t wall_ns = 0;
};

// A window on a packet. Getters need `Has`.
struct View {
  std::string_view bytes;
  size_t missing = 0;  // bytes behind `bytes` that the snapshot length cut off

  bool Has(size_t count) const { return bytes.size() >= count; }
  uint8_t Get8(size_t at) const { return static_cast<uint8_t>(bytes[at]); }
  uint16_t Get16(size_t at) const {
    return static_cast<uint16_t>((uint32_t{Get8(at)} << 8) | Get8(at + 1));
  }
  uint32_t Get32(size_t at) const { return (uint32_t{Get16(at)} << 16) | Get16(at + 2); }

  bool Skip(size_t count) {
    if (!Has(count)) return false;
    bytes.remove_prefix(count);
    return true;
  }
  // Cuts to the length that a header declares. A header that declares more than was on the wire
  // gets what is there.
  void Limit(size_t declared) {
    if (declared <= bytes.size()) {
      bytes = bytes.substr(0, declared);
      missing = 0;
    } else {
      missing = std::min(missing, declared - bytes.size());
    }
  }
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_VIEW_H_
