// The boundary: no exception leaves through it, and no pointer comes in that was not looked at.
#ifndef SIPWARD_BINDINGS_C_GUARD_H_
#define SIPWARD_BINDINGS_C_GUARD_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include "sipward.h"

namespace sipward::c {

// The most bytes of one message or text: beyond it a size is a mistake of the caller (32-bit
// offsets, signed).
inline constexpr size_t kMostBytes = 0x7FFFFFFF;

// Runs `body`, which returns a status, and turns what it throws into one. Whatever else the core's
// libraries throw at load time is a failed resource as well.
template <typename Body>
int32_t Guard(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return SIPWARD_ERR_NO_MEMORY;
  }
}

template <typename T>
bool Usable(const T* pointer) {
  return pointer != nullptr && reinterpret_cast<uintptr_t>(pointer) % alignof(T) == 0;
}

inline bool UsableBytes(const char* data, size_t size) {
  return size <= kMostBytes && (data != nullptr || size == 0);
}

// For bytes that are usable; never holds a null pointer.
inline std::string_view View(const char* data, size_t size) {
  return size == 0 ? std::string_view("") : std::string_view(data, size);
}

inline bool UsableText(const sipward_text& text) { return UsableBytes(text.data, text.size); }
inline std::string_view View(const sipward_text& text) { return View(text.data, text.size); }

inline sipward_text Text(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_GUARD_H_
