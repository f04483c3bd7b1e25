#include "rules/condition.h"

#include <iterator>

namespace sipward::rules {
namespace {

// Nanoseconds. Below this a condition is computed about as fast as it is looked up.
constexpr uint32_t kWorthRemembering = 100;
// Each takes some 8 KiB of an evaluator.
constexpr size_t kMostRemembered = 8;

}  // namespace

ConditionBuilder::ConditionBuilder(const Expressions& expressions, Conditions* conditions)
    : x_(expressions),
      conditions_(*conditions),
      steps_(conditions->steps),
      sources_(expressions.nodes.size()) {
  steps_.assign(kHolds + 1, {});  // the ends, which are no steps
  for (NodeId id = 1; id < sources_.size(); ++id) sources_[id] = SourceOf(id);
}

ConditionBuilder::Source ConditionBuilder::SourceOf(NodeId id) const {
  const Node& node = x_.nodes[id];
  Source source;
  if (node.op == Op::kField) {
    source.text = static_cast<facts::FieldId>(node.a);
    // Others are numbers, or the texts are new in every message, or too long.
    source.pure =
        source.text == facts::FieldId::kUserAgent || source.text == facts::FieldId::kServer;
    return source;
  }
  source.pure = node.op != Op::kHeader && node.op != Op::kAnomaly && node.op != Op::kAggregate &&
                node.op != Op::kInDynamic;
  for (const NodeId child : Children(node)) {
    const Source& below = sources_[child];
    source.pure =
        source.pure && below.pure && (!source.text || !below.text || source.text == below.text);
    if (below.text) source.text = below.text;
  }
  return source;
}

ConditionId ConditionBuilder::AllOf(std::initializer_list<NodeId> nodes) {
  ConditionId next = kHolds;
  for (auto id = std::rbegin(nodes); id != std::rend(nodes); ++id) {
    if (*id != kNoNode) next = Put(*id, next, kFails);
  }
  return next;
}

ConditionId ConditionBuilder::Take(uint32_t index, bool again, ConditionId next) {
  return Add({.kind = ConditionStep::Kind::kTake, .a = index, .b = again ? 1 : 0}, next, kFails);
}

// A node without a slot stands in one place, or costs less than to look it up: so the steps are
// hardly more than the nodes.
ConditionId ConditionBuilder::Put(NodeId id, ConditionId yes, ConditionId no) {
  const Node& node = x_.nodes[id];
  if (node.slot == 0) return PutComputed(id, yes, no);
  // What may be absent is kept as absent.
  if (node.optional) return Add({.a = id}, yes, no);
  const ConditionId computed = OfSlot(id);
  return Add({.kind = ConditionStep::Kind::kKept, .a = node.slot, .b = computed}, yes, no);
}

ConditionId ConditionBuilder::OfSlot(NodeId id) {
  const auto known = of_slot_.find(x_.nodes[id].slot);
  if (known != of_slot_.end()) return known->second;
  const ConditionId computed = PutComputed(id, kHolds, kFails);
  return of_slot_[x_.nodes[id].slot] = computed;
}

bool ConditionBuilder::IsRemembered(NodeId id) const {
  const Source& source = sources_[id];
  return !inside_ && source.pure && source.text && x_.cost[id] >= kWorthRemembering &&
         (of_remembered_.count(id) != 0 || conditions_.remembered.size() < kMostRemembered);
}

ConditionId ConditionBuilder::PutRemembered(NodeId id, ConditionId yes, ConditionId no) {
  auto known = of_remembered_.find(id);
  if (known == of_remembered_.end()) {
    ConditionStep step{.kind = ConditionStep::Kind::kRemembered};
    inside_ = true;
    step.b = PutJumps(id, kHolds, kFails);
    inside_ = false;
    step.a = static_cast<uint32_t>(conditions_.remembered.size());
    conditions_.remembered.push_back(*sources_[id].text);
    known = of_remembered_.emplace(id, step).first;
  }
  return Add(known->second, yes, no);
}

ConditionId ConditionBuilder::PutComputed(NodeId id, ConditionId yes, ConditionId no) {
  return IsRemembered(id) ? PutRemembered(id, yes, no) : PutJumps(id, yes, no);
}

ConditionId ConditionBuilder::PutJumps(NodeId id, ConditionId yes, ConditionId no) {
  const Node node = x_.nodes[id];
  switch (node.op) {
    case Op::kConst:
      return x_.constants[node.a].i != 0 ? yes : no;
    case Op::kAnd: {
      const ConditionId second = Put(node.b, yes, no);
      return Put(node.a, second, no);
    }
    case Op::kOr: {
      const ConditionId second = Put(node.b, yes, no);
      return Put(node.a, yes, second);
    }
    case Op::kNot:
      return Put(node.a, no, yes);
    default:
      return Add(TestOf(id), yes, no);
  }
}

ConditionStep ConditionBuilder::TestOf(NodeId id) const {
  using Kind = ConditionStep::Kind;
  const Node& node = x_.nodes[id];
  const Node& left = x_.nodes[node.a];  // of what has a node there
  const auto constant = [&] { return x_.constants[x_.nodes[node.b].a].i; };
  switch (node.op) {
    case Op::kField:
      return {.kind = Kind::kTrue, .a = node.a};
    case Op::kAnomaly:
      return {.kind = Kind::kAnomaly, .a = node.a};
    case Op::kHas:
      if (left.op == Op::kField) return {.kind = Kind::kHas, .a = left.a};
      break;
    case Op::kInMask:
      if (left.op != Op::kField) break;
      return {.kind = Kind::kMask, .a = left.a, .b = x_.constants[node.b].i};
    case Op::kCompareInt:
      if (x_.nodes[node.b].op != Op::kConst) break;
      if (left.op == Op::kField || left.op == Op::kAggregate) {
        const Kind kind = left.op == Op::kField ? Kind::kInt : Kind::kAggregate;
        return {.kind = kind, .relation = node.relation, .a = left.a, .b = constant()};
      }
      break;
    default:
      break;
  }
  return {.a = id};
}

ConditionId ConditionBuilder::Add(ConditionStep step, ConditionId yes, ConditionId no) {
  if (yes == no && step.kind != ConditionStep::Kind::kTake) return yes;
  step.yes = yes;
  step.no = no;
  steps_.push_back(step);
  return static_cast<ConditionId>(steps_.size() - 1);
}

}  // namespace sipward::rules
