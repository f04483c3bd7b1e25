// What a caller of the C interface has, out of the input: structs of any size, and objects.
#ifndef SIPWARD_FUZZ_SUPPORT_C_OBJECTS_H_
#define SIPWARD_FUZZ_SUPPORT_C_OBJECTS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline constexpr size_t kSlots = 3;

// A struct of the caller: its size is true or a little smaller, its members come from the input.
template <typename T>
T AnyStruct(Input& input) {
  T out{};
  const std::string_view bytes = input.Text();
  std::memcpy(&out, bytes.data(), std::min(bytes.size(), sizeof out));
  out.struct_size = input.Byte() < 200 ? uint32_t{sizeof out} : input.Byte() % uint32_t{sizeof out};
  return out;
}

// What the library writes to: behind the size that it is told, nothing may change.
template <typename T>
class Output {
 public:
  explicit Output(Input& input) {
    value_.struct_size =
        input.Byte() < 200 ? uint32_t{sizeof value_} : input.Byte() % uint32_t{sizeof value_};
    told_ = std::max<size_t>(value_.struct_size, sizeof value_.struct_size);
    std::fill(bytes() + told_, bytes() + sizeof value_, kUntouched);
  }
  ~Output() {
    Require(std::all_of(bytes() + told_, bytes() + sizeof value_,
                        [](unsigned char byte) { return byte == kUntouched; }));
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  T* get() { return &value_; }
  // What was told; zero behind it.
  T Read() const {
    T out{};
    std::memcpy(&out, &value_, told_);
    return out;
  }

 private:
  static constexpr unsigned char kUntouched = 0xA5;

  unsigned char* bytes() { return reinterpret_cast<unsigned char*>(&value_); }

  T value_{};
  size_t told_;
};

inline void Known(int32_t status) { Require(status >= SIPWARD_ERR_FEED && status <= SIPWARD_END); }

template <typename T, void (*kDestroy)(T*)>
class Slots {
 public:
  ~Slots() {
    for (T* object : objects_) kDestroy(object);
  }
  T* Any(Input& input) const { return objects_[input.Byte() % kSlots]; }
  // Makes an object in a slot that is free; what a failed call leaves there must be NULL.
  template <typename Make>
  void Create(Input& input, Make make) {
    T*& slot = objects_[input.Byte() % kSlots];
    kDestroy(slot);
    slot = nullptr;
    const int32_t status = make(&slot);
    Known(status);
    Require((status == SIPWARD_OK) == (slot != nullptr));
  }
  void Destroy(Input& input) {
    T*& slot = objects_[input.Byte() % kSlots];
    kDestroy(slot);
    slot = nullptr;
  }

 private:
  std::array<T*, kSlots> objects_{};
};

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_OBJECTS_H_
