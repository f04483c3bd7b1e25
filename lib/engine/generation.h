// What the engine judges by at one time: a rule set with its tables. A reload puts another in its
// place; whoever uses this one keeps it until he is done.
#ifndef SIPWARD_ENGINE_GENERATION_H_
#define SIPWARD_ENGINE_GENERATION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/statistics.h"
#include "rules/rules.h"
#include "state/state.h"

namespace sipward::engine {

// The table that did not fit when rules were loaded.
struct Misfit {
  std::string signature;  // of the aggregate or list: its key, what it counts and its window
  uint64_t bytes = 0;     // that it needs; 0: it is no table at all
  uint64_t room = 0;      // the largest that there is
};

class Generation {
 public:
  // Opens the tables of the rules. Null, with *misfit filled (may be null), if one does not fit;
  // those that were opened are closed again. `before`, which may be null, is what ran until now:
  // the counts of a rule go on in the rule of the same name.
  static std::shared_ptr<const Generation> Create(std::shared_ptr<const rules::RuleSet> rules,
                                                  std::shared_ptr<state::Region> region,
                                                  uint64_t number, const Generation* before,
                                                  Misfit* misfit);
  ~Generation();
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  uint64_t number() const { return number_; }
  const rules::RuleSet& rules() const { return *rules_; }
  const std::shared_ptr<const rules::RuleSet>& shared_rules() const { return rules_; }
  const std::vector<state::Region::Table>& tables() const { return tables_; }
  // What a rule of rules().rules() counts. Shared with other generations that have it.
  RuleTally& tally(size_t rule) const { return *tallies_[rule]; }
  // The rule of this name, or null. Bans remember the name of their rule, cut to what the table
  // keeps.
  const rules::RuleInfo* FindRule(std::string_view name) const;
  // The dynamic list that has this of tables(); null if none has.
  const rules::RuleSet::Dynamic* ListOf(uint32_t table) const;
  // The number of a rule that is the same in every generation that has it, for 32 bits' sake: two
  // rules may share one, once in billions.
  static uint32_t NumberOf(const rules::RuleInfo& rule);
  const rules::RuleInfo* FindRule(uint32_t number) const;

 private:
  Generation() = default;
  void TakeTallies(const Generation* before);

  uint64_t number_ = 0;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<state::Region> region_;
  std::vector<state::Region::Table> tables_;
  std::vector<std::shared_ptr<RuleTally>> tallies_;  // by rule
  std::unordered_map<std::string_view, const rules::RuleInfo*> rule_by_name_;
  std::unordered_map<uint32_t, const rules::RuleInfo*> rule_by_number_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_GENERATION_H_
