// What a verification noticed without refusing for it.
#ifndef SIPWARD_IDENTITY_FLAGS_H_
#define SIPWARD_IDENTITY_FLAGS_H_

#include <cstdint>
#include <string_view>

namespace sipward::identity {

enum class Flag : uint8_t {
#define SIPWARD_IDENTITY_FLAG(symbol, name, text) symbol,
#include "identity/flag.def"
#undef SIPWARD_IDENTITY_FLAG
};
inline constexpr unsigned kFlagCount = 0
#define SIPWARD_IDENTITY_FLAG(symbol, name, text) +1
#include "identity/flag.def"
#undef SIPWARD_IDENTITY_FLAG
    ;
static_assert(kFlagCount <= 32, "FlagSet is one word");

class FlagSet {
 public:
  constexpr void Add(Flag flag) { bits_ |= 1u << static_cast<unsigned>(flag); }
  constexpr void Add(FlagSet other) { bits_ |= other.bits_; }
  constexpr bool Has(Flag flag) const { return (bits_ >> static_cast<unsigned>(flag) & 1u) != 0; }
  constexpr uint32_t bits() const { return bits_; }
  friend constexpr bool operator==(FlagSet, FlagSet) = default;

 private:
  uint32_t bits_ = 0;
};

struct FlagInfo {
  std::string_view name;  // "NONCANONICAL_JSON"
  std::string_view text;  // a sentence without its full stop
};
const FlagInfo& Describe(Flag flag);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_FLAGS_H_
