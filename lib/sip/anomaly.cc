#include "sip/anomaly.h"

namespace sipward::sip {
namespace {

constexpr AnomalyClass violation = AnomalyClass::kViolation;
constexpr AnomalyClass ambiguous = AnomalyClass::kAmbiguous;
constexpr AnomalyClass suspicious = AnomalyClass::kSuspicious;
constexpr AnomalyClass limit = AnomalyClass::kLimit;
constexpr bool refuse = true;
constexpr bool accept = false;

constexpr AnomalyInfo kInfo[] = {
#define SIPWARD_ANOMALY(symbol, name, cls, strict, tolerant, sentence) \
  {name, cls, strict, tolerant, sentence},
#include "sip/anomaly.def"
#undef SIPWARD_ANOMALY
};

constexpr AnomalySet RefusedWhere(bool AnomalyInfo::*column) {
  AnomalySet set;
  for (int i = 0; i < kAnomalyCount; ++i) {
    if (kInfo[i].*column) set.Add(static_cast<AnomalyId>(i));
  }
  return set;
}
constexpr AnomalySet kRefusedInStrict = RefusedWhere(&AnomalyInfo::refused_in_strict);
constexpr AnomalySet kRefusedInTolerant = RefusedWhere(&AnomalyInfo::refused_in_tolerant);

constexpr std::string_view kClassNames[] = {"violation", "ambiguous", "suspicious", "limit"};

}  // namespace

const AnomalySet& RefusedBy(Profile profile) {
  return profile == Profile::kStrict ? kRefusedInStrict : kRefusedInTolerant;
}

bool IsLeniency(AnomalyId id) { return !kRefusedInTolerant.Has(id); }

const AnomalyInfo& Describe(AnomalyId id) { return kInfo[static_cast<size_t>(id)]; }

std::string_view AnomalyClassName(AnomalyClass cls) {
  return kClassNames[static_cast<size_t>(cls)];
}

std::optional<AnomalyId> FindAnomaly(std::string_view name) {
  for (int i = 0; i < kAnomalyCount; ++i) {
    if (kInfo[i].name == name) return static_cast<AnomalyId>(i);
  }
  return std::nullopt;
}

void AnomalyLog::Clear() {
  seen_ = AnomalySet{};
  class_count_.fill(0);
  size_ = 0;
  omitted_ = 0;
  refused_ = false;
}

void AnomalyLog::AddTolerated(AnomalyId id, uint32_t offset) {
  const bool first = !Has(id);
  if (!first) {
    for (const Anomaly& known : *this) {
      if (known.id == id && known.offset == offset) return;
    }
  }
  seen_.Add(id);
  ++class_count_[static_cast<size_t>(Describe(id).cls)];
  if (first || size_ < kMaxPlaces) {
    places_[static_cast<size_t>(size_++)] = {id, offset};
  } else {
    ++omitted_;
  }
}

void AnomalyLog::Add(AnomalyId id, uint32_t offset) {
  if (refusing_.Has(id) && !refused_) {
    refused_ = true;
    error_ = {id, offset};
  }
  AddTolerated(id, offset);
}

}  // namespace sipward::sip
