// What User-Agent and Server say of a program: its family, and its version.
#ifndef SIPWARD_FACTS_PRODUCT_H_
#define SIPWARD_FACTS_PRODUCT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sipward::facts {

inline constexpr size_t kMaxProduct = 64;

// The family of programs, in lower case: "asterisk" of "Asterisk PBX 18.9.0" and of
// "FPBX-16.0.40(18.9.0)", by a table of what programs call themselves; of others the first word,
// without a version behind it, up to 64 bytes of it. Empty if there is none. In `out`, or a
// constant.
std::string_view ProductOf(std::string_view text, std::span<char> out);

// The first number with dots in it that stands alone, with what says that it is none of the final
// versions, as "2.1.0-rc2"; a number without dots if there is no other and it stands behind the
// first word. A part of the text; empty if there is none. Of "FPBX-16.0.40(18.9.0)" it is the one
// in parentheses, which is Asterisk's.
std::string_view VersionOf(std::string_view text);

// The family and the first number of the version, as "asterisk 18"; the family alone if there is no
// version. In `out`.
std::string_view BranchOf(std::string_view text, std::span<char> out);

// Whether version a is before b: numbers between dots compare as numbers, what is missing is 0, and
// "rc", "beta", "alpha", "pre" and "dev" come before the version itself. False if either is none.
bool VersionLess(std::string_view a, std::string_view b);

}  // namespace sipward::facts

#endif  // SIPWARD_FACTS_PRODUCT_H_
