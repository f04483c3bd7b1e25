// What the tests of state share.
#ifndef SIPWARD_TESTS_STATE_HELPERS_H_
#define SIPWARD_TESTS_STATE_HELPERS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "state/state.h"

namespace sipward::state {

inline HashSecret TestSecret() {
  HashSecret secret;
  for (size_t i = 0; i < secret.bytes.size(); ++i)
    secret.bytes[i] = static_cast<uint8_t>(i * 7 + 1);
  return secret;
}

inline Hash128 Key(std::string_view text) { return KeyedHash128(TestSecret(), text); }
inline Hash128 Key(uint64_t number) {
  return Key(std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
}
inline uint64_t Item(uint64_t number) {
  return KeyedHash64(TestSecret(), std::string_view(reinterpret_cast<const char*>(&number), 8));
}

inline std::unique_ptr<Region> NewRegion(uint64_t bytes = Region::kDefaultBytes) {
  return Region::Create(bytes, TestSecret());
}

inline TableSpec Spec(TableKind kind, Nanos window, uint32_t capacity = 1024) {
  return TableSpec{kind, window, capacity, "test"};
}

}  // namespace sipward::state

#endif  // SIPWARD_TESTS_STATE_HELPERS_H_
