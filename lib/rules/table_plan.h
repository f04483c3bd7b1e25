// How large the tables of the aggregates may be.
#ifndef SIPWARD_RULES_TABLE_PLAN_H_
#define SIPWARD_RULES_TABLE_PLAN_H_

#include <vector>

#include "rules/ast.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

// Gives every aggregate a table, as large as its `max` says or as the options say for all: a rule
// that is added never changes the table of another. An error that names the rule with the largest
// share if they do not fit together.
void PlanTables(const Options& options, const std::vector<const RuleDef*>& rules, Program* program,
                Diagnostics* diagnostics);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TABLE_PLAN_H_
