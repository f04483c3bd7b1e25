// Who of many has all tests of its own hold, found in one walk: what many of them ask is asked
// once, and where it does not hold, they are passed by together.
#ifndef SIPWARD_RULES_WALK_H_
#define SIPWARD_RULES_WALK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "rules/condition.h"
#include "rules/node.h"

namespace sipward::rules {

// Builds the steps of such walks: trees of tests with kTake steps behind them.
class WalkBuilder {
 public:
  WalkBuilder(const Expressions& expressions, ConditionBuilder* conditions);

  // The first step of a walk to these aggregates, where they take an event in. None reads another,
  // so their order is free.
  ConditionId ToAggregates(const std::vector<uint32_t>& aggregates);
  // The same to rules, of each the two parts of its condition. Of the tests those alone that may
  // come first, and that cost little or are asked by many: who is found is asked for the rest.
  struct Asker {
    uint32_t rule = 0;
    NodeId where = kNoNode, when = kNoNode;
  };
  ConditionId ToRules(const std::vector<Asker>& rules);

 private:
  struct Goal;
  struct Branch;
  using Branches = std::vector<std::unique_ptr<Branch>>;

  void CollectTests(NodeId id, std::vector<NodeId>* tests) const;
  static std::map<NodeId, size_t> CountAskers(const std::vector<Goal>& goals);
  // Orders the tests of all, so that many begin alike.
  void Order(std::vector<Goal>* goals) const;
  ConditionId Take(const Goal& goal, ConditionId next);
  ConditionId PutTree(const std::vector<Goal>& goals);
  ConditionId PutBranches(const Branches& branches, ConditionId next);

  const Expressions& x_;
  ConditionBuilder& conditions_;
  std::vector<bool> has_turn_;  // by node
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_WALK_H_
