#include "sip/params.h"

#include <algorithm>

namespace sipward::sip {
namespace {

// FNV-1a over lower case. Whoever makes hashes meet makes us compare at most kMost names, no more.
uint32_t HashName(std::string_view name) {
  uint32_t hash = 2'166'136'261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(ToLower(c))) * 16'777'619u;
  return hash ^ hash >> 15;
}

}  // namespace

bool ParamNames::Contains(const char* base, Slice name, uint32_t hash) const {
  for (uint32_t i = 0; i < count_; ++i) {
    const Slice known = {seen_[i].offset, seen_[i].length};
    if (seen_[i].hash == hash && EqualsIgnoreCase(known.In(base), name.In(base))) return true;
  }
  return false;
}

ParamNames::Verdict ParamNames::Add(const char* base, Slice name, const Limits& limits) {
  const uint32_t hash = HashName(name.In(base));
  const uint64_t bit = uint64_t{1} << (hash & 63);
  const bool duplicate = (bits_ & bit) != 0 && Contains(base, name, hash);
  if (count_ >= std::min(limits.params_per_value, kMost)) return Verdict::kTooMany;
  bits_ |= bit;
  seen_[count_++] = {name.offset, name.length, hash};
  return duplicate ? Verdict::kDuplicate : Verdict::kNew;
}

}  // namespace sipward::sip
