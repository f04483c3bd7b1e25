// Conditions as steps: `and`, `or` and `not` are where a step goes on, so that one that fails early
// has cost the tests in front of it and nothing else.
#ifndef SIPWARD_RULES_CONDITION_H_
#define SIPWARD_RULES_CONDITION_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <vector>

#include "rules/node.h"

namespace sipward::rules {

// The number of a step, or how a walk over steps ended.
using ConditionId = uint32_t;
inline constexpr ConditionId kFails = 0;
inline constexpr ConditionId kHolds = 1;  // also a condition that asks for nothing

// One test, and which step comes next. kTake goes on with `yes`.
struct ConditionStep {
  enum class Kind : uint8_t {
    kInt,         // a: field; relation, b: a number
    kMask,        // a: field, an enum; b: a bit of each value
    kTrue,        // a: field
    kHas,         // a: field
    kAnomaly,     // a: sip::AnomalyId
    kAggregate,   // a: aggregate, of whole numbers; relation, b: a number
    kKept,        // a: slot in which the result is kept; b: the condition that gives it
    kRemembered,  // a: a remembered condition; b: the condition that gives its result
    kNode,        // a: any other expression
    kTake,  // no test. a: an aggregate or a rule that is found; b: an event that comes again counts
  };
  Kind kind = Kind::kNode;
  Relation relation = Relation::kEqual;
  uint32_t a = 0;
  ConditionId yes = kHolds, no = kFails;
  int64_t b = 0;
};

struct Conditions {
  std::vector<ConditionStep> steps;
  // Conditions that are dear and a function of one text, which says the same for long: the field.
  std::vector<facts::FieldId> remembered;
};

// Makes steps of expressions, once slots are assigned. A part that conditions share is kept, and
// stands there once.
class ConditionBuilder {
 public:
  ConditionBuilder(const Expressions& expressions, Conditions* conditions);

  // That all of these hold; kNoNode holds.
  ConditionId AllOf(std::initializer_list<NodeId> nodes);

  // The steps of a node, in front of those that come next.
  ConditionId Put(NodeId id, ConditionId yes, ConditionId no);
  ConditionId Take(uint32_t index, bool again, ConditionId next);

 private:
  // Of which text a node is a function, if of no more than one.
  struct Source {
    bool pure = true;
    std::optional<facts::FieldId> text = {};
  };

  Source SourceOf(NodeId id) const;
  ConditionId PutComputed(NodeId id, ConditionId yes, ConditionId no);
  ConditionId OfSlot(NodeId id);
  bool IsRemembered(NodeId id) const;
  ConditionId PutRemembered(NodeId id, ConditionId yes, ConditionId no);
  ConditionId PutJumps(NodeId id, ConditionId yes, ConditionId no);
  ConditionStep TestOf(NodeId id) const;
  ConditionId Add(ConditionStep step, ConditionId yes, ConditionId no);

  const Expressions& x_;
  Conditions& conditions_;
  std::vector<ConditionStep>& steps_;
  std::map<uint32_t, ConditionId> of_slot_;
  std::map<NodeId, ConditionStep> of_remembered_;
  bool inside_ = false;          // what is remembered: its parts are not by themselves
  std::vector<Source> sources_;  // by node
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_CONDITION_H_
