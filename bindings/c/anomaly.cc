#include <bit>
#include <cstddef>
#include <iterator>

#include "guard.h"
#include "message_values.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

constexpr size_t kWordBits = 32;
constexpr size_t kPolicyWords = std::size(sipward_policy{}.accepted);
static_assert(sip::kAnomalyCount <= kWordBits * kPolicyWords);

// Calls visit(id) for every anomaly that is set; hardly any is.
template <typename Visit>
void ForEach(const uint32_t (&words)[kPolicyWords], Visit visit) {
  for (size_t word = 0; word < kPolicyWords; ++word) {
    for (uint32_t bits = words[word]; bits != 0; bits &= bits - 1) {
      const size_t id = word * kWordBits + static_cast<size_t>(std::countr_zero(bits));
      if (id < static_cast<size_t>(sip::kAnomalyCount)) visit(static_cast<sip::AnomalyId>(id));
    }
  }
}

void Put(uint32_t* words, sip::AnomalyId id, bool set) {
  const auto at = static_cast<size_t>(id);
  const uint32_t bit = uint32_t{1} << (at % kWordBits);
  words[at / kWordBits] = set ? words[at / kWordBits] | bit : words[at / kWordBits] & ~bit;
}

}  // namespace

void TakePolicy(const sipward_policy& policy, sip::AnomalySet* accepted, sip::AnomalySet* refused) {
  ForEach(policy.accepted, [&](sip::AnomalyId id) {
    if (sip::IsLeniency(id)) accepted->Add(id);
  });
  ForEach(policy.refused, [&](sip::AnomalyId id) { refused->Add(id); });
}

}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace sip = sipward::sip;

extern "C" {

uint32_t sipward_anomaly_count(void) { return sip::kAnomalyCount; }

int32_t sipward_anomaly_describe(uint32_t id, sipward_anomaly_info* out) {
  if (id >= sipward_anomaly_count() || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::AnomalyInfo& info = sip::Describe(static_cast<sip::AnomalyId>(id));
  sipward_anomaly_info described{};
  described.anomaly_class = static_cast<uint32_t>(info.cls);
  described.name = Text(info.name);
  described.class_name = Text(sip::AnomalyClassName(info.cls));
  described.sentence = Text(info.sentence);
  described.refused_in_strict = info.refused_in_strict ? 1 : 0;
  described.refused_in_tolerant = info.refused_in_tolerant ? 1 : 0;
  WriteStruct(described, out);
  return SIPWARD_OK;
}

int32_t sipward_policy_accept(sipward_policy* policy, const char* name, size_t name_size) {
  if (!Usable(policy) || !UsableBytes(name, name_size)) return SIPWARD_ERR_ARGUMENT;
  const auto id = sip::FindAnomaly(View(name, name_size));
  if (!id || !sip::IsLeniency(*id)) return SIPWARD_ERR_ARGUMENT;
  Put(policy->accepted, *id, true);
  Put(policy->refused, *id, false);
  return SIPWARD_OK;
}

int32_t sipward_policy_refuse(sipward_policy* policy, const char* name, size_t name_size) {
  if (!Usable(policy) || !UsableBytes(name, name_size)) return SIPWARD_ERR_ARGUMENT;
  const auto id = sip::FindAnomaly(View(name, name_size));
  if (!id) return SIPWARD_ERR_ARGUMENT;
  Put(policy->accepted, *id, false);
  Put(policy->refused, *id, true);
  return SIPWARD_OK;
}

}  // extern "C"
