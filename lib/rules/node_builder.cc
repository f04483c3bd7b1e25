#include <algorithm>
#include <limits>
#include <utility>

#include "rules/machine.h"
#include "rules/node.h"

namespace sipward::rules {
namespace {

using facts::Type;
using facts::Value;

std::string ConstantIdentity(const Value& value) {
  std::string identity(1, static_cast<char>(value.kind));
  switch (value.kind) {
    case Value::Kind::kAbsent:
      break;
    case Value::Kind::kInt:
    case Value::Kind::kFloat:
      identity.append(reinterpret_cast<const char*>(&value.i), sizeof value.i);
      break;
    case Value::Kind::kString:
      identity.append(value.str());
      break;
    case Value::Kind::kCidr:
      identity.push_back(static_cast<char>(value.bits));
      [[fallthrough]];
    case Value::Kind::kIp:
      identity.append(reinterpret_cast<const char*>(value.ip.data()), value.ip.size());
      break;
  }
  return identity;
}

// Not what needs an event, a list or memory for a new text.
bool CanFold(Op op) {
  return !MakesText(op) && op != Op::kConst && op != Op::kField && op != Op::kHeader &&
         op != Op::kAnomaly && op != Op::kAggregate && op != Op::kInList && op != Op::kListValue &&
         op != Op::kInDynamic && op != Op::kNone;
}

uint32_t AddCost(uint32_t a, uint32_t b) {
  return a > std::numeric_limits<uint32_t>::max() - b ? std::numeric_limits<uint32_t>::max()
                                                      : a + b;
}

}  // namespace

int ChildCount(Op op) {
  switch (op) {
    case Op::kNone:
    case Op::kConst:
    case Op::kField:
    case Op::kHeader:
    case Op::kAnomaly:
    case Op::kAggregate:
      return 0;
    case Op::kHas:
    case Op::kNot:
    case Op::kInSet:
    case Op::kInMask:
    case Op::kInList:
    case Op::kListValue:
    case Op::kInDynamic:
    case Op::kNegateInt:
    case Op::kNegateFloat:
    case Op::kToFloat:
    case Op::kLen:
    case Op::kLower:
    case Op::kDigits:
    case Op::kToNumber:
    case Op::kToInt:
    case Op::kHour:
    case Op::kWeekday:
    case Op::kNumber:
    case Op::kCountry:
    case Op::kCallingCode:
    case Op::kRegion:
    case Op::kNumberType:
    case Op::kNumberValid:
    case Op::kProduct:
    case Op::kBranch:
    case Op::kVersion:
      return 1;
    case Op::kConditional:
      return 3;
    default:
      return 2;
  }
}

uint32_t NodeBuilder::InternConstant(const Value& value) {
  const auto [entry, added] =
      constants_.try_emplace(ConstantIdentity(value), static_cast<uint32_t>(x_->constants.size()));
  if (!added) return entry->second;
  Value kept = value;
  if (value.kind == Value::Kind::kString) {
    kept = Value::String(x_->texts.emplace_back(value.str()));
  }
  x_->constants.push_back(kept);
  return entry->second;
}

bool Expressions::OfIdentity(const Aggregate& aggregate) const {
  const auto names = [&](NodeId id) { return late[id]; };
  const std::vector<NodeId>& parts = keys[aggregate.keys];
  return names(aggregate.where) || names(aggregate.condition) || names(aggregate.reset) ||
         names(aggregate.item) || names(aggregate.of) ||
         std::any_of(parts.begin(), parts.end(), names);
}

NodeId NodeBuilder::Intern(const Node& node) {
  const NodeKey key{node.op, node.type, node.optional, node.relation, node.a, node.b, node.c};
  const auto [entry, added] = nodes_.try_emplace(key, static_cast<NodeId>(x_->nodes.size()));
  if (!added) return entry->second;
  uint32_t cost = OwnCost(*x_, node);
  for (const NodeId child : Children(node)) cost = AddCost(cost, x_->cost[child]);
  const Children children(node);
  const bool late =
      (node.op == Op::kField && facts::IsOfIdentity(static_cast<facts::FieldId>(node.a))) ||
      (node.op == Op::kAggregate &&
       (x_->aggregates[node.a].late || x_->OfIdentity(x_->aggregates[node.a]))) ||
      std::any_of(children.begin(), children.end(), [&](NodeId child) { return x_->late[child]; });
  x_->nodes.push_back(node);
  x_->cost.push_back(cost);
  x_->late.push_back(late);
  return entry->second;
}

NodeId NodeBuilder::Constant(Type type, const Value& value) {
  return Intern({.op = Op::kConst, .type = type, .a = InternConstant(value)});
}

NodeId NodeBuilder::Text(std::string_view text) {
  return Constant(Type::kString, Value::String(text));
}

NodeId NodeBuilder::Field(facts::FieldId id) {
  const facts::FieldInfo& info = facts::Describe(id);
  return Intern({.op = Op::kField,
                 .type = info.type,
                 .optional = info.optional,
                 .a = static_cast<uint32_t>(id)});
}

NodeId NodeBuilder::Make(Op op, Type type, NodeId a, NodeId b, NodeId c) {
  const Node node{.op = op, .type = type, .a = a, .b = b, .c = c};
  const NodeId simple = Simplify(node);
  return simple != kNoNode ? simple : Fold(Intern(node));
}

NodeId NodeBuilder::Optional(Op op, Type type, NodeId a, NodeId b) {
  return Fold(Intern({.op = op, .type = type, .optional = true, .a = a, .b = b}));
}

NodeId NodeBuilder::Compare(Relation relation, bool real, NodeId a, NodeId b) {
  return Fold(Intern({.op = real ? Op::kCompareFloat : Op::kCompareInt,
                      .type = Type::kBool,
                      .relation = relation,
                      .a = a,
                      .b = b}));
}

// What one constant operand decides.
NodeId NodeBuilder::Simplify(const Node& node) const {
  const auto is = [&](NodeId id, bool value) {
    return IsConst(id) && (ConstantOf(id).i != 0) == value;
  };
  switch (node.op) {
    case Op::kAnd:
      return is(node.a, true) || is(node.b, false)   ? node.b
             : is(node.b, true) || is(node.a, false) ? node.a
                                                     : kNoNode;
    case Op::kOr:
      return is(node.a, false) || is(node.b, true)   ? node.b
             : is(node.b, false) || is(node.a, true) ? node.a
                                                     : kNoNode;
    case Op::kConditional:
      return !IsConst(node.a) ? kNoNode : ConstantOf(node.a).i != 0 ? node.b : node.c;
    case Op::kCoalesce:
      return IsConst(node.a) && ConstantOf(node.a).present() ? node.a : kNoNode;
    default:
      return kNoNode;
  }
}

NodeId NodeBuilder::Fold(NodeId id) {
  const Node node = x_->nodes[id];
  if (!CanFold(node.op)) return id;
  for (const NodeId child : Children(node)) {
    if (!IsConst(child)) return id;
  }
  Machine machine(*x_);
  const Value value = machine.Evaluate(id);
  const NodeId folded = Intern({.op = Op::kConst,
                                .type = node.type,
                                .optional = !value.present(),
                                .a = InternConstant(value)});
  return folded;
}

NodeId NodeBuilder::Chain(Op op, std::vector<NodeId> operands) {
  std::stable_sort(operands.begin(), operands.end(),
                   [&](NodeId a, NodeId b) { return x_->cost[a] < x_->cost[b]; });
  return Balance(op, operands, 0, operands.size());
}

NodeId NodeBuilder::Balance(Op op, const std::vector<NodeId>& operands, size_t begin, size_t end) {
  if (end - begin == 1) return operands[begin];
  const size_t middle = begin + (end - begin) / 2;
  const NodeId left = Balance(op, operands, begin, middle);
  return Make(op, Type::kBool, left, Balance(op, operands, middle, end));
}

NodeId NodeBuilder::InSet(NodeId value, const std::vector<NodeId>& elements) {
  const Type type = x_->nodes[value].type;
  const auto small = [&](NodeId id) {
    const int64_t i = ConstantOf(id).i;
    return i >= 0 && i < 63;
  };
  if (facts::IsEnum(type) && std::all_of(elements.begin(), elements.end(), small)) {
    int64_t mask = 0;
    for (const NodeId id : elements) mask |= int64_t{1} << ConstantOf(id).i;
    return Fold(Intern({.op = Op::kInMask,
                        .type = Type::kBool,
                        .a = value,
                        .b = InternConstant(Value::Int(mask))}));
  }
  const auto [entry, added] = sets_.try_emplace(elements, static_cast<uint32_t>(x_->sets.size()));
  if (added) {
    ValueSet& set = x_->sets.emplace_back();
    for (const NodeId id : elements) set.push_back(ConstantOf(id));
  }
  return Fold(Intern({.op = Op::kInSet, .type = Type::kBool, .a = value, .b = entry->second}));
}

NodeId NodeBuilder::InList(NodeId value, uint32_t list) {
  return Intern({.op = Op::kInList, .type = Type::kBool, .a = value, .b = list});
}

NodeId NodeBuilder::ListValue(Type type, NodeId value, uint32_t list, uint32_t column) {
  return Intern(
      {.op = Op::kListValue, .type = type, .optional = true, .a = value, .b = list, .c = column});
}

uint32_t NodeBuilder::KeySlot(const std::vector<NodeId>& keys) {
  const auto [entry, added] = keys_.try_emplace(keys, static_cast<uint32_t>(x_->keys.size()));
  if (added) x_->keys.push_back(keys);
  return entry->second;
}

NodeId NodeBuilder::AggregateNode(const Aggregate& aggregate) {
  const auto [entry, added] =
      aggregates_.try_emplace(aggregate, static_cast<uint32_t>(x_->aggregates.size()));
  if (added) x_->aggregates.push_back(aggregate);
  return Intern({.op = Op::kAggregate,
                 .type = ResultType(aggregate.kind, aggregate.item_type),
                 .optional = MayBeAbsent(aggregate.kind),
                 .a = entry->second});
}

}  // namespace sipward::rules
