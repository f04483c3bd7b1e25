#include <cstddef>
#include <iterator>

#include "guard.h"
#include "message_values.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

constexpr size_t kWordBits = 32;
static_assert(sip::kAnomalyCount <= kWordBits * std::size(sipward_policy{}.accepted));

bool IsSet(const uint32_t* words, int id) {
  const auto at = static_cast<size_t>(id);
  return (words[at / kWordBits] >> (at % kWordBits) & 1) != 0;
}

void Put(uint32_t* words, sip::AnomalyId id, bool set) {
  const auto at = static_cast<size_t>(id);
  const uint32_t bit = uint32_t{1} << (at % kWordBits);
  words[at / kWordBits] = set ? words[at / kWordBits] | bit : words[at / kWordBits] & ~bit;
}

}  // namespace

void TakePolicy(const sipward_policy& policy, sip::AnomalySet* accepted, sip::AnomalySet* refused) {
  for (int i = 0; i < sip::kAnomalyCount; ++i) {
    const auto id = static_cast<sip::AnomalyId>(i);
    if (IsSet(policy.accepted, i) && sip::IsLeniency(id)) accepted->Add(id);
    if (IsSet(policy.refused, i)) refused->Add(id);
  }
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
