#include "identity/der.h"

namespace sipward::identity {

std::optional<std::string_view> DerReader::Take(uint8_t tag) {
  if (rest_.size() < 2 || !At(tag)) return std::nullopt;
  size_t length = static_cast<uint8_t>(rest_[1]);
  size_t head = 2;
  if (length >= 0x80) {
    const size_t octets = length & 0x7f;
    // No indefinite length; four octets say more than any document here may have.
    if (octets == 0 || octets > 4 || rest_.size() < head + octets) return std::nullopt;
    length = 0;
    for (size_t i = 0; i < octets; ++i)
      length = length << 8 | static_cast<uint8_t>(rest_[head + i]);
    // The shortest form: no leading zero, and one octet where one is enough.
    if (rest_[head] == '\0' || length < 0x80) return std::nullopt;
    head += octets;
  }
  if (length > rest_.size() - head) return std::nullopt;
  const std::string_view contents = rest_.substr(head, length);
  rest_.remove_prefix(head + length);
  return contents;
}

std::optional<std::string_view> DerReader::TakeLast(uint8_t tag) {
  const std::string_view before = rest_;
  const std::optional<std::string_view> contents = Take(tag);
  if (contents && rest_.empty()) return contents;
  rest_ = before;
  return std::nullopt;
}

std::optional<uint64_t> DerReader::TakeUnsigned() {
  const std::string_view before = rest_;
  std::optional<std::string_view> contents = Take(der::kInteger);
  if (!contents) return std::nullopt;
  const auto octet = [&](size_t i) { return static_cast<uint8_t>((*contents)[i]); };
  const bool padded = contents->size() > 1 && octet(0) == 0 && octet(1) < 0x80;
  if (contents->empty() || octet(0) >= 0x80 || padded) {
    rest_ = before;
    return std::nullopt;
  }
  if (octet(0) == 0 && contents->size() > 1) contents->remove_prefix(1);
  if (contents->size() > sizeof(uint64_t)) return UINT64_MAX;
  uint64_t number = 0;
  for (size_t i = 0; i < contents->size(); ++i) number = number << 8 | octet(i);
  return number;
}

}  // namespace sipward::identity
