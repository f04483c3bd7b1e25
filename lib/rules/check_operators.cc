// Operators: what types they take and give.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "numbering/numbering.h"
#include "rules/check.h"

namespace sipward::rules {
namespace {

using facts::Type;

bool IsOrdered(Type type) {
  return type == Type::kInt || type == Type::kFloat || type == Type::kDuration ||
         type == Type::kTime || type == Type::kMoney;
}
std::string A(Type type) { return std::string(facts::TypeName(type)); }

struct ArithmeticRule {
  BinaryOp op;
  Type left, right, result;
  Op node;
};
constexpr ArithmeticRule kArithmetic[] = {
    {BinaryOp::kAdd, Type::kInt, Type::kInt, Type::kInt, Op::kAddInt},
    {BinaryOp::kSubtract, Type::kInt, Type::kInt, Type::kInt, Op::kSubtractInt},
    {BinaryOp::kMultiply, Type::kInt, Type::kInt, Type::kInt, Op::kMultiplyInt},
    {BinaryOp::kDivide, Type::kInt, Type::kInt, Type::kInt, Op::kDivideInt},
    {BinaryOp::kModulo, Type::kInt, Type::kInt, Type::kInt, Op::kModuloInt},
    {BinaryOp::kAdd, Type::kFloat, Type::kFloat, Type::kFloat, Op::kAddFloat},
    {BinaryOp::kSubtract, Type::kFloat, Type::kFloat, Type::kFloat, Op::kSubtractFloat},
    {BinaryOp::kMultiply, Type::kFloat, Type::kFloat, Type::kFloat, Op::kMultiplyFloat},
    {BinaryOp::kDivide, Type::kFloat, Type::kFloat, Type::kFloat, Op::kDivideFloat},
    {BinaryOp::kAdd, Type::kDuration, Type::kDuration, Type::kDuration, Op::kAddInt},
    {BinaryOp::kSubtract, Type::kDuration, Type::kDuration, Type::kDuration, Op::kSubtractInt},
    {BinaryOp::kMultiply, Type::kDuration, Type::kInt, Type::kDuration, Op::kMultiplyInt},
    {BinaryOp::kMultiply, Type::kInt, Type::kDuration, Type::kDuration, Op::kMultiplyInt},
    {BinaryOp::kAdd, Type::kTime, Type::kDuration, Type::kTime, Op::kAddInt},
    {BinaryOp::kSubtract, Type::kTime, Type::kDuration, Type::kTime, Op::kSubtractInt},
    {BinaryOp::kSubtract, Type::kTime, Type::kTime, Type::kDuration, Op::kSubtractInt},
    {BinaryOp::kAdd, Type::kMoney, Type::kMoney, Type::kMoney, Op::kAddInt},
    {BinaryOp::kSubtract, Type::kMoney, Type::kMoney, Type::kMoney, Op::kSubtractInt},
    {BinaryOp::kMultiply, Type::kMoney, Type::kInt, Type::kMoney, Op::kMultiplyInt},
    {BinaryOp::kMultiply, Type::kInt, Type::kMoney, Type::kMoney, Op::kMultiplyInt},
    {BinaryOp::kDivide, Type::kMoney, Type::kInt, Type::kMoney, Op::kDivideInt},
};

}  // namespace

NodeId Checker::Convert(const Expr& expr, NodeId id, Type type) {
  // The field and the value share a name: beside the type of a number it is the value.
  constexpr auto kEmergency = static_cast<uint32_t>(facts::FieldId::kEmergency);
  if (type == Type::kNumberType && nodes_[id].op == Op::kField && nodes_[id].a == kEmergency) {
    return nodes_.Int(static_cast<int64_t>(numbering::NumberType::kEmergency), type);
  }
  if (!nodes_.IsConst(id)) return id;
  const Type from = nodes_[id].type;
  if (type == Type::kMoney && (from == Type::kInt || from == Type::kFloat)) return Money(expr, id);
  if ((type != Type::kIp && type != Type::kCidr && type != Type::kNumber) ||
      from != Type::kString) {
    return id;
  }
  const std::string_view text = nodes_.ConstantOf(id).str();
  if (type == Type::kNumber) return Number(expr, text);
  if (type == Type::kIp) {
    if (const auto ip = IpAddress::Parse(text)) {
      return nodes_.Constant(Type::kIp, facts::Value::Ip(*ip));
    }
    return Fail("R209", expr, Describe(expr) + " is no address",
                Cidr::Parse(text) ? "a network is asked with 'in'" : "");
  }
  if (const auto net = Cidr::Parse(text)) {
    return nodes_.Constant(Type::kCidr, facts::Value::Net(*net));
  }
  return Fail("R209", expr, Describe(expr) + " is no network",
              "an address, a slash and a number of bits; the bits behind them are zero");
}

// An amount in the text of a rule, as millionths: exactly, or not at all.
NodeId Checker::Money(const Expr& expr, NodeId id) {
  constexpr int64_t kMost = 1'000'000'000;
  const facts::Value value = nodes_.ConstantOf(id);
  const bool whole = value.kind == facts::Value::Kind::kInt;
  const double amount = whole ? static_cast<double>(value.i) : value.f;
  if (amount > static_cast<double>(kMost) || amount < -static_cast<double>(kMost)) {
    return Fail("R411", expr, "an amount of money is at most 1000000000");
  }
  if (whole) return nodes_.Int(value.i * facts::kMoneyUnits, Type::kMoney);
  if (expr.kind == ExprKind::kFloat && expr.number > 6) {
    return Fail("R411", expr, "an amount of money has at most 6 decimals");
  }
  return nodes_.Int(std::llround(amount * static_cast<double>(facts::kMoneyUnits)), Type::kMoney);
}

// A telephone number in the text of a rule, as fields give it.
NodeId Checker::Number(const Expr& expr, std::string_view text) {
  char digits[numbering::kMaxDigits];
  const std::string_view number = numbering::Canonical(text, x_->home, digits);
  if (number.empty() && !text.empty()) {
    return Fail("R209", expr, Describe(expr) + " is no telephone number");
  }
  return nodes_.Constant(Type::kNumber, facts::Value::String(number));
}

bool Checker::Unify(const Expr& expr, NodeId* a, NodeId* b) {
  if (*a == kNoNode || *b == kNoNode) return false;
  *b = Convert(*expr.children[expr.children.size() - 1], *b, nodes_[*a].type);
  if (*b == kNoNode) return false;
  *a = Convert(*expr.children[expr.children.size() - 2], *a, nodes_[*b].type);
  if (*a == kNoNode) return false;
  for (auto [one, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (nodes_[*one].type == Type::kFloat && nodes_[*other].type == Type::kInt) {
      *other = nodes_[*other].optional ? nodes_.Optional(Op::kToFloat, Type::kFloat, *other)
                                       : nodes_.Make(Op::kToFloat, Type::kFloat, *other);
    }
  }
  return true;
}

NodeId Checker::Chain(const Expr& expr) {
  const bool is_and = expr.kind == ExprKind::kAnd;
  const size_t before = present_.size();
  std::vector<NodeId> operands;
  for (const ExprPtr& child : expr.children) {
    const NodeId id = Typed(*child, Type::kBool, is_and ? "'and'" : "'or'");
    if (id != kNoNode) PresentIf(id, is_and, &present_);
    operands.push_back(id);
  }
  present_.resize(before);
  if (std::find(operands.begin(), operands.end(), kNoNode) != operands.end()) return kNoNode;
  return nodes_.Chain(is_and ? Op::kAnd : Op::kOr, std::move(operands));
}

NodeId Checker::Conditional(const Expr& expr) {
  const NodeId condition = Typed(*expr.children[0], Type::kBool, "the condition before '?'");
  const size_t before = present_.size();
  const auto branch = [&](const Expr& child, bool truth) {
    if (condition != kNoNode) PresentIf(condition, truth, &present_);
    const NodeId id = Present(child);
    present_.resize(before);
    return id;
  };
  NodeId yes = branch(*expr.children[1], true);
  NodeId no = branch(*expr.children[2], false);
  if (condition == kNoNode || !Unify(expr, &yes, &no)) return kNoNode;
  if (nodes_[yes].type != nodes_[no].type) {
    return TwoTypes(*expr.children[2], "':'", yes, no);
  }
  return nodes_.Make(Op::kConditional, nodes_[yes].type, condition, yes, no);
}

NodeId Checker::TwoTypes(const Expr& expr, const char* between, NodeId a, NodeId b) {
  return Fail("R203", expr,
              "both sides of " + std::string(between) + " need one type; they are " +
                  A(nodes_[a].type) + " and " + A(nodes_[b].type));
}

NodeId Checker::Binary(const Expr& expr) {
  if (expr.op == BinaryOp::kCoalesce) return Coalesce(expr, false);
  return expr.op <= BinaryOp::kGreaterEqual ? Comparison(expr) : Arithmetic(expr);
}

// `mixed`: in keys, an address may stand in for a missing name.
NodeId Checker::Coalesce(const Expr& expr, bool mixed) {
  NodeId first = Check(*expr.children[0]);
  NodeId second = mixed ? Key(*expr.children[1]) : Check(*expr.children[1]);
  if (first == kNoNode || second == kNoNode) return kNoNode;
  if (!mixed || nodes_.IsConst(second)) {
    if (!Unify(expr, &first, &second)) return kNoNode;
    if (nodes_[first].type != nodes_[second].type) {
      return TwoTypes(*expr.children[1], "'\?\?'", first, second);
    }
  }
  if (!nodes_[first].optional) return first;
  // One node wherever it stands: what is known to be present there is asked of its parts.
  return nodes_[second].optional ? nodes_.Optional(Op::kCoalesce, nodes_[first].type, first, second)
                                 : nodes_.Make(Op::kCoalesce, nodes_[first].type, first, second);
}

NodeId Checker::Comparison(const Expr& expr) {
  const NodeId a = Present(*expr.children[0]);
  return Compared(expr, a, Present(*expr.children[1]));
}

NodeId Checker::Compared(const Expr& expr, NodeId a, NodeId b) {
  if (!Unify(expr, &a, &b)) return kNoNode;
  const Type left = nodes_[a].type, right = nodes_[b].type;
  const bool texts = left == Type::kString && right == Type::kNumber;
  const bool texts_too = left == Type::kNumber && right == Type::kString;
  if (left != right && !texts && !texts_too) {
    std::string hint;
    if (left == Type::kDuration || right == Type::kDuration) hint = "durations have units: 5s";
    if (left == Type::kMethod && right == Type::kString)
      hint = "compare with a method's name, INVITE, or use method.text";
    if (facts::IsEnum(left) && left != Type::kMethod && right == Type::kString &&
        nodes_.IsConst(b)) {
      const std::string text(nodes_.ConstantOf(b).str());
      const auto value = facts::FindEnumValue(text);
      if (value && value->type == left) hint = "its values stand without quotes: " + text;
    }
    const bool number = left == Type::kInt || left == Type::kFloat;
    if (number && right == Type::kString && nodes_.IsConst(b))
      hint = "numbers stand without quotes";
    return Fail("R203", expr,
                "'" + std::string(BinaryOpText(expr.op)) + "' cannot compare " + A(left) + " and " +
                    A(right),
                hint);
  }
  if (expr.op == BinaryOp::kEqual || expr.op == BinaryOp::kNotEqual) return Equality(expr, a, b);
  if (!IsOrdered(left)) {
    return Fail("R203", expr, "a " + A(left) + " has no order",
                left == Type::kString ? "int(s) makes a number of a text" : "");
  }
  WarnOfThreshold(expr, a, b);
  return nodes_.Compare(static_cast<Relation>(expr.op), left == Type::kFloat, a, b);
}

NodeId Checker::Equality(const Expr& expr, NodeId a, NodeId b) {
  const Type type = nodes_[a].type;
  if (nodes_.IsConst(a)) std::swap(a, b);
  NodeId equal;
  if (type == Type::kString || type == Type::kNumber) {
    WarnOfPlace(expr, a, b);
    equal = nodes_.Make(Op::kEqualText, Type::kBool, a, b);
  } else if (type == Type::kIp) {
    equal = nodes_.Make(Op::kEqualAddress, Type::kBool, a, b);
  } else if (type == Type::kCidr) {
    equal = nodes_.Make(Op::kEqualNet, Type::kBool, a, b);
  } else {
    return nodes_.Compare(static_cast<Relation>(expr.op), type == Type::kFloat, a, b);
  }
  return expr.op == BinaryOp::kEqual ? equal : nodes_.Make(Op::kNot, Type::kBool, equal);
}

// `rate(... over 10ms) > 5000` would need more messages than a machine can take in.
void Checker::WarnOfThreshold(const Expr& expr, NodeId a, NodeId b) {
  constexpr int64_t kShortestGap = kMicrosecond;  // a million messages a second
  const bool greater = expr.op == BinaryOp::kGreater || expr.op == BinaryOp::kGreaterEqual;
  const NodeId aggregate = greater ? a : b, threshold = greater ? b : a;
  if (nodes_[aggregate].op != Op::kAggregate || !nodes_.IsConst(threshold)) return;
  const struct Aggregate& counted = x_->aggregates[nodes_[aggregate].a];
  if (counted.kind != AggregateKind::kRate && counted.kind != AggregateKind::kCount &&
      counted.kind != AggregateKind::kDistinct) {
    return;
  }
  const Nanos window = counted.window;
  if (nodes_.ConstantOf(threshold).i <= window / kShortestGap) return;
  diagnostics_->Warning("R304", expr.span, "the window is too short to ever hold so many events");
}

NodeId Checker::Arithmetic(const Expr& expr) {
  const NodeId a = Present(*expr.children[0]);
  return Calculated(expr, a, Present(*expr.children[1]));
}

NodeId Checker::Calculated(const Expr& expr, NodeId a, NodeId b) {
  if (a == kNoNode || b == kNoNode) return kNoNode;
  // Money is multiplied by a plain number and added to money.
  const bool sum = expr.op == BinaryOp::kAdd || expr.op == BinaryOp::kSubtract;
  const bool money = nodes_[a].type == Type::kMoney || nodes_[b].type == Type::kMoney;
  if ((sum || !money) && !Unify(expr, &a, &b)) return kNoNode;
  for (const ArithmeticRule& rule : kArithmetic) {
    if (rule.op != expr.op || rule.left != nodes_[a].type || rule.right != nodes_[b].type) continue;
    return nodes_.Make(rule.node, rule.result, a, b);
  }
  return Fail("R203", expr,
              "'" + std::string(BinaryOpText(expr.op)) + "' cannot join " + A(nodes_[a].type) +
                  " and " + A(nodes_[b].type));
}

NodeId Checker::Negate(const Expr& expr) {
  const NodeId operand = Present(*expr.children[0]);
  if (operand == kNoNode) return kNoNode;
  const Type type = nodes_[operand].type;
  if (type != Type::kInt && type != Type::kFloat && type != Type::kDuration &&
      type != Type::kMoney) {
    return WrongType(*expr.children[0], "'-'", "int", operand);
  }
  return nodes_.Make(type == Type::kFloat ? Op::kNegateFloat : Op::kNegateInt, type, operand);
}

NodeId Checker::In(const Expr& expr) {
  const NodeId value = Present(*expr.children[0]);
  const Expr& where = *expr.children[1];
  if (where.kind == ExprKind::kSet) return InSet(expr, value, where.children);
  if (where.kind == ExprKind::kName) {
    const bool is_list = scope_->lists.contains(where.text);
    if (is_list || !scope_->names.contains(where.text)) {
      const Scope::NamedList* list = FindList(where.span, where.text);
      return list == nullptr ? kNoNode : InNamedList(expr, value, *list);
    }
  }
  if (where.kind != ExprKind::kString && where.kind != ExprKind::kName) {
    return Fail("R203", where, "this is nothing to be 'in'",
                "behind 'in' stands a list, a set as [1, 2], or a network as \"192.0.2.0/24\"");
  }
  const NodeId net = ConstantOf(where, Type::kCidr, "what stands behind 'in'");
  if (value == kNoNode || net == kNoNode) return kNoNode;
  if (nodes_[value].type != Type::kIp) {
    return WrongType(*expr.children[0], "'in' a network", "ip", value);
  }
  return nodes_.InSet(value, {net});
}

NodeId Checker::InSet(const Expr& expr, NodeId value, const std::vector<ExprPtr>& elements) {
  constexpr size_t kMaxElements = 1024;
  if (elements.size() > kMaxElements) {
    return Fail("R411", *expr.children[1], "a set has more than 1024 elements", "use a list");
  }
  if (value == kNoNode) return kNoNode;
  const Type type = nodes_[value].type;
  std::vector<NodeId> constants;
  for (const ExprPtr& element : elements) {
    constants.push_back(
        ConstantOf(*element, type == Type::kIp ? Type::kCidr : type, "an element of this set"));
  }
  if (std::find(constants.begin(), constants.end(), kNoNode) != constants.end()) return kNoNode;
  if (type == Type::kBool || type == Type::kCidr ||
      !(facts::IsEnum(type) || IsOrdered(type) || type == Type::kString || type == Type::kNumber ||
        type == Type::kIp)) {
    return Fail("R203", *expr.children[0], "'in' cannot look for a " + A(type));
  }
  for (size_t i = 0; i < constants.size(); ++i) WarnOfPlace(*elements[i], value, constants[i]);
  return constants.empty() ? nodes_.Bool(false) : nodes_.InSet(value, constants);
}

}  // namespace sipward::rules
