// Aggregates. They are hoisted: they count whenever `on`, `where` and their own `if` hold, whatever
// stands around them, so that nothing around them counts as known inside them but what `where`
// proves.
#include <algorithm>
#include <utility>

#include "rules/check.h"
#include "rules/program.h"

namespace sipward::rules {
namespace {

using facts::Type;
using Subject = AggregateShape::Subject;

constexpr Nanos kShortestWindow = kMillisecond;
constexpr Nanos kLongestWindow = 31 * kDay;
constexpr Nanos kLongestCall = 6 * kHour;
constexpr int64_t kLeastCapacity = 16;
constexpr int64_t kGreatestCapacity = 1 << 24;
constexpr int64_t kMostTokens = 1'000'000;
constexpr size_t kMaxKeyParts = 4;

constexpr facts::EventSet kRecords = facts::SetOf(facts::EventKind::kCdr);
constexpr facts::EventSet kCallStarts = facts::SetOf(facts::EventKind::kCallStart) | kRecords;
constexpr facts::EventSet kCallBounds = kCallStarts | facts::kOnEnds;

bool IsAmount(Type type) {
  return type == Type::kInt || type == Type::kFloat || type == Type::kMoney ||
         type == Type::kDuration;
}

// What of an item is counted. "" if this type will do.
std::string_view Wanted(AggregateKind kind, Type type) {
  switch (kind) {
    case AggregateKind::kSum:
    case AggregateKind::kAvg:
    case AggregateKind::kZscore:
      return IsAmount(type) ? "" : "number";
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      return IsAmount(type) || type == Type::kTime ? "" : "number";
    case AggregateKind::kRun:
      return type == Type::kInt || type == Type::kString || type == Type::kNumber
                 ? ""
                 : "number or its digits";
    default:
      return "";
  }
}

// What such an aggregate says of an event cannot be read any more once it has taken the event in.
bool TellsOfBefore(AggregateKind kind) {
  switch (kind) {
    case AggregateKind::kFirstSeen:
    case AggregateKind::kSince:
    case AggregateKind::kLast:
    case AggregateKind::kBucket:
    case AggregateKind::kZscore:
      return true;
    default:
      return false;
  }
}

}  // namespace

NodeId Checker::Aggregate(const Expr& expr) {
  if (!aggregates_allowed_) {
    return Fail("R210", expr, expr.text + "() cannot stand here",
                "aggregates stand in 'let' and 'when', and not inside one another");
  }
  constexpr size_t kCopiedAtOnce = 64;
  if (!Spend(present_.size() / kCopiedAtOnce)) return kNoNode;
  const AggregateKind kind = expr.aggregate->kind;
  if (kind == AggregateKind::kConcurrent && !lenient_ && (events_ & kCallStarts) == 0) {
    return Fail("R115", expr, "concurrent() counts calls that start: this rule does not see them",
                "on call_start, or on cdr for call records");
  }
  struct Aggregate aggregate;
  aggregate.kind = kind;
  aggregate.events = events_;
  aggregate.where = where_;
  // What is known inside: of another event than the rule's, nothing.
  const size_t known = kind == AggregateKind::kSince ? 0 : where_present_;
  const facts::EventSet rule_events = events_;
  aggregates_allowed_ = false;
  std::vector<NodeId> around(present_.begin() + static_cast<std::ptrdiff_t>(known), present_.end());
  present_.resize(known);
  const bool good = AggregateParts(*expr.aggregate, &aggregate);
  present_.resize(known);
  present_.insert(present_.end(), around.begin(), around.end());
  aggregates_allowed_ = true;
  events_ = rule_events;
  if (!good) return kNoNode;
  // Without a rule there is nothing to count: a node of the same type stands in.
  if (lenient_) return StandIn(aggregate);
  aggregate.late = late_ && TellsOfBefore(kind);
  const NodeId id = nodes_.AggregateNode(aggregate);
  if (x_->aggregates.size() + x_->dynamic_lists.size() > kMaxTables) {
    scope_->halted = true;
    return Fail("R409", expr,
                "rule '" + std::string(rule_) + "' needs one aggregate more than the " +
                    std::to_string(kMaxTables) + " that there can be",
                "equal aggregates are one, in whatever rules they stand");
  }
  const uint32_t index = nodes_[id].a;
  if (index == x_->aggregate_texts.size()) {
    x_->aggregate_texts.push_back(diagnostics_->OneLine(expr.span));
  }
  if (std::find(aggregates_.begin(), aggregates_.end(), index) == aggregates_.end()) {
    aggregates_.push_back(index);
  }
  return id;
}

NodeId Checker::StandIn(const struct Aggregate& aggregate) {
  const Type type = ResultType(aggregate.kind, aggregate.item_type);
  const NodeId port = nodes_.Field(facts::FieldId::kSrcPort);
  switch (type) {
    case Type::kInt:
      return port;
    case Type::kFloat:
      return nodes_.Make(Op::kToFloat, Type::kFloat, port);
    case Type::kBool:
      return nodes_.Field(facts::FieldId::kSrcRegistered);
    case Type::kString:
      return nodes_.Field(facts::FieldId::kBody);
    default:
      // Not constant, and of any type: an item is of the type that it is of.
      return aggregate.item != kNoNode && nodes_[aggregate.item].type == type
                 ? aggregate.item
                 : nodes_.Make(Op::kMultiplyInt, type, port, nodes_.Int(1));
  }
}

bool Checker::AggregateParts(const AggregateExpr& parts, struct Aggregate* aggregate) {
  const AggregateShape& shape = ShapeOf(parts.kind);
  if (shape.subject == Subject::kEvent) {
    // It takes in another event, with the fields of that; rules may read it on theirs.
    aggregate->events = parts.events;
    aggregate->where = kNoNode;
    events_ = parts.events;
  }
  bool good = Window(parts, aggregate) && Capacity(parts, aggregate);
  if (parts.reset) {
    aggregate->reset = Typed(*parts.reset, Type::kBool, "'reset on'");
    good &= aggregate->reset != kNoNode;
  }
  const size_t known = present_.size();
  if (parts.condition) {
    aggregate->condition = Typed(*parts.condition, Type::kBool, "'if'");
    good &= aggregate->condition != kNoNode;
    // Where `if` does not hold, nothing is counted, but keys are asked for, and what is scored.
    const bool asked = parts.kind == AggregateKind::kZscore;
    if (aggregate->condition != kNoNode && !asked) Assume(aggregate->condition);
  }
  good &= Subjects(shape, parts, aggregate);
  present_.resize(known);
  return Keys(shape, parts, aggregate) && good;
}

bool Checker::Window(const AggregateExpr& parts, struct Aggregate* aggregate) {
  const AggregateKind kind = parts.kind;
  if (!parts.window) {
    aggregate->window = kind == AggregateKind::kSince        ? kLongestWindow
                        : kind == AggregateKind::kConcurrent ? kLongestCall
                                                             : 0;
    return true;
  }
  const NodeId window = ConstantOf(*parts.window, Type::kDuration, "the window");
  if (window == kNoNode) return false;
  aggregate->window = nodes_.ConstantOf(window).i;
  if (aggregate->window >= kShortestWindow && aggregate->window <= kLongestWindow) return true;
  Fail("R411", *parts.window, "a window is from 1ms to 31d");
  return false;
}

bool Checker::Capacity(const AggregateExpr& parts, struct Aggregate* aggregate) {
  if (!parts.capacity) return true;
  const NodeId capacity = ConstantOf(*parts.capacity, Type::kInt, "'max'");
  if (capacity == kNoNode) return false;
  const int64_t entries = nodes_.ConstantOf(capacity).i;
  if (entries < kLeastCapacity || entries > kGreatestCapacity) {
    Fail("R411", *parts.capacity, "'max' is from 16 to 16777216");
    return false;
  }
  aggregate->capacity = static_cast<uint32_t>(entries);
  return true;
}

bool Checker::Subjects(const AggregateShape& shape, const AggregateExpr& parts,
                       struct Aggregate* aggregate) {
  switch (shape.subject) {
    case Subject::kItem: {
      // What is told apart may be of two types, as a key may; what is added up is of one.
      aggregate->item =
          parts.kind == AggregateKind::kDistinct ? Key(*parts.item) : Check(*parts.item);
      if (aggregate->item == kNoNode) return false;
      aggregate->item_type = nodes_[aggregate->item].type;
      const std::string_view wanted = Wanted(parts.kind, aggregate->item_type);
      if (wanted.empty()) return true;
      WrongType(*parts.item, std::string(shape.name) + "()", wanted, aggregate->item);
      return false;
    }
    case Subject::kShare:
      aggregate->item = Typed(*parts.item, Type::kBool, "ratio()");
      aggregate->of = Typed(*parts.of, Type::kBool, "ratio()");
      return aggregate->item != kNoNode && aggregate->of != kNoNode;
    case Subject::kTokens: {
      const NodeId rate = ConstantOf(*parts.tokens, Type::kInt, "the rate of a bucket");
      const NodeId burst = ConstantOf(*parts.item, Type::kInt, "the burst of a bucket");
      if (rate == kNoNode || burst == kNoNode) return false;
      for (const auto& [id, expr] :
           {std::pair(rate, &parts.tokens), std::pair(burst, &parts.item)}) {
        const int64_t number = nodes_.ConstantOf(id).i;
        if (number >= 1 && number <= kMostTokens) continue;
        Fail("R411", **expr, "tokens of a bucket are from 1 to 1000000");
        return false;
      }
      aggregate->period = parts.unit / nodes_.ConstantOf(rate).i;
      aggregate->burst = static_cast<uint32_t>(nodes_.ConstantOf(burst).i);
      return true;
    }
    default:
      return true;
  }
}

bool Checker::Keys(const AggregateShape& shape, const AggregateExpr& parts,
                   struct Aggregate* aggregate) {
  std::vector<const Expr*> keys;
  if (parts.keys->kind == ExprKind::kTuple) {
    for (const ExprPtr& key : parts.keys->children) keys.push_back(key.get());
  } else {
    keys.push_back(parts.keys.get());
  }
  if (keys.size() > kMaxKeyParts) {
    Fail("R411", *parts.keys, "a key has at most 4 parts");
    return false;
  }
  if (shape.subject == Subject::kEdge && keys.size() != 2) {
    Fail("R205", *parts.keys, "an edge has two ends: (caller.number, callee.number)");
    return false;
  }
  // Who is counted when the event comes must be known when the rule asks, and of a call also when
  // it is over.
  events_ = static_cast<facts::EventSet>(events_ | rule_events_);
  if (parts.kind == AggregateKind::kConcurrent && !lenient_) {
    aggregate->starts = static_cast<facts::EventSet>(rule_events_ & kCallStarts);
    aggregate->events = aggregate->starts == kRecords ? kRecords : kCallBounds;
    events_ = static_cast<facts::EventSet>(events_ | aggregate->events);
  }
  std::vector<NodeId> ids;
  for (const Expr* key : keys) ids.push_back(Key(*key));
  if (std::find(ids.begin(), ids.end(), kNoNode) != ids.end()) return false;
  aggregate->keys = nodes_.KeySlot(ids);
  return true;
}

}  // namespace sipward::rules
