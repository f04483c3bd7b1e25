// The octets of a value that owns nothing and has no padding: what is hashed of a key of several
// parts.
#ifndef SIPWARD_BASE_PLAIN_H_
#define SIPWARD_BASE_PLAIN_H_

#include <string_view>
#include <type_traits>

namespace sipward {

// Lives as long as `plain`.
template <class Plain>
std::string_view BytesOf(const Plain& plain) {
  static_assert(std::is_trivially_copyable_v<Plain>);
  return {reinterpret_cast<const char*>(&plain), sizeof plain};
}

}  // namespace sipward

#endif  // SIPWARD_BASE_PLAIN_H_
