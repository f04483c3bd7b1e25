// Builds the selection of a program once its rules are compiled.
#ifndef SIPWARD_RULES_SELECTION_BUILDER_H_
#define SIPWARD_RULES_SELECTION_BUILDER_H_

#include <map>
#include <vector>

#include "rules/guard.h"
#include "rules/pattern_pools.h"
#include "rules/program.h"

namespace sipward::rules {

class SelectionBuilder {
 public:
  // `events`: those of each rule. The program's expressions are final but for Node::c of pattern
  // tests, which this sets.
  SelectionBuilder(const std::vector<facts::EventSet>& events, Program* program);

  // False and *failure if a pattern cannot be compiled.
  bool Build(PatternFailure* failure);

 private:
  void GuardRules(GuardFinder* finder);
  uint32_t TestOf(NodeId node);
  void AddToIndex(NodeId node, uint32_t test);
  void AddSet(const Node& node, uint32_t test);
  void Post();
  void MakePlans();
  void MakePlan(const Selection::Situation& at, Selection::Plan* plan) const;
  std::vector<bool> Signature(const Selection::Situation& at) const;
  Stage StageOf(const Aggregate& aggregate) const;

  Program& program_;
  Expressions& x_;
  Selection& s_;
  std::vector<std::vector<uint32_t>> guards_;  // by rule: tests
  std::vector<bool> guarded_;                  // by rule
  std::map<NodeId, uint32_t> test_numbers_;
  std::vector<Selection::Step> steps_;  // by test: what finds out
  std::map<NodeId, uint32_t> texts_, networks_, numbers_;
  std::vector<Selection::Filter> filters_;  // different ones, of rules and aggregates
};

// Puts all pattern tests on one text into one group and gives them their numbers.
bool GroupPatterns(Program* program, PatternFailure* failure);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_SELECTION_BUILDER_H_
