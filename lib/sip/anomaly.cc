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

constexpr std::string_view kClassNames[] = {"violation", "ambiguous", "suspicious", "limit"};

}  // namespace

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
  bits_.fill(0);
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
  bits_[Word(id)] |= uint64_t{1} << Bit(id);
  ++class_count_[static_cast<size_t>(Describe(id).cls)];
  if (first || size_ < kMaxPlaces) {
    places_[static_cast<size_t>(size_++)] = {id, offset};
  } else {
    ++omitted_;
  }
}

void AnomalyLog::Add(AnomalyId id, uint32_t offset) {
  const AnomalyInfo& info = Describe(id);
  const bool refuses =
      profile_ == Profile::kStrict ? info.refused_in_strict : info.refused_in_tolerant;
  if (refuses && !refused_) {
    refused_ = true;
    error_ = {id, offset};
  }
  AddTolerated(id, offset);
}

}  // namespace sipward::sip
