// Static costs: rough nanoseconds of each operation on a current server core, from benchmarks of
// this library. They order predicates and warn of dear rules; they are no promise.
#include "rules/node.h"

namespace sipward::rules {
namespace {

constexpr uint32_t kHashKey = 40;
constexpr uint32_t kTableUpdate = 70;

// Look-ups of a dynamic list: one for each length that its entries have, of which a list seldom has
// more.
uint32_t DynamicProbes(lists::Kind kind) { return kind == lists::Kind::kExact ? 1 : 8; }

uint32_t FieldCost(facts::FieldId id) {
  switch (id) {
    case facts::FieldId::kHeaderOrder:
      return 60;
    case facts::FieldId::kSrcNet:
    case facts::FieldId::kSrcHost:
    case facts::FieldId::kDstHost:
    case facts::FieldId::kClientHost:
    case facts::FieldId::kDstNet:
    case facts::FieldId::kRuriDigits:
    case facts::FieldId::kFromDigits:
    case facts::FieldId::kToDigits:
      return 15;
    default:
      return 3;
  }
}

uint32_t ListCost(lists::Kind kind) {
  switch (kind) {
    case lists::Kind::kCidr:
    case lists::Kind::kExact:
      return 30;
    case lists::Kind::kPrefix:
    case lists::Kind::kDomain:
      return 60;
    case lists::Kind::kPattern:
      return 150;
  }
  return 0;
}

}  // namespace

uint32_t OwnCost(const Expressions& expressions, const Node& node) {
  switch (node.op) {
    case Op::kNone:
      return 0;
    case Op::kConst:
      return 1;
    case Op::kField:
      return FieldCost(static_cast<facts::FieldId>(node.a));
    case Op::kHeader:
      return 60;
    case Op::kAnomaly:
      return 3;
    case Op::kAggregate:
      return 4;
    case Op::kInList:
      return ListCost(expressions.lists[node.b]->kind());
    case Op::kListValue:
      return ListCost(expressions.lists[node.b]->kind()) + 5;
    case Op::kInDynamic:
      return (kHashKey + kTableUpdate) * DynamicProbes(expressions.dynamic_lists[node.b].kind);
    case Op::kInSet:
      return 4 + 2 * static_cast<uint32_t>(expressions.sets[node.b].size());
    case Op::kProduct:
    case Op::kBranch:
    case Op::kVersion:
      return 90;
    case Op::kVersionLess:
    case Op::kLower:
    case Op::kDigits:
    case Op::kContains:
      return 25;
    case Op::kEqualText:
    case Op::kEqualsNocase:
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kToInt:
      return 6;
    case Op::kNumber:
      return 20;
    case Op::kToNumber:
      return 60;
    default:
      return 2;
  }
}

uint32_t AggregateCost(const Expressions& expressions, const Aggregate& aggregate) {
  uint32_t cost = kHashKey + kTableUpdate;
  for (const NodeId key : expressions.keys[aggregate.keys]) cost += expressions.cost[key];
  cost += expressions.cost[aggregate.condition] + expressions.cost[aggregate.reset];
  if (aggregate.kind == AggregateKind::kDistinct) cost += kHashKey;
  // Calls take two tables, and a key with either evidence when they end.
  if (aggregate.kind == AggregateKind::kConcurrent) cost += 2 * kHashKey + 2 * kTableUpdate;
  cost += expressions.cost[aggregate.item] + expressions.cost[aggregate.of];
  return cost;
}

}  // namespace sipward::rules
