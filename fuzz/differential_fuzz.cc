// Any bytes as one message: the library and the reference parser of tests/sip/oracle agree on what
// it says and on whether a strict reader accepts it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/sip/oracle/compare.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto notes = sipward::oracle::Compare(bytes);
  for (const std::string& note : notes) std::fprintf(stderr, "%s\n", note.c_str());
  if (!notes.empty()) std::abort();
  return 0;
}
