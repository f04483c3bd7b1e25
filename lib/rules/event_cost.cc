#include "rules/event_cost.h"

#include <string>

namespace sipward::rules {
namespace {

struct EventCost {
  facts::EventKind kind = facts::EventKind::kRequest;
  uint64_t ns = 0;
  size_t dearest = 0;  // the rule with the largest share
};

// Aggregates that several rules name are computed once. To a rule they count in full, as they do in
// its RuleInfo.
EventCost CostOf(facts::EventKind kind, std::span<const facts::EventSet> events,
                 const Program& program) {
  const Expressions& x = program.expressions;
  const facts::EventSet set = facts::SetOf(kind);
  EventCost cost{.kind = kind};
  for (const ProgramProfile& profile : program.profiles) cost.ns += x.cost[profile.condition];
  for (const Aggregate& aggregate : x.aggregates) {
    if ((aggregate.events & set) != 0) cost.ns += AggregateCost(x, aggregate);
  }
  uint64_t most = 0;
  for (size_t i = 0; i < program.rules.size(); ++i) {
    if ((events[i] & set) == 0) continue;
    const ProgramRule& rule = program.rules[i];
    cost.ns += uint64_t{x.cost[rule.where]} + x.cost[rule.when];
    if (program.infos[i].worst_ns <= most) continue;
    most = program.infos[i].worst_ns;
    cost.dearest = i;
  }
  return cost;
}

}  // namespace

void PlanEventCost(const Options& options, std::span<const facts::EventSet> events,
                   const std::vector<const RuleDef*>& rules, Program* program,
                   Diagnostics* diagnostics) {
  EventCost dearest;
  for (size_t kind = 0; kind < facts::kEventKinds; ++kind) {
    const EventCost cost = CostOf(static_cast<facts::EventKind>(kind), events, *program);
    if (cost.ns > dearest.ns) dearest = cost;
  }
  program->event_ns = dearest.ns;
  if (dearest.ns <= options.max_event_ns || rules.empty()) return;
  const RuleInfo& rule = program->infos[dearest.dearest];
  diagnostics->Error("R414", rules[dearest.dearest]->span,
                     "an event '" + std::string(facts::EventName(dearest.kind)) + "' can need " +
                         std::to_string(dearest.ns) + " ns, allowed are " +
                         std::to_string(options.max_event_ns) + "; rule '" + rule.name +
                         "' takes most, " + std::to_string(rule.worst_ns),
                     "equal aggregates are computed once, in whatever rules they stand");
}

}  // namespace sipward::rules
