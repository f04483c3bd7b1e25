// PEM (RFC 7468). Internal to this folder.
#ifndef SIPWARD_IDENTITY_PEM_H_
#define SIPWARD_IDENTITY_PEM_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::identity {

// The base64 between BEGIN and END of the first block in a text, and what stands behind it. Nothing
// if there is no block; `ok` false if it has another label or does not end.
struct PemBlock {
  bool ok = false;
  std::string_view base64;
  std::string_view rest;
};
std::optional<PemBlock> NextPem(std::string_view text, std::string_view label);

// base64 with white space in it (RFC 4648, section 4). `out` has room for DecodedPemSize.
constexpr size_t DecodedPemSize(size_t characters) { return characters / 4 * 3 + 3; }
bool DecodePem(std::string_view base64, std::span<char> out, size_t* size);

// Blocks one behind the other, with text around them that is nobody's. Nothing if a block has
// another label, does not end or is not base64, or if there are more than `limit`.
struct PemBlocks {
  bool ok = false;
  bool too_many = false;
  std::vector<std::string> contents;
};
PemBlocks ReadPem(std::string_view text, std::string_view label, size_t limit);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PEM_H_
