#include "cdr_ends.h"

#include <algorithm>
#include <functional>

namespace sipward::cli {
namespace {

uint32_t FieldOf(std::string_view name) {
  uint32_t field = 0;
  sipward_field_find(SIPWARD_EVENT_CDR, name.data(), name.size(), &field);
  return field;
}

}  // namespace

void CdrEnds::Add(std::string_view call_id, int64_t at_ns) {
  ends_.emplace_back(std::hash<std::string_view>()(call_id), at_ns);
}

void CdrEnds::Settle() { std::sort(ends_.begin(), ends_.end()); }

std::optional<int64_t> CdrEnds::After(std::string_view call_id, int64_t start_ns) const {
  const std::pair<uint64_t, int64_t> wanted(std::hash<std::string_view>()(call_id), start_ns);
  const auto found = std::lower_bound(ends_.begin(), ends_.end(), wanted);
  if (found == ends_.end() || found->first != wanted.first) return std::nullopt;
  return found->second;
}

CdrCompletion::CdrCompletion()
    : duration_(FieldOf("duration")), cost_(FieldOf("cost")), price_(FieldOf("price")) {}

// Of two facts for one field the later counts.
void CdrCompletion::Put(uint32_t field, int64_t value, sipward_cdr* record) {
  if (record->fact_count == kMostFacts) return;
  sipward_fact& fact = facts_[record->fact_count++];
  fact = sipward_fact{};
  fact.field = field;
  fact.kind = SIPWARD_FACT_INTEGER;
  fact.integer = value;
}

void CdrCompletion::TakeFacts(sipward_cdr* record) {
  if (record->facts == facts_.data()) return;
  record->fact_count = std::min(record->fact_count, kMostFacts);
  std::copy_n(record->facts, record->fact_count, facts_.begin());
  record->facts = facts_.data();
}

void CdrCompletion::Complete(const CdrEnds& ends, const sipward_rates* rates,
                             std::string_view callee, sipward_cdr* record) {
  if (record->part == SIPWARD_CDR_BEGIN && record->answered != 0) {
    const auto end = ends.After(View(record->call_id), record->start_ns);
    if (end) {
      record->duration_ns = *end - record->start_ns;
      TakeFacts(record);
      Put(duration_, record->duration_ns, record);
    }
  }
  auto rate = Sized<sipward_rate>();
  if (rates == nullptr || record->has_cost != 0 ||
      sipward_rates_find(rates, callee.data(), callee.size(), record->duration_ns, &rate) !=
          SIPWARD_OK) {
    return;
  }
  record->has_cost = 1;
  record->cost = rate.cost;
  TakeFacts(record);
  Put(cost_, rate.cost, record);
  if (record->has_price == 0) Put(price_, rate.per_minute, record);
}

}  // namespace sipward::cli
