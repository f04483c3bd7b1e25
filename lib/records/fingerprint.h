// A hash of a row, to find rows that may be the same.
#ifndef SIPWARD_RECORDS_FINGERPRINT_H_
#define SIPWARD_RECORDS_FINGERPRINT_H_

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sipward::records {

// Quick and not keyed: whoever can write into records can make two that collide, so that equal ones
// are to be compared. Never 0.
inline uint64_t Fingerprint(std::string_view row) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15u;
  uint64_t hash = row.size() * kMultiplier;
  const auto mix = [&](uint64_t word) {
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  };
  size_t at = 0;
  uint64_t word = 0;
  for (; at + sizeof word <= row.size(); at += sizeof word) {
    std::memcpy(&word, row.data() + at, sizeof word);
    mix(word);
  }
  word = 0;
  std::memcpy(&word, row.data() + at, row.size() - at);
  mix(word);
  return hash == 0 ? 1 : hash;
}

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_FINGERPRINT_H_
