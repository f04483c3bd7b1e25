// What the classes of this interface share; not for hosts.
#ifndef SIPWARD_HANDLE_H_
#define SIPWARD_HANDLE_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace sipward::detail {

template <auto kDestroy>
struct Destroyer {
  template <typename T>
  void operator()(T* object) const noexcept {
    kDestroy(object);
  }
};

// Owns an object of the C interface.
template <typename T, auto kDestroy>
using Handle = std::unique_ptr<T, Destroyer<kDestroy>>;

// True for the T of a T&& that takes a string which dies with the statement: a view of it would
// dangle.
template <typename T>
inline constexpr bool kDies = std::is_same_v<std::remove_cv_t<T>, std::string>;

// A view that takes no such string.
class Borrowed : public std::string_view {
 public:
  constexpr Borrowed() noexcept = default;
  constexpr Borrowed(const char* data, size_t size) noexcept : std::string_view(data, size) {}
  template <typename T,
            std::enable_if_t<std::is_convertible_v<T&&, std::string_view> && !kDies<T>, int> = 0>
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Borrowed(T&& text) noexcept : std::string_view(text) {}
  template <typename T, std::enable_if_t<kDies<T>, int> = 0>
  Borrowed(T&& text) = delete;  // NOLINT(google-explicit-constructor)
};

inline std::string_view View(const sipward_text& text) noexcept {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

// An absent slice has no data, an empty one has.
inline std::string_view View(const char* base, const sipward_slice& slice) noexcept {
  return slice.offset == SIPWARD_ABSENT ? std::string_view()
                                        : std::string_view(base + slice.offset, slice.length);
}

// The values that `Source` gives for 0, 1, 2 ... until it gives none, for range-based loops.
template <typename T, typename Source>
class Sequence {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    iterator() = default;
    explicit iterator(const Source& source) : source_(source), value_((*source_)(0)) {}

    reference operator*() const noexcept { return *value_; }
    pointer operator->() const noexcept { return &*value_; }
    iterator& operator++() noexcept {
      value_ = (*source_)(++index_);
      return *this;
    }
    void operator++(int) noexcept { ++*this; }
    // Two iterators of one sequence differ by where they stand; every end is the same.
    friend bool operator==(const iterator& a, const iterator& b) noexcept {
      return a.value_.has_value() == b.value_.has_value() &&
             (!a.value_.has_value() || a.index_ == b.index_);
    }
    friend bool operator!=(const iterator& a, const iterator& b) noexcept { return !(a == b); }

   private:
    std::optional<Source> source_;
    std::optional<T> value_;
    uint32_t index_ = 0;
  };

  explicit Sequence(const Source& source) noexcept : source_(source) {}
  iterator begin() const noexcept { return iterator(source_); }
  iterator end() const noexcept { return iterator(); }

 private:
  Source source_;
};

}  // namespace sipward::detail

#endif  // SIPWARD_HANDLE_H_
