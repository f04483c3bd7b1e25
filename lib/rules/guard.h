// Tests without which a condition cannot hold.
#ifndef SIPWARD_RULES_GUARD_H_
#define SIPWARD_RULES_GUARD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "rules/node.h"

namespace sipward::rules {

// One of the tests holds wherever the condition does. `weight` says how little that leaves out.
struct Guard {
  std::vector<NodeId> tests;
  uint32_t weight = 0;
};

// By node: it may not be computed before it is its turn. lower() takes memory that all rules of an
// event share, and tables note when they were read.
std::vector<bool> HaveTurns(const Expressions& expressions);

class GuardFinder {
 public:
  explicit GuardFinder(const Expressions& expressions);

  // The best guard of both conditions together (kNoNode: one that always holds), or nothing.
  std::optional<Guard> Find(NodeId where, NodeId when);

 private:
  using Found = std::optional<Guard>;
  // Of `id` being true, or being false.
  Found Of(NodeId id, bool truth);
  Found Compute(NodeId id, bool truth);
  Found OfComparison(const Node& node);
  // A sum of choices between constants: what it is at most while no choice goes for its larger
  // constant. The choices are added to *choices.
  std::optional<int64_t> LeastUpper(NodeId sum, std::vector<std::pair<NodeId, bool>>* choices);
  static Found Better(Found a, Found b);
  static Found Either(Found a, Found b);
  // Rough weight of a test that an index answers; 0 for any other node.
  uint32_t WeightOf(const Node& node) const;
  bool SubjectMayComeFirst(const Node& node) const;
  uint32_t WeightOfSet(const Node& node) const;
  uint32_t WeightOfText(const Node& node) const;

  const Expressions& x_;
  std::vector<bool> has_turn_;  // by node
  std::map<std::pair<NodeId, bool>, Found> known_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_GUARD_H_
