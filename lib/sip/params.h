// What holds for every list of parameters: none twice, not too many. Internal to this folder.
#ifndef SIPWARD_SIP_PARAMS_H_
#define SIPWARD_SIP_PARAMS_H_

#include <array>
#include <cstdint>

#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

// The first separator (';', '&' or ',') outside quoted strings and angle brackets, or `end`. What
// is opened and never closed lasts to the end.
uint32_t FindSeparator(const char* base, uint32_t at, uint32_t end, char separator);

// Remembers the names that one value used. At most kMost are remembered, whatever the limit says.
class ParamNames {
 public:
  static constexpr uint32_t kMost = 128;

  enum class Verdict : uint8_t { kNew, kDuplicate, kTooMany };
  // Names are compared without regard to case. Cost: a hash of the name; an exact comparison only
  // where hashes meet.
  Verdict Add(const char* base, Slice name, const Limits& limits);

 private:
  struct Seen {
    uint32_t offset;
    uint32_t length;
    uint32_t hash;
  };
  bool Contains(const char* base, Slice name, uint32_t hash) const;

  uint64_t bits_ = 0;
  uint32_t count_ = 0;
  std::array<Seen, kMost> seen_;  // the first count_ are valid, the rest is never written
};

// Calls visit(param, is_duplicate) for every parameter up to the limit. Notes param.too_many, and
// `duplicate` at every name that stood before, unless visit returns true, which means that it has
// named the place itself.
template <typename Visit>
void WalkParams(const char* base, Slice params, char separator, const Limits& limits,
                AnomalyId duplicate, Diagnosis& diagnosis, Visit visit) {
  if (!params.present()) return;
  ParamNames names;
  ParamCursor cursor(base, params, separator);
  for (Param param; cursor.Next(&param);) {
    const ParamNames::Verdict verdict = names.Add(base, param.name, limits);
    if (verdict == ParamNames::Verdict::kTooMany) {
      diagnosis.Note(AnomalyId::kParamTooMany, param.name.offset);
      return;
    }
    const bool is_duplicate = verdict == ParamNames::Verdict::kDuplicate;
    if (visit(param, is_duplicate)) continue;
    if (is_duplicate) diagnosis.Note(duplicate, param.name.offset);
  }
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_PARAMS_H_
