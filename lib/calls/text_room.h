// A few texts in a record of a fixed size.
#ifndef SIPWARD_CALLS_TEXT_ROOM_H_
#define SIPWARD_CALLS_TEXT_ROOM_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sipward::calls {

// Texts are put in in their order. One that has no room is left out, rather than cut: half an
// account would be another account. The lengths may be anybody's after a restore: what they name
// never lies outside.
template <size_t kTexts, size_t kBytes>
struct TextRoom {
  std::array<uint8_t, kTexts> lengths;
  std::array<char, kBytes> bytes;

  void Clear() { lengths.fill(0); }
  // `texts` of kTexts, the most important first.
  void Fill(const std::array<std::string_view, kTexts>& texts) {
    Clear();
    size_t at = 0;
    for (size_t i = 0; i < kTexts; ++i) {
      const std::string_view text = texts[i];
      if (text.size() > UINT8_MAX || text.size() > kBytes - at) continue;
      if (!text.empty()) std::memcpy(bytes.data() + at, text.data(), text.size());
      lengths[i] = static_cast<uint8_t>(text.size());
      at += text.size();
    }
  }
  // Empty if there is none.
  std::string_view Get(size_t number) const {
    size_t at = 0;
    for (size_t i = 0; i < number; ++i) at += lengths[i];
    if (at >= kBytes) return {};
    return {bytes.data() + at, std::min<size_t>(lengths[number], kBytes - at)};
  }
};

}  // namespace sipward::calls

#endif  // SIPWARD_CALLS_TEXT_ROOM_H_
