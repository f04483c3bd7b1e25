// The one way in which structs of the caller are read and written: by the size that the caller
// gives.
#ifndef SIPWARD_BINDINGS_C_STRUCT_SIZE_H_
#define SIPWARD_BINDINGS_C_STRUCT_SIZE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "guard.h"

namespace sipward::c {

// struct_size and one member at least; a size beyond the most is not one that a compiler computed.
inline constexpr uint32_t kLeastStruct = 8;
inline constexpr uint32_t kMostStruct = 16'384;

template <typename T>
bool HasStructSize(const T* given) {
  static_assert(std::is_trivially_copyable_v<T> && offsetof(T, struct_size) == 0);
  return Usable(given) && given->struct_size >= kLeastStruct && given->struct_size <= kMostStruct;
}

// Reads as much of `*given` as both sides know; the rest of `*out` is zero. False if the caller
// wants something that this library does not know.
template <typename T>
bool ReadStruct(const T* given, T* out) {
  if (!HasStructSize(given)) return false;
  const size_t size = given->struct_size;
  const auto* bytes = reinterpret_cast<const unsigned char*>(given);
  if (size > sizeof(T) &&
      std::any_of(bytes + sizeof(T), bytes + size, [](unsigned char b) { return b != 0; })) {
    return false;
  }
  *out = T{};
  std::memcpy(out, bytes, std::min(size, sizeof(T)));
  return true;
}

// Writes as much of `value` as both sides know; struct_size stays the caller's.
template <typename T>
void WriteStruct(const T& value, T* out) {
  const size_t size = std::min<size_t>(out->struct_size, sizeof(T));
  constexpr size_t kBehind = sizeof(value.struct_size);
  std::memcpy(reinterpret_cast<unsigned char*>(out) + kBehind,
              reinterpret_cast<const unsigned char*>(&value) + kBehind, size - kBehind);
}

// The distance of two elements of an array of the caller's structs; 0: they cannot stand in one.
template <typename T>
size_t StrideOf(const T* first) {
  if (!HasStructSize(first) || first->struct_size % alignof(T) != 0) return 0;
  return first->struct_size;
}

template <typename T>
T* At(T* first, size_t stride, size_t index) {
  using Byte = std::conditional_t<std::is_const_v<T>, const unsigned char, unsigned char>;
  return reinterpret_cast<T*>(reinterpret_cast<Byte*>(first) + stride * index);
}

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_STRUCT_SIZE_H_
