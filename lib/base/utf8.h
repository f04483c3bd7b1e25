// UTF-8 (RFC 3629).
#ifndef SIPWARD_BASE_UTF8_H_
#define SIPWARD_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipward {

// Bytes of the character at the front of a text that is not empty; 0 if none begins there: overlong
// forms, surrogates and what lies beyond U+10FFFF are none.
constexpr size_t Utf8Length(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const uint8_t second = byte(1);
  const bool bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                   (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
  return bad ? 0 : length;
}

}  // namespace sipward

#endif  // SIPWARD_BASE_UTF8_H_
