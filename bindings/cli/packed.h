// Numbers and texts as bytes, between processes of the same program.
#ifndef SIPWARD_BINDINGS_CLI_PACKED_H_
#define SIPWARD_BINDINGS_CLI_PACKED_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace sipward::cli {

class Packer {
 public:
  template <typename T>
  void Put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void PutText(std::string_view text);
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what was put, in the same order. Bytes that are missing are zero, and good() says so.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T Get() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value{};
    if (Has(sizeof value)) {
      std::memcpy(static_cast<void*>(&value), bytes_.data(), sizeof value);
      bytes_.remove_prefix(sizeof value);
    }
    return value;
  }
  std::string_view GetText();
  bool good() const { return good_; }

 private:
  bool Has(size_t size);

  std::string_view bytes_;
  bool good_ = true;
};

// For structs of such numbers and nothing else.
template <typename T, typename Operation>
void ForNumbers(T* numbers, const T& others, Operation operation) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) % sizeof(uint64_t) == 0);
  std::array<uint64_t, sizeof(T) / sizeof(uint64_t)> left, right;
  std::memcpy(left.data(), numbers, sizeof(T));
  std::memcpy(right.data(), &others, sizeof(T));
  std::transform(left.begin(), left.end(), right.begin(), left.begin(), operation);
  std::memcpy(static_cast<void*>(numbers), left.data(), sizeof(T));
}
template <typename T>
void AddNumbers(T* sum, const T& more) {
  ForNumbers(sum, more, std::plus<>());
}
template <typename T>
void SubtractNumbers(T* rest, const T& less) {
  ForNumbers(rest, less, std::minus<>());
}

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PACKED_H_
