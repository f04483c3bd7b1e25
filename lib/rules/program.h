// A compiled rule set: what evaluation reads. Immutable.
#ifndef SIPWARD_RULES_PROGRAM_H_
#define SIPWARD_RULES_PROGRAM_H_

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rules/condition.h"
#include "rules/node.h"
#include "rules/rules.h"
#include "rules/selection.h"
#include "sip/values.h"

namespace sipward::rules {

// Tables of aggregates. A region has places for 256, some of which the engine takes.
inline constexpr size_t kMaxTables = 240;

struct ProgramAction {
  ActionRequest request;  // everything but the key
  NodeId key = kNoNode;
};

struct ProgramRule {
  NodeId where = kNoNode, when = kNoNode;
  ConditionId condition = kHolds;  // both
  uint32_t first_action = 0, action_count = 0;
  uint8_t value_count = 0;
  bool late = false;                 // it runs in the second stage
  std::array<uint32_t, 4> values{};  // aggregates for Hit::values
};

// What rules do where its condition holds.
struct ProgramProfile {
  std::string name;
  NodeId condition = kNoNode;
  std::vector<RuleMode> modes;  // by rule
};

struct Program {
  Expressions expressions;
  std::vector<ProgramRule> rules;
  std::vector<ProgramAction> actions;
  std::vector<RuleInfo> infos;
  std::vector<ProgramProfile> profiles;                // the first that holds counts
  std::vector<std::vector<uint32_t>> rule_aggregates;  // by rule, in the order of its text
  std::vector<state::TableSpec> tables;  // one for each aggregate, by index; then dynamic lists
  std::vector<std::pair<std::string, uint32_t>> list_names;  // index in expressions.lists
  std::vector<RuleSet::Dynamic> dynamic_lists;  // their tables stand behind those of aggregates
  std::deque<std::string> texts;                // of actions
  Selection selection;                          // who is asked for which event
  Conditions conditions;
  std::vector<ConditionId> begins;  // by aggregate: of concurrent, whether a call does
  uint32_t slots = 0;
  std::vector<NodeId> of_body;  // what is asked of the body of a message; each has a slot
  bool needs_arena = false;
  uint64_t state_bytes = 0;
  uint64_t event_ns = 0;  // of the dearest kind of event, at worst
  std::string content_hash;
  std::string source;           // if it was to be kept
  std::vector<TestCase> tests;  // nothing that runs reads them
};

// Whose key a field is on an event of this kind.
ActionRequest::KeyKind KeyKindOf(facts::FieldId field, facts::EventKind event);

// Builds the parts of a program that follow from its rules: which expressions are worth keeping,
// the steps of its conditions, and for which methods aggregates change.
void AssignSlots(Program* program);
void MakeConditions(Program* program);  // behind it and behind the selection
void AssignMethods(Program* program);
// The methods (a bit each) for which this condition can hold.
uint64_t MethodsOf(const Expressions& expressions, NodeId condition);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_PROGRAM_H_
