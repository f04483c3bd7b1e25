// HEP3 through the C interface: any bytes read, any packet written.
#ifndef SIPWARD_FUZZ_SUPPORT_C_HEP_H_
#define SIPWARD_FUZZ_SUPPORT_C_HEP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

// What can be written reads the same once it was read.
inline void WriteHep(const sipward_hep& packet) {
  static std::array<char, SIPWARD_HEP_BYTES> bytes;
  size_t size = 0;
  const int32_t status = sipward_hep_write(&packet, bytes.data(), bytes.size(), &size);
  Known(status);
  if (status != SIPWARD_OK) return;
  auto read = sipward_hep{};
  read.struct_size = sizeof read;
  Require(sipward_hep_read(bytes.data(), size, &read) == SIPWARD_OK);
  static std::array<char, SIPWARD_HEP_BYTES> again;
  size_t again_size = 0;
  Require(sipward_hep_write(&read, again.data(), again.size(), &again_size) == SIPWARD_OK);
  Require(std::string_view(bytes.data(), size) == std::string_view(again.data(), again_size));
}

inline void UseHep(Input& input) {
  const std::string_view bytes = input.Text();
  size_t size = 0;
  const int32_t begins = sipward_hep_size(bytes.data(), bytes.size(), &size);
  Known(begins);
  Output<sipward_hep> out(input);
  const int32_t status = sipward_hep_read(bytes.data(), bytes.size(), out.get());
  Known(status);
  if (status == SIPWARD_OK) {
    Require(begins == SIPWARD_OK && size <= bytes.size());
    if (out.get()->struct_size == sizeof(sipward_hep)) WriteHep(out.Read());
  }
  auto any = AnyStruct<sipward_hep>(input);
  any.transport %= 8;
  any.payload_kind %= 260;
  any.reserved = any.source.reserved = any.destination.reserved = 0;
  const auto text = [&input] {
    const std::string_view given = input.Text();
    return sipward_text{given.data(), given.size()};
  };
  any.key = text();
  any.correlation = text();
  any.payload = text();
  WriteHep(any);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_HEP_H_
