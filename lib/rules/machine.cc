#include "rules/machine.h"

#include <algorithm>
#include <new>

namespace sipward::rules {
namespace {

using facts::Value;

template <typename T>
bool Relates(T a, Relation relation, T b) {
  switch (relation) {
    case Relation::kEqual:
      return a == b;
    case Relation::kNotEqual:
      return a != b;
    case Relation::kLess:
      return a < b;
    case Relation::kLessEqual:
      return a <= b;
    case Relation::kGreater:
      return a > b;
    case Relation::kGreaterEqual:
      return a >= b;
  }
  return false;
}

}  // namespace

Machine::Machine(const Expressions& expressions) : Machine(expressions, {}, 0, false, nullptr) {}

Machine::Machine(const Expressions& expressions, const Conditions& conditions, uint32_t slots,
                 bool arena, StateSource* state)
    : x_(expressions),
      steps_(conditions.steps.data()),
      remembered_(conditions.remembered.data()),
      state_(state),
      kept_in_(slots + 1),
      kept_(slots + 1),
      arena_(arena ? kArenaBytes : 0),
      memos_(conditions.remembered.size()) {}

void Machine::Begin(facts::Event* event) {
  event_ = event;
  arena_used_ = 0;
  if (++epoch_ == 0) {
    std::fill(kept_in_.begin(), kept_in_.end(), 0);
    epoch_ = 1;
  }
}

ConditionId Machine::Walk(ConditionId condition) {
  while (condition > kHolds) {
    const ConditionStep& step = steps_[condition];
    if (step.kind == ConditionStep::Kind::kTake) break;
    condition = Test(step) ? step.yes : step.no;
  }
  return condition;
}

inline bool Machine::Test(const ConditionStep& step) {
  using Kind = ConditionStep::Kind;
  const auto field = [&]() -> const Value& {
    return event_->Get(static_cast<facts::FieldId>(step.a));
  };
  switch (step.kind) {
    case Kind::kInt:
      return Relates(field().i, step.relation, step.b);
    case Kind::kMask: {
      const int64_t value = field().i;
      return value >= 0 && value < 63 && (step.b >> value & 1) != 0;
    }
    case Kind::kTrue:
      return field().i != 0;
    case Kind::kHas:
      return field().present();
    case Kind::kAnomaly:
      return event_->HasAnomaly(static_cast<sip::AnomalyId>(step.a));
    case Kind::kAggregate:
      return Relates(state_->AggregateValue(step.a).i, step.relation, step.b);
    case Kind::kKept: {
      Value& kept = kept_[step.a];
      if (kept_in_[step.a] == epoch_) return kept.i != 0;
      const bool holds = Holds(static_cast<ConditionId>(step.b));
      ::new (static_cast<void*>(&kept)) Value(Value::Bool(holds));
      kept_in_[step.a] = epoch_;
      return holds;
    }
    case Kind::kRemembered:
      return Remembered(step);
    case Kind::kNode:
      return Bool(step.a);
    case Kind::kTake:
      break;
  }
  return false;
}

// Absent is another thing than empty.
bool Machine::Remembered(const ConditionStep& step) {
  const auto computed = [&] { return Holds(static_cast<ConditionId>(step.b)); };
  const Value& text = event_->Get(remembered_[step.a]);
  return text.present() ? memos_[step.a].Holds(text.str(), computed) : computed();
}

bool Machine::Bool(NodeId id) {
  const Node& node = x_.nodes[id];
  if (node.slot == 0) return ComputeBool(node);
  // What is absent reads as false, and is kept as absent: has() may ask for it next.
  if (node.optional) return Kept(node).i != 0;
  Value& kept = kept_[node.slot];
  if (kept_in_[node.slot] == epoch_) return kept.i != 0;
  const bool holds = ComputeBool(node);
  ::new (static_cast<void*>(&kept)) Value(Value::Bool(holds));
  kept_in_[node.slot] = epoch_;
  return holds;
}

// The commonest numbers and texts are read without a Value in between. Fields, constants and
// aggregates have no slot: they are kept where they come from.
int64_t Machine::Int(NodeId id) {
  const Node& node = x_.nodes[id];
  switch (node.op) {
    case Op::kField:
      return event_->Get(static_cast<facts::FieldId>(node.a)).i;
    case Op::kConst:
      return x_.constants[node.a].i;
    case Op::kAggregate:
      return state_->AggregateValue(node.a).i;
    default:
      break;
  }
  if (node.slot != 0) return Kept(node).i;
  switch (node.op) {
    case Op::kConditional:
      return Int(Bool(node.a) ? node.b : node.c);
    case Op::kAddInt:
      return SaturatingAdd(Int(node.a), Int(node.b));
    case Op::kLen:
      return static_cast<int64_t>(Text(node.a).size());
    default:
      return Compute(node).i;
  }
}

// What is compared is a field or a constant nearly always.
inline int64_t Machine::Number(NodeId id) {
  const Node& node = x_.nodes[id];
  if (node.op == Op::kField) return event_->Get(static_cast<facts::FieldId>(node.a)).i;
  if (node.op == Op::kConst) return x_.constants[node.a].i;
  return Int(id);
}

double Machine::Float(NodeId id) {
  Value room;
  const Value& value = Read(id, &room);
  return value.kind == Value::Kind::kFloat ? value.f : 0.0;
}

std::string_view Machine::Text(NodeId id) {
  const Node& node = x_.nodes[id];
  if (node.op == Op::kField) return event_->Get(static_cast<facts::FieldId>(node.a)).str();
  Value room;
  return Read(id, &room).str();
}

const Value& Machine::Read(NodeId id, Value* room) {
  for (;;) {
    const Node& node = x_.nodes[id];
    switch (node.op) {
      case Op::kField:
        return event_->Get(static_cast<facts::FieldId>(node.a));
      case Op::kConst:
        return x_.constants[node.a];
      case Op::kCoalesce: {
        if (node.slot != 0) return Kept(node);
        const Value& first = Read(node.a, room);
        if (first.present()) return first;
        id = node.b;
        continue;
      }
      default:
        if (node.slot != 0) return Kept(node);
        return *::new (static_cast<void*>(room)) Value(Compute(node));
    }
  }
}

const Value& Machine::Kept(const Node& node) {
  Value& kept = kept_[node.slot];
  if (kept_in_[node.slot] != epoch_) {
    ::new (static_cast<void*>(&kept)) Value(Compute(node));
    kept_in_[node.slot] = epoch_;
  }
  return kept;
}

Value Machine::Evaluate(NodeId id) {
  Value room;
  return Read(id, &room);
}

Value Machine::Compute(const Node& node) {
  switch (node.op) {
    case Op::kNone:
      return {};
    case Op::kConst:
      return x_.constants[node.a];
    case Op::kField:
      return event_->Get(static_cast<facts::FieldId>(node.a));
    case Op::kHeader:
      return event_->Header(x_.constants[node.a].str());
    case Op::kAggregate:
      return state_->AggregateValue(node.a);
    case Op::kConditional:
      return Evaluate(Bool(node.a) ? node.b : node.c);
    case Op::kCoalesce: {
      Value room;
      const Value& first = Read(node.a, &room);
      return first.present() ? first : Evaluate(node.b);
    }
    case Op::kLower:
    case Op::kDigits:
    case Op::kToNumber:
    case Op::kProduct:
    case Op::kBranch:
    case Op::kVersion:
    case Op::kPrefix:
    case Op::kSuffix:
      return ComputeText(node);
    case Op::kListValue:
      return ListValue(node);
    case Op::kNumber:
    case Op::kCountry:
    case Op::kCallingCode:
    case Op::kRegion:
    case Op::kNumberType:
    case Op::kNumberValid:
      return Member(node);
    default:
      return node.op >= Op::kAddInt && node.op <= Op::kWeekday ? ComputeNumber(node)
                                                               : Value::Bool(ComputeBool(node));
  }
}

Value Machine::ComputeNumber(const Node& node) {
  switch (node.op) {
    case Op::kAddInt:
      return Value::Int(SaturatingAdd(Int(node.a), Int(node.b)));
    case Op::kSubtractInt:
      return Value::Int(SaturatingSubtract(Int(node.a), Int(node.b)));
    case Op::kMultiplyInt:
      return Value::Int(SaturatingMultiply(Int(node.a), Int(node.b)));
    case Op::kDivideInt:
      return Value::Int(Divide(Int(node.a), Int(node.b)));
    case Op::kModuloInt:
      return Value::Int(Modulo(Int(node.a), Int(node.b)));
    case Op::kAddFloat:
      return Value::Float(Float(node.a) + Float(node.b));
    case Op::kSubtractFloat:
      return Value::Float(Float(node.a) - Float(node.b));
    case Op::kMultiplyFloat:
      return Value::Float(Float(node.a) * Float(node.b));
    case Op::kDivideFloat: {
      const double divisor = Float(node.b);
      return Value::Float(divisor == 0 ? 0 : Float(node.a) / divisor);
    }
    case Op::kNegateInt:
      return Value::Int(SaturatingSubtract(0, Int(node.a)));
    case Op::kNegateFloat:
      return Value::Float(-Float(node.a));
    case Op::kToFloat:
      return Value::Float(static_cast<double>(Int(node.a)));
    case Op::kLen:
      return Value::Int(static_cast<int64_t>(Text(node.a).size()));
    case Op::kToInt: {
      const auto number = ToInt(Text(node.a));
      return number ? Value::Int(*number) : Value();
    }
    case Op::kHour:
      return Value::Int(HourOf(Int(node.a)));
    case Op::kWeekday:
      return Value::Int(WeekdayOf(Int(node.a)));
    default:
      return {};
  }
}

bool Machine::ComputeBool(const Node& node) {
  switch (node.op) {
    case Op::kAnd:
      return Bool(node.a) && Bool(node.b);
    case Op::kOr:
      return Bool(node.a) || Bool(node.b);
    case Op::kNot:
      return !Bool(node.a);
    case Op::kCompareInt:
      return Relates(Number(node.a), node.relation, Number(node.b));
    case Op::kCompareFloat:
      return Relates(Float(node.a), node.relation, Float(node.b));
    case Op::kField:
      return event_->Get(static_cast<facts::FieldId>(node.a)).i != 0;
    case Op::kAnomaly:
      return event_->HasAnomaly(static_cast<sip::AnomalyId>(node.a));
    case Op::kHas:
      return Has(node.a);
    case Op::kInMask: {
      const int64_t value = Int(node.a);
      return value >= 0 && value < 63 && (x_.constants[node.b].i >> value & 1) != 0;
    }
    case Op::kInSet:
      return InSet(node);
    case Op::kInList:
      return node.c != 0 ? patterns_->PatternHolds(node.c - 1) : InList(node);
    case Op::kInDynamic:
      return state_->InDynamicList(node.b, Evaluate(node.a));
    case Op::kEqualAddress:
      return Evaluate(node.a).ip == Evaluate(node.b).ip;
    case Op::kEqualNet: {
      const Value a = Evaluate(node.a), b = Evaluate(node.b);
      return a.bits == b.bits && a.ip == b.ip;
    }
    case Op::kEqualText:
    case Op::kContains:
      return node.c != 0 ? patterns_->PatternHolds(node.c - 1) : TextTest(node);
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kEqualsNocase:
    case Op::kVersionLess:
      return TextTest(node);
    default:
      return Compute(node).i != 0;
  }
}

bool Machine::Has(NodeId id) {
  const Node& node = x_.nodes[id];
  if (node.op == Op::kField) return event_->Get(static_cast<facts::FieldId>(node.a)).present();
  Value room;
  return Read(id, &room).present();
}

bool Machine::InSet(const Node& node) {
  Value room;
  const Value& value = Read(node.a, &room);
  for (const Value& element : x_.sets[node.b]) {
    switch (element.kind) {
      case Value::Kind::kString:
        if (value.str() == element.str()) return true;
        break;
      case Value::Kind::kCidr:
        if (Cidr{element.address(), element.bits}.Contains(value.address())) return true;
        break;
      case Value::Kind::kFloat:
        if (value.f == element.f) return true;
        break;
      default:
        if (value.i == element.i) return true;
        break;
    }
  }
  return false;
}

bool Machine::InList(const Node& node) {
  const lists::List& list = *x_.lists[node.b];
  if (list.size() == 0) return false;
  if (list.kind() == lists::Kind::kCidr) {
    Value room;
    return list.Contains(Read(node.a, &room).address());
  }
  return list.Contains(Text(node.a), &scratch_);
}

Value Machine::ListValue(const Node& node) {
  const lists::List& list = *x_.lists[node.b];
  const uint32_t entry = list.kind() == lists::Kind::kCidr ? list.Find(Evaluate(node.a).address())
                                                           : list.Find(Text(node.a));
  return x_.columns[node.c].At(entry);
}

}  // namespace sipward::rules
