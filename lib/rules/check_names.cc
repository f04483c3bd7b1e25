// Names and macros.
#include <algorithm>
#include <bit>
#include <utility>

#include "rules/check.h"

namespace sipward::rules {

using facts::Type;

namespace {

// An edit distance costs as much as so many visits.
constexpr uint64_t kGuessWork = 4;
// Names that a linear search compares in the time of one visit.
constexpr size_t kComparedAtOnce = 8;

// The events that have a field of this name.
std::string EventsText(std::string_view field) {
  std::string text;
  for (size_t i = 0; i < facts::kEventKinds; ++i) {
    const auto event = static_cast<facts::EventKind>(i);
    const auto id = facts::FindField(field, facts::SetOf(event));
    if (!id || (facts::Describe(*id).events & facts::SetOf(event)) == 0) continue;
    if (!text.empty()) text += ", ";
    text += facts::EventName(event);
  }
  return text;
}

}  // namespace

NodeId Checker::Name(const Expr& expr) {
  if (!Spend(visible_lets_ / kComparedAtOnce)) return kNoNode;
  for (size_t i = 0; i < visible_lets_; ++i) {
    if (lets_[i].name != expr.text) continue;
    if (lets_[i].bad) return kNoNode;
    const size_t visible = std::exchange(visible_lets_, i);
    const NodeId id = Check(*lets_[i].def->value);
    visible_lets_ = visible;
    return id;
  }
  const auto name = scope_->names.find(expr.text);
  if (name != scope_->names.end()) return Expand(expr, &name->second);
  // A define that no rule uses: which of two fields of one name is meant, cannot be said.
  if (lenient_ && facts::FindField(expr.text, facts::kOnAuth) !=
                      facts::FindField(expr.text, facts::kOnResponses)) {
    return kNoNode;
  }
  if (const auto field = facts::FindField(expr.text, events_)) return FieldNode(expr, *field);
  if (const auto value = facts::FindEnumValue(expr.text)) {
    return nodes_.Int(value->value, value->type);
  }
  if (scope_->lists.contains(expr.text)) {
    return Fail("R203", expr, "'" + expr.text + "' is a list", "write 'x in " + expr.text + "'");
  }
  const size_t dot = expr.text.rfind('.');
  if (dot != std::string::npos) {
    const std::string_view text = expr.text;
    if (MayHaveMember(text.substr(0, dot), text.substr(dot + 1))) return NamedMember(expr, dot);
  }
  return UnknownName(expr);
}

// No deeper than expressions may be once they are expanded: what is, is refused elsewhere.
bool NamesIdentity(const Expr& expr, Scope* scope, uint32_t depth) {
  if (depth >= kMaxDepth) return false;
  if (expr.kind == ExprKind::kName) {
    const auto name = scope->names.find(expr.text);
    if (name == scope->names.end()) {
      if (!expr.text.starts_with("identity.")) return false;
      const auto field = facts::FindField(expr.text);
      return field && facts::IsOfIdentity(*field);
    }
    std::optional<bool>& known = name->second.names_identity;
    if (!known) {
      known = false;  // what a define that names itself finds here
      known = NamesIdentity(*name->second.def->value, scope, depth + 1);
    }
    return *known;
  }
  const auto any = [&](const ExprPtr& part) {
    return part && NamesIdentity(*part, scope, depth + 1);
  };
  if (std::any_of(expr.children.begin(), expr.children.end(), any)) return true;
  if (!expr.aggregate) return false;
  const AggregateExpr& a = *expr.aggregate;
  return any(a.item) || any(a.of) || any(a.keys) || any(a.condition) || any(a.reset);
}

NodeId Checker::Expand(const Expr& use, Scope::Name* name) {
  name->used = true;
  if (name->def->constant) return ValueOfConst(name, &use.span);
  if (name->expanding) {
    diagnostics_->Error("R207", name->def->span, "'" + name->def->name + "' is defined by itself",
                        "again at " + diagnostics_->Place(use.span));
    return kNoNode;
  }
  // The names of the rule mean nothing inside a define of the file.
  const size_t visible = std::exchange(visible_lets_, 0);
  name->expanding = true;
  const NodeId id = Check(*name->def->value);
  name->expanding = false;
  visible_lets_ = visible;
  return id;
}

NodeId Checker::UnknownName(const Expr& expr) {
  if (!Spend(kGuessWork * (facts::kFieldCount + lets_.size() + scope_->names.size()))) {
    return Fail("R201", expr, "name '" + expr.text + "' is not known");
  }
  std::vector<std::string_view> known;
  for (int i = 0; i < facts::kFieldCount; ++i) {
    known.push_back(facts::Describe(static_cast<facts::FieldId>(i)).name);
  }
  for (const LetScope& let : lets_) known.push_back(let.name);
  for (const auto& [name, unused] : scope_->names) known.push_back(name);
  const auto values = facts::EnumValueNames();
  known.insert(known.end(), values.begin(), values.end());
  if (const AggregateShape* shape = FindAggregate(expr.text)) {
    return Fail("R201", expr, "name '" + expr.text + "' is not known",
                "an aggregate is written " + std::string(shape->usage));
  }
  std::string hint = MemberHint(expr.text);
  if (hint.empty()) hint = DidYouMean(expr.text, known);
  std::string upper = expr.text;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (const auto value = facts::FindEnumValue(upper); hint.empty() && value) {
    hint = std::string(value->type == Type::kMethod ? "methods" : "reasons") +
           " are written in capitals: " + upper;
  }
  return Fail("R201", expr, "name '" + expr.text + "' is not known", hint);
}

NodeId Checker::FieldNode(const Expr& expr, facts::FieldId id) {
  const facts::FieldInfo& info = facts::Describe(id);
  const unsigned missing = events_ & ~unsigned{info.events};
  if (missing == 0) return nodes_.Field(id);
  const auto event = static_cast<facts::EventKind>(std::countr_zero(missing));
  return Fail("R206", expr,
              "'" + expr.text + "' does not exist on " + std::string(facts::EventName(event)),
              "it exists on " + EventsText(expr.text));
}

}  // namespace sipward::rules
