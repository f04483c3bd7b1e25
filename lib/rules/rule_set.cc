#include <algorithm>
#include <array>

#include "rules/program.h"
#include "rules/rules.h"

namespace sipward::rules {

RuleSet::RuleSet() = default;
RuleSet::~RuleSet() = default;

std::span<const RuleInfo> RuleSet::rules() const { return program_->infos; }
std::span<const state::TableSpec> RuleSet::tables() const { return program_->tables; }
uint64_t RuleSet::state_bytes() const { return program_->state_bytes; }
uint64_t RuleSet::event_ns() const { return program_->event_ns; }
std::string_view RuleSet::content_hash() const { return program_->content_hash; }

std::string_view RuleSet::source() const { return program_->source; }

numbering::Home RuleSet::home() const { return program_->expressions.home; }

std::span<const RuleSet::Dynamic> RuleSet::dynamic_lists() const { return program_->dynamic_lists; }

std::span<const TestCase> RuleSet::tests() const { return program_->tests; }

std::optional<RuleSet::AggregateInfo> RuleSet::FindAggregate(size_t table) const {
  const Expressions& x = program_->expressions;
  if (table >= x.aggregates.size()) return std::nullopt;
  const Aggregate& aggregate = x.aggregates[table];
  AggregateInfo info{x.aggregate_texts[table], ResultType(aggregate.kind, aggregate.item_type), {}};
  for (size_t rule = 0; rule < program_->rule_aggregates.size(); ++rule) {
    const std::vector<uint32_t>& has = program_->rule_aggregates[rule];
    if (std::find(has.begin(), has.end(), table) != has.end()) {
      info.rules.push_back(program_->infos[rule].name);
    }
  }
  return info;
}

const lists::List* RuleSet::FindList(std::string_view name) const {
  for (const auto& [known, index] : program_->list_names) {
    if (known == name) return program_->expressions.lists[index].get();
  }
  return nullptr;
}

std::string_view ActionName(Action action) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "allow", "flag", "challenge", "throttle", "hold", "reject", "drop"};
  return kNames[static_cast<size_t>(action)];
}

}  // namespace sipward::rules
