// What an event can cost at worst.
#ifndef SIPWARD_RULES_EVENT_COST_H_
#define SIPWARD_RULES_EVENT_COST_H_

#include <span>
#include <vector>

#include "rules/ast.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

// Sets Program::event_ns to the estimate for the dearest kind of event: one that concerns every
// rule that looks at its kind, and changes all of their aggregates. An error that names the rule
// with the largest share if that is more than the options allow. `events` is of the program's
// rules.
void PlanEventCost(const Options& options, std::span<const facts::EventSet> events,
                   const std::vector<const RuleDef*>& rules, Program* program,
                   Diagnostics* diagnostics);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_EVENT_COST_H_
