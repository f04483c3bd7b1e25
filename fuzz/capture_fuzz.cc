// Any bytes as a capture file: whatever comes out lies in memory that can be read.
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "io/capture.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using sipward::io::CaptureStatus;
  if (size == 0) return 0;
  // Opened for reading only, so the buffer is not written to.
  FILE* file = fmemopen(const_cast<uint8_t*>(data), size, "rb");
  if (file == nullptr) return 0;
  sipward::io::CaptureReader reader;
  if (!reader.OpenStream(file, "fuzz")) return 0;
  sipward::io::CaptureItem item;
  CaptureStatus status;
  volatile char sink = 0;
  while ((status = reader.Next(&item)) == CaptureStatus::kMessage) {
    for (size_t i = 0; i < item.size; ++i) sink = item.data[i];
  }
  static_cast<void>(sink);
  const bool has_error = !reader.error().empty();
  if (has_error != (status == CaptureStatus::kError)) __builtin_trap();
  return 0;
}
