#include "rules/check.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sipward::rules {
namespace {

using facts::Type;

// Of an expression after macros were expanded.
constexpr uint32_t kMaxVisits = 20'000;

// Work of all expressions of a rule set together: about a second.
constexpr uint64_t kMaxWork = 2'000'000;
// What a message with all that belongs to it costs, so that a text full of mistakes ends soon.
constexpr uint64_t kFailureWork = 50;
// Entries that a linear search compares in the time of one visit.
constexpr size_t kComparedAtOnce = 32;
constexpr size_t kBytesAtOnce = 64;

// In a list of what is present: everything, as the place is never reached.
constexpr NodeId kEverything = kNoNode;

// Longer sources are not repeated in messages.
constexpr size_t kLongestQuote = 40;

// What to write behind `??`, where there is something that says nothing.
std::string_view DefaultOf(Type type) {
  switch (type) {
    case Type::kString:
    case Type::kNumber:
      return "\"\"";
    case Type::kBool:
      return "false";
    case Type::kFloat:
      return "0.0";
    case Type::kDuration:
      return "0s";
    case Type::kInt:
    case Type::kMoney:
      return "0";
    default:
      return "";
  }
}

}  // namespace

Checker::Checker(Scope* scope, Expressions* expressions, NodeBuilder* nodes,
                 Diagnostics* diagnostics)
    : scope_(scope), x_(expressions), nodes_(*nodes), diagnostics_(diagnostics) {}

void Checker::EnterRule(facts::EventSet events, std::string_view rule, bool late) {
  events_ = rule_events_ = events;
  rule_ = rule;
  late_ = late;
  where_ = kNoNode;
  lets_.clear();
  visible_lets_ = 0;
  present_.clear();
  where_present_ = 0;
  aggregates_.clear();
  visits_ = 0;
  exhausted_ = false;
}

NodeId Checker::Where(const Expr& expr) {
  aggregates_allowed_ = false;
  where_ = Typed(expr, Type::kBool, "'where'");
  Assume(where_);
  where_present_ = present_.size();
  return where_;
}

void Checker::Let(const LetDef& let) {
  const auto same = std::find_if(lets_.begin(), lets_.end(),
                                 [&](const LetScope& other) { return other.name == let.name; });
  if (same != lets_.end()) {
    diagnostics_->Error("R202", let.span, "'" + let.name + "' is defined twice",
                        "first at " + diagnostics_->Place(same->def->span));
    return;
  }
  if (const std::string_view what = MeaningHere(let.name); !what.empty()) {
    diagnostics_->Error("R213", let.span,
                        "'" + let.name + "' already means something: it is a " + std::string(what));
  }
  aggregates_allowed_ = true;
  const NodeId value = Check(*let.value);
  lets_.push_back({let.name, &let, value == kNoNode});
  visible_lets_ = lets_.size();
}

// What a name means on the events of this rule, or "". Only these count: a field more, on other
// events, must not break the rules that there are.
std::string_view Checker::MeaningHere(std::string_view name) const {
  const auto field = facts::FindField(name, events_);
  if (field && (facts::Describe(*field).events & events_) != 0) return "field";
  const auto value = facts::FindEnumValue(name);
  if (!value) return "";
  return (events_ & facts::EventsWith(value->type)) != 0 ? "value" : "";
}

NodeId Checker::When(const Expr& expr) {
  aggregates_allowed_ = true;
  const NodeId when = Typed(expr, Type::kBool, "'when'");
  aggregates_allowed_ = false;
  return when;
}

NodeId Checker::Key(const Expr& expr) {
  if (expr.kind == ExprKind::kBinary && expr.op == BinaryOp::kCoalesce) return Coalesce(expr, true);
  return Check(expr);
}

void Checker::Assume(NodeId condition) { PresentIf(condition, true, &present_); }

NodeId Checker::ConstantOf(const Expr& expr, Type type, std::string_view what) {
  const NodeId id = Typed(expr, type, what);
  if (id == kNoNode || nodes_.IsConst(id)) return id;
  return Fail("R208", expr, std::string(what) + " must be constant");
}

NodeId Checker::ValueOfConst(Scope::Name* name, const Span* use) {
  if (name->evaluated) return name->value;
  if (name->expanding) {
    diagnostics_->Error("R207", name->def->span, "'" + name->def->name + "' is defined by itself",
                        use == nullptr ? "" : "again at " + diagnostics_->Place(*use));
    return kNoNode;
  }
  name->expanding = true;
  Checker inner(scope_, x_, &nodes_, diagnostics_);
  inner.depth_ = depth_ + 1;
  inner.root_ = root_;
  NodeId id = inner.Check(*name->def->value);
  if (id != kNoNode && !nodes_.IsConst(id)) {
    id = Fail("R208", *name->def->value, "the value of a const must be constant",
              "'define' names an expression");
  }
  name->expanding = false;
  name->evaluated = true;
  name->value = id;
  return id;
}

void Checker::CheckUnused(Scope::Name* name) {
  EnterRule(0, {});
  lenient_ = true;
  aggregates_allowed_ = true;
  name->expanding = true;
  Check(*name->def->value);
  name->expanding = false;
  lenient_ = false;
}

NodeId Checker::Check(const Expr& expr) {
  if (depth_ == 0) root_ = expr.span;
  if (exhausted_ || !Spend(1)) return kNoNode;
  if (depth_ >= kMaxDepth)
    return Exhaust("R401", "nested deeper than 128 levels once its names are expanded");
  if (++visits_ > kMaxVisits)
    return Exhaust("R405", "larger than 20000 parts once its names are expanded");
  ++depth_;
  const NodeId id = CheckKind(expr);
  --depth_;
  return id;
}

NodeId Checker::Exhaust(std::string_view code, std::string message, std::string hint) {
  exhausted_ = true;
  diagnostics_->Error(code, root_, std::move(message), std::move(hint));
  return kNoNode;
}

bool Checker::Spend(uint64_t work) {
  if (scope_->halted) return false;
  scope_->work += work;
  if (scope_->work <= kMaxWork) return true;
  scope_->halted = true;
  Exhaust("R413", "the rules together are too large once their names are expanded",
          "large expressions that many rules share cost each of them anew");
  return false;
}

NodeId Checker::CheckKind(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kInt:
      return nodes_.Int(expr.number);
    case ExprKind::kFloat:
      return nodes_.Constant(Type::kFloat, facts::Value::Float(expr.real));
    case ExprKind::kDuration:
      return nodes_.Int(expr.number, Type::kDuration);
    case ExprKind::kString:
      return Spend(expr.text.size() / kBytesAtOnce) ? nodes_.Text(expr.text) : kNoNode;
    case ExprKind::kBool:
      return nodes_.Bool(expr.number != 0);
    case ExprKind::kName:
      return Name(expr);
    case ExprKind::kCall:
      return Call(expr);
    case ExprKind::kNegate:
      return Negate(expr);
    case ExprKind::kNot: {
      const NodeId operand = Typed(*expr.children[0], Type::kBool, "'not'");
      return operand == kNoNode ? kNoNode : nodes_.Make(Op::kNot, Type::kBool, operand);
    }
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return Chain(expr);
    case ExprKind::kBinary:
      return Binary(expr);
    case ExprKind::kConditional:
      return Conditional(expr);
    case ExprKind::kIn:
      return In(expr);
    case ExprKind::kSet:
      return Fail("R203", expr, "a set stands only behind 'in'");
    case ExprKind::kTuple:
      return Fail("R203", expr, "several values in parentheses stand only behind 'by'");
    case ExprKind::kAggregate:
      return Aggregate(expr);
    case ExprKind::kLookup:
      return Lookup(expr);
    case ExprKind::kMember:
      return Member(expr, *expr.children[0], expr.text);
  }
  return kNoNode;
}

bool Checker::IsPresent(NodeId id) {
  const Node& node = nodes_[id];
  if (!node.optional || lenient_) return true;
  if (!Spend(1 + present_.size() / kComparedAtOnce)) return true;
  if (std::any_of(present_.begin(), present_.end(),
                  [&](NodeId known) { return known == id || known == kEverything; })) {
    return true;
  }
  // Of `a ?? b` one will do.
  if (node.op == Op::kCoalesce) return IsPresent(node.a) || IsPresent(node.b);
  return node.op == Op::kToFloat && IsPresent(node.a);
}

bool Checker::RequirePresent(const Expr& expr, NodeId id) {
  if (IsPresent(id)) return true;
  std::string hint = "ask 'has(...)' before, joined by 'and'";
  const std::string_view fallback = DefaultOf(nodes_[id].type);
  if (!fallback.empty()) hint += ", or give a default: ?? " + std::string(fallback);
  Fail("R204", expr, Describe(expr) + " may be absent", hint);
  return false;
}

NodeId Checker::Present(const Expr& expr) {
  const NodeId id = Check(expr);
  return id != kNoNode && RequirePresent(expr, id) ? id : kNoNode;
}

NodeId Checker::Typed(const Expr& expr, Type type, std::string_view what) {
  NodeId id = Present(expr);
  if (id == kNoNode) return kNoNode;
  if (type == Type::kFloat && nodes_[id].type == Type::kInt) {
    return nodes_.Make(Op::kToFloat, Type::kFloat, id);
  }
  id = Convert(expr, id, type);
  if (id == kNoNode || IsA(nodes_[id].type, type)) return id;
  return WrongType(expr, what, facts::TypeName(type), id);
}

void Checker::PresentIf(NodeId id, bool truth, std::vector<NodeId>* present) {
  if (!Spend(1)) return;
  const Node& node = nodes_[id];
  switch (node.op) {
    case Op::kConst:
      // Of `has(x) and debug`, where `debug` is false, nothing is left: what comes behind is never
      // asked for.
      if ((nodes_.ConstantOf(id).i != 0) != truth) present->push_back(kEverything);
      return;
    case Op::kHas:
      if (truth) present->push_back(node.a);
      return;
    case Op::kNot:
      PresentIf(node.a, !truth, present);
      return;
    case Op::kAnd:
    case Op::kOr: {
      if ((node.op == Op::kAnd) == truth) {
        PresentIf(node.a, truth, present);
        PresentIf(node.b, truth, present);
        return;
      }
      std::vector<NodeId> left, right;
      PresentIf(node.a, truth, &left);
      if (left.empty()) return;
      PresentIf(node.b, truth, &right);
      Spend(left.size() * right.size() / kComparedAtOnce);
      const auto has = [](const std::vector<NodeId>& facts, NodeId fact) {
        return std::find(facts.begin(), facts.end(), fact) != facts.end();
      };
      if (has(left, kEverything)) left.swap(right);
      const bool all = has(right, kEverything);
      std::copy_if(left.begin(), left.end(), std::back_inserter(*present),
                   [&](NodeId fact) { return all || has(right, fact); });
      return;
    }
    default:
      return;
  }
}

NodeId Checker::Fail(std::string_view code, const Expr& expr, std::string message,
                     std::string hint) {
  Spend(kFailureWork);
  diagnostics_->Error(code, expr.span, std::move(message), std::move(hint));
  return kNoNode;
}

NodeId Checker::WrongType(const Expr& expr, std::string_view what, std::string_view wanted,
                          NodeId id) {
  const auto article = [](std::string_view noun) {
    return noun.front() == 'i' ? "an " + std::string(noun) : "a " + std::string(noun);
  };
  return Fail("R203", expr,
              std::string(what) + " needs " + article(wanted) + "; " + Describe(expr) + " is " +
                  article(facts::TypeName(nodes_[id].type)));
}

std::string Checker::Describe(const Expr& expr) const {
  const std::string_view source = diagnostics_->Text(expr.span);
  const bool short_line =
      source.size() <= kLongestQuote && source.find('\n') == std::string_view::npos;
  return short_line ? "'" + std::string(source) + "'" : "this";
}

}  // namespace sipward::rules
