#include "rules/guard.h"

#include <algorithm>
#include <limits>

#include "rules/machine.h"
#include "rules/selection.h"

namespace sipward::rules {
namespace {

using facts::Value;

// More tests than this in one guard are asked no faster than the rule.
constexpr size_t kMostTests = 48;
// Weights: tests that hold for few events are light.
constexpr uint32_t kExact = 4;
constexpr uint32_t kPatternWeight = 8;
constexpr uint32_t kAddress = 6;
constexpr uint32_t kNumber = 6;
constexpr uint32_t kList = 12;
constexpr uint32_t kRareFact = 16;
constexpr uint32_t kCommonNumber = 40;
constexpr uint32_t kShortText = 24;  // of one or two bytes
constexpr size_t kLongEnough = 3;

}  // namespace

std::vector<bool> HaveTurns(const Expressions& x) {
  std::vector<bool> turns(x.nodes.size());
  // A node is made after those below it.
  for (NodeId id = 1; id < x.nodes.size(); ++id) {
    const Op op = x.nodes[id].op;
    const Children children(x.nodes[id]);
    turns[id] =
        MakesText(op) || op == Op::kAggregate || op == Op::kInDynamic ||
        std::any_of(children.begin(), children.end(), [&](NodeId child) { return turns[child]; });
  }
  return turns;
}

GuardFinder::GuardFinder(const Expressions& expressions)
    : x_(expressions), has_turn_(HaveTurns(expressions)) {}

std::optional<Guard> GuardFinder::Find(NodeId where, NodeId when) {
  return where == kNoNode ? Of(when, true) : Better(Of(where, true), Of(when, true));
}

GuardFinder::Found GuardFinder::Of(NodeId id, bool truth) {
  const auto known = known_.find({id, truth});
  if (known != known_.end()) return known->second;
  Found found = Compute(id, truth);
  known_.emplace(std::pair(id, truth), found);
  return found;
}

GuardFinder::Found GuardFinder::Compute(NodeId id, bool truth) {
  const Node& node = x_.nodes[id];
  switch (node.op) {
    case Op::kConst:
      return (x_.constants[node.a].i != 0) == truth ? Found() : Found(Guard());
    case Op::kNot:
      return Of(node.a, !truth);
    case Op::kAnd:
    case Op::kOr: {
      Found a = Of(node.a, truth), b = Of(node.b, truth);
      return (node.op == Op::kAnd) == truth ? Better(std::move(a), std::move(b))
                                            : Either(std::move(a), std::move(b));
    }
    case Op::kConditional:
      return Either(Better(Of(node.a, true), Of(node.b, truth)),
                    Better(Of(node.a, false), Of(node.c, truth)));
    default:
      break;
  }
  if (!truth) return {};
  // Nothing is in an empty list, as those are that a site may fill.
  if (node.op == Op::kInList && x_.lists[node.b]->size() == 0) return Guard();
  const uint32_t weight = SubjectMayComeFirst(node) ? WeightOf(node) : 0;
  if (weight != 0) return Guard{{id}, weight};
  return node.op == Op::kCompareInt ? OfComparison(node) : Found();
}

// `a ? 1 : 0` + ... >= n asks for at least one of the conditions.
GuardFinder::Found GuardFinder::OfComparison(const Node& node) {
  const Node& right = x_.nodes[node.b];
  if (right.op != Op::kConst) return {};
  const int64_t limit = x_.constants[right.a].i;
  std::vector<std::pair<NodeId, bool>> choices;
  const std::optional<int64_t> upper = LeastUpper(node.a, &choices);
  if (!upper) return {};
  const bool below = node.relation == Relation::kGreater ? *upper <= limit : *upper < limit;
  const bool grows = node.relation == Relation::kGreater ||
                     node.relation == Relation::kGreaterEqual || node.relation == Relation::kEqual;
  if (!grows || !below) return {};
  Found found = Guard();
  for (const auto& [condition, truth] : choices) found = Either(found, Of(condition, truth));
  return found;
}

std::optional<int64_t> GuardFinder::LeastUpper(NodeId sum,
                                               std::vector<std::pair<NodeId, bool>>* choices) {
  const Node& node = x_.nodes[sum];
  if (choices->size() > kMostTests) return std::nullopt;
  if (node.op == Op::kConst) return x_.constants[node.a].i;
  if (node.op == Op::kAddInt) {
    const auto a = LeastUpper(node.a, choices);
    const auto b = a ? LeastUpper(node.b, choices) : std::nullopt;
    return b ? std::optional(SaturatingAdd(*a, *b)) : std::nullopt;
  }
  if (node.op != Op::kConditional) return std::nullopt;
  const Node &yes = x_.nodes[node.b], &no = x_.nodes[node.c];
  if (yes.op != Op::kConst || no.op != Op::kConst) return std::nullopt;
  const int64_t a = x_.constants[yes.a].i, b = x_.constants[no.a].i;
  if (a != b) choices->emplace_back(node.a, a > b);
  return std::min(a, b);
}

GuardFinder::Found GuardFinder::Better(Found a, Found b) {
  if (!a || !b) return a ? a : b;
  return b->weight < a->weight ? b : a;
}

GuardFinder::Found GuardFinder::Either(Found a, Found b) {
  if (!a || !b || a->tests.size() + b->tests.size() > kMostTests) return {};
  for (const NodeId test : b->tests) {
    if (std::find(a->tests.begin(), a->tests.end(), test) == a->tests.end()) {
      a->tests.push_back(test);
    }
  }
  a->weight += b->weight;
  return a;
}

bool GuardFinder::SubjectMayComeFirst(const Node& node) const {
  if (ChildCount(node.op) == 0) return true;
  const bool list = node.op == Op::kInList;
  return !has_turn_[list ? node.a : SearchedTextOf(x_, node.a).node];
}

uint32_t GuardFinder::WeightOf(const Node& node) const {
  const auto field = static_cast<facts::FieldId>(node.a);
  const auto is_method = [&](NodeId id) {
    return x_.nodes[id].op == Op::kField &&
           x_.nodes[id].a == static_cast<uint32_t>(facts::FieldId::kMethod);
  };
  switch (node.op) {
    case Op::kContains:
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kEqualText:
    case Op::kEqualsNocase:
      return WeightOfText(node);
    case Op::kInSet:
      return WeightOfSet(node);
    case Op::kInList: {
      const lists::List& list = *x_.lists[node.b];
      if (list.kind() != lists::Kind::kPattern) return kList;
      return kPatternWeight + static_cast<uint32_t>(std::min<size_t>(list.size(), 64)) / 8;
    }
    case Op::kEqualAddress:
      return x_.nodes[node.b].op == Op::kConst ? kAddress : 0;
    case Op::kCompareInt: {
      // Rules are split by method before.
      const Node& right = x_.nodes[node.b];
      if (node.relation != Relation::kEqual || right.op != Op::kConst || is_method(node.a)) {
        return 0;
      }
      const Node& left = x_.nodes[node.a];
      if (left.op != Op::kField && left.op != Op::kLen && left.op != Op::kCoalesce &&
          left.op != Op::kNumberType && left.op != Op::kNumberValid) {
        return 0;
      }
      return facts::IsEnum(left.type) || x_.constants[right.a].i == 0 ? kCommonNumber : kNumber;
    }
    case Op::kAnomaly:
      return kRareFact;
    case Op::kField:
      return field == facts::FieldId::kMalformed || field == facts::FieldId::kEmergency ? kRareFact
                                                                                        : 0;
    default:
      return 0;
  }
}

uint32_t GuardFinder::WeightOfText(const Node& node) const {
  const Node& right = x_.nodes[node.b];
  if (right.op != Op::kConst || x_.constants[right.a].kind != Value::Kind::kString) return 0;
  const size_t size = x_.constants[right.a].str().size();
  const bool whole = node.op == Op::kEqualText || node.op == Op::kEqualsNocase;
  if (whole) return size == 0 ? kCommonNumber : kExact;
  if (size == 0) return 0;  // always holds
  return size < kLongEnough ? kShortText : kPatternWeight;
}

uint32_t GuardFinder::WeightOfSet(const Node& node) const {
  const ValueSet& set = x_.sets[node.b];
  const auto indexed = [](const Value& value) {
    return value.kind == Value::Kind::kString || value.kind == Value::Kind::kCidr ||
           value.kind == Value::Kind::kInt;
  };
  if (!std::all_of(set.begin(), set.end(), indexed)) return 0;
  return kExact + static_cast<uint32_t>(std::min<size_t>(set.size(), 256)) / 8;
}

}  // namespace sipward::rules
