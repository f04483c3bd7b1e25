// Any bytes as one value: what a walk accepts, the grammar reads the same and without a remark.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/sip/walk_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto check = sipward::sip::CheckWalks({reinterpret_cast<const char*>(data), size});
  if (!check.disagreed.empty()) std::abort();
  return 0;
}
