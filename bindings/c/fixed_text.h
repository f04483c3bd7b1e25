// Texts, and entries that hold them, copied into a struct of the caller.
#ifndef SIPWARD_BINDINGS_C_FIXED_TEXT_H_
#define SIPWARD_BINDINGS_C_FIXED_TEXT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipward::c {

// As much of it as there is room for; how much that was.
template <size_t kSize>
uint32_t CopyText(std::string_view text, char (&to)[kSize]) {
  const size_t size = std::min(text.size(), kSize);
  std::copy_n(text.begin(), size, to);
  return static_cast<uint32_t>(size);
}

// Who stands in a table of bans or of a list, why and for how long.
template <class From, class To>
void CopyEntry(const From& from, To* to) {
  to->since_ns = from.since;
  to->until_ns = from.until;
  to->key_size = CopyText(from.key, to->key);
  to->reason_size = CopyText(from.reason, to->reason);
}

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_FIXED_TEXT_H_
