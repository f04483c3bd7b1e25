#include "rules/walk.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "rules/guard.h"

namespace sipward::rules {
namespace {

// Tests of more nanoseconds wait for the others, however many ask for them.
constexpr uint32_t kCheap = 24;
constexpr size_t kManyAskers = 8;
// What is left of a longer condition is one test.
constexpr size_t kMostTests = 16;

}  // namespace

struct WalkBuilder::Goal {
  uint32_t index = 0;
  bool again = false;
  std::vector<NodeId> tests;
};

struct WalkBuilder::Branch {
  NodeId test = kNoNode;
  std::vector<const Goal*> goals;  // that need no more than the tests up to here
  Branches branches;
  std::map<NodeId, Branch*> by_test;

  Branch* To(NodeId next) {
    Branch*& known = by_test[next];
    if (known == nullptr) {
      known = branches.emplace_back(std::make_unique<Branch>()).get();
      known->test = next;
    }
    return known;
  }
};

WalkBuilder::WalkBuilder(const Expressions& expressions, ConditionBuilder* conditions)
    : x_(expressions), conditions_(*conditions), has_turn_(HaveTurns(expressions)) {}

void WalkBuilder::CollectTests(NodeId id, std::vector<NodeId>* tests) const {
  if (id == kNoNode || std::find(tests->begin(), tests->end(), id) != tests->end()) return;
  const Node& node = x_.nodes[id];
  if (node.op == Op::kAnd && tests->size() < kMostTests) {
    CollectTests(node.a, tests);
    CollectTests(node.b, tests);
  } else {
    tests->push_back(id);
  }
}

ConditionId WalkBuilder::ToAggregates(const std::vector<uint32_t>& aggregates) {
  std::vector<Goal> goals;
  for (const uint32_t index : aggregates) {
    const Aggregate& aggregate = x_.aggregates[index];
    Goal& goal = goals.emplace_back(Goal{index, aggregate.kind == AggregateKind::kRate, {}});
    // Whether a call begins is one of several questions that such an aggregate asks itself.
    if (aggregate.kind == AggregateKind::kConcurrent) continue;
    CollectTests(aggregate.where, &goal.tests);
    if (aggregate.reset == kNoNode) CollectTests(aggregate.condition, &goal.tests);
  }
  Order(&goals);
  return PutTree(goals);
}

ConditionId WalkBuilder::ToRules(const std::vector<Asker>& rules) {
  std::vector<Goal> goals;
  for (const Asker& asker : rules) {
    Goal& goal = goals.emplace_back(Goal{asker.rule, false, {}});
    CollectTests(asker.where, &goal.tests);
    CollectTests(asker.when, &goal.tests);
    std::erase_if(goal.tests, [&](NodeId id) { return has_turn_[id]; });
  }
  const std::map<NodeId, size_t> askers = CountAskers(goals);
  for (Goal& goal : goals) {
    std::erase_if(goal.tests,
                  [&](NodeId id) { return x_.cost[id] > kCheap && askers.at(id) < kManyAskers; });
  }
  Order(&goals);
  return PutTree(goals);
}

std::map<NodeId, size_t> WalkBuilder::CountAskers(const std::vector<Goal>& goals) {
  std::map<NodeId, size_t> askers;
  for (const Goal& goal : goals) {
    for (const NodeId test : goal.tests) ++askers[test];
  }
  return askers;
}

void WalkBuilder::Order(std::vector<Goal>* goals) const {
  const std::map<NodeId, size_t> askers = CountAskers(*goals);
  const auto rank = [&](NodeId id) {
    const uint32_t cost = x_.cost[id];
    return std::tuple(cost > kCheap ? cost : 0, goals->size() - askers.at(id), id);
  };
  for (Goal& goal : *goals) {
    std::sort(goal.tests.begin(), goal.tests.end(),
              [&](NodeId a, NodeId b) { return rank(a) < rank(b); });
  }
}

ConditionId WalkBuilder::Take(const Goal& goal, ConditionId next) {
  return conditions_.Take(goal.index, goal.again, next);
}

ConditionId WalkBuilder::PutTree(const std::vector<Goal>& goals) {
  Branch root;
  for (const Goal& goal : goals) {
    Branch* at = &root;
    for (const NodeId test : goal.tests) at = at->To(test);
    at->goals.push_back(&goal);
  }
  ConditionId next = PutBranches(root.branches, kHolds);
  for (const Goal* goal : root.goals) next = Take(*goal, next);
  return next;
}

// From the last to the first: a step is made when it is known where it goes on.
ConditionId WalkBuilder::PutBranches(const Branches& branches, ConditionId next) {
  for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
    ConditionId inner = PutBranches((*branch)->branches, next);
    for (const Goal* goal : (*branch)->goals) inner = Take(*goal, inner);
    next = conditions_.Put((*branch)->test, inner, next);
  }
  return next;
}

}  // namespace sipward::rules
