// From a rule's statement to its part of the program.
#ifndef SIPWARD_RULES_RULE_COMPILER_H_
#define SIPWARD_RULES_RULE_COMPILER_H_

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "rules/ast.h"
#include "rules/check.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

class RuleCompiler {
 public:
  RuleCompiler(Scope* scope, Program* program, NodeBuilder* nodes, Diagnostics* diagnostics);

  // Appends the rule to the program. After an error what was appended is of no use.
  void Compile(const RuleDef& rule, bool enforce_by_default);
  Expressions* expressions() { return &program_->expressions; }
  const std::vector<facts::EventSet>& events() const { return events_; }
  const std::vector<const RuleDef*>& rules() const { return rules_; }

 private:
  bool IsLate(const RuleDef& rule) const;
  void CheckTruth(const RuleDef& rule, const Expr& expr, NodeId condition);
  void CheckShadowed(const RuleDef& rule, NodeId where, NodeId when);
  void Actions(const RuleDef& rule);
  bool Action(const ActionDef& action, ProgramAction* compiled);
  bool ActionKey(const ActionDef& action, ProgramAction* compiled);
  bool ActionList(const ActionDef& action, ProgramAction* compiled);
  bool ActionText(const ActionDef& action, ProgramAction* compiled);
  bool Number(const ActionDef& action, facts::Type type, int64_t least, int64_t greatest,
              std::string_view what, int64_t* number);
  void GuardEmergency(const RuleDef& rule, NodeId where, NodeId when);
  bool RequiresEmergency(NodeId condition) const;
  bool IsKeyType(NodeId key) const;
  bool CanBeBanned(NodeId key) const;
  RuleInfo Info(const RuleDef& rule, const ProgramRule& compiled, bool enforce) const;

  Scope* scope_;
  Program* program_;
  NodeBuilder* nodes_;
  Diagnostics* diagnostics_;
  Checker checker_;
  std::vector<facts::EventSet> events_;
  std::vector<const RuleDef*> rules_;
  std::map<std::tuple<facts::EventSet, NodeId, NodeId>, const RuleDef*> conditions_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_RULE_COMPILER_H_
