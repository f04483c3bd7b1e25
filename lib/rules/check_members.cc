// Telephone numbers and what is behind a dot of one: x.country.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "numbering/numbering.h"
#include "rules/check.h"

namespace sipward::rules {

using facts::Type;

namespace {

struct NumberMember {
  std::string_view name;
  Type type;
  Op op;
};
constexpr std::array<NumberMember, 5> kMembers = {{
    {"country", Type::kString, Op::kCountry},
    {"region", Type::kString, Op::kRegion},
    {"calling_code", Type::kString, Op::kCallingCode},
    {"type", Type::kNumberType, Op::kNumberType},
    {"valid", Type::kBool, Op::kNumberValid},
}};

const NumberMember* FindMember(std::string_view name) {
  for (const NumberMember& member : kMembers) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

}  // namespace

// Whether this name and a member may be meant: it is the rule's or the file's own, or a field that
// is a number or is taken for one.
bool Checker::MayHaveMember(std::string_view name, std::string_view member) const {
  for (size_t i = 0; i < visible_lets_; ++i) {
    if (lets_[i].name == name) return true;
  }
  if (scope_->names.contains(name)) return true;
  const auto field = facts::FindField(name, events_);
  if (!field) return false;
  return facts::Describe(*field).type == Type::kNumber || FindMember(member) != nullptr;
}

// What to write for `callee.numbr.country`, if anything.
std::string Checker::MemberHint(std::string_view name) const {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || FindMember(name.substr(dot + 1)) == nullptr) return "";
  std::vector<std::string_view> numbers;
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const facts::FieldInfo& info = facts::Describe(static_cast<facts::FieldId>(i));
    if (info.type == Type::kNumber) numbers.push_back(info.name);
  }
  const std::string hint = DidYouMean(name.substr(0, dot), numbers);
  if (hint.empty()) return "";
  std::string text = hint.substr(0, hint.rfind('\''));
  return text.append(name.substr(dot)).append(hint.substr(hint.rfind('\'')));
}

// Names have dots in them: what is behind the last one of `callee.number.country` is a member.
NodeId Checker::NamedMember(const Expr& expr, size_t dot) {
  const auto value = std::make_unique<Expr>();
  value->kind = ExprKind::kName;
  value->text = expr.text.substr(0, dot);
  value->span = expr.span;
  value->span.length = static_cast<uint32_t>(dot);
  return Member(expr, *value, std::string_view(expr.text).substr(dot + 1));
}

NodeId Checker::Member(const Expr& expr, const Expr& value, std::string_view name) {
  NodeId number = Check(value);
  if (number != kNoNode) number = Convert(value, number, Type::kNumber);
  if (number == kNoNode) return kNoNode;
  const Type type = nodes_[number].type;
  if (type != Type::kNumber) {
    std::string hint;
    if (type == Type::kString) {
      const std::string source(diagnostics_->Text(value.span));
      hint = "number(" + source + (IsPresent(number) ? "" : " ?? \"\"") + ")." + std::string(name);
    }
    return Fail("R216", expr,
                "only numbers have members; " + Describe(value) + " is of type " +
                    std::string(facts::TypeName(type)),
                hint);
  }
  if (!RequirePresent(value, number)) return kNoNode;
  const NumberMember* member = FindMember(name);
  if (member == nullptr) {
    std::vector<std::string_view> known;
    for (const NumberMember& one : kMembers) known.push_back(one.name);
    std::string hint = DidYouMean(name, known);
    if (hint.empty()) hint = "it has .country .region .calling_code .type .valid";
    return Fail("R216", expr, "a number has no member '" + std::string(name) + "'", hint);
  }
  const NodeId found = nodes_.Make(Op::kNumber, Type::kInt, number);
  return nodes_.Make(member->op, member->type, found);
}

// number(s): the telephone number that a text is.
NodeId Checker::NumberOf(const Expr& expr) {
  if (!Arity(expr, 1)) return kNoNode;
  const Expr& argument = *expr.children[0];
  const NodeId text = Typed(argument, Type::kString, "number()");
  if (text == kNoNode || nodes_[text].type == Type::kNumber) return text;
  return nodes_.IsConst(text) ? Convert(argument, text, Type::kNumber)
                              : nodes_.Make(Op::kToNumber, Type::kNumber, text);
}

// A country or a region that no number has, as "UK" or "de", is a slip that would never show.
void Checker::WarnOfPlace(const Expr& expr, NodeId value, NodeId constant) {
  const Op op = nodes_[value].op;
  if ((op != Op::kCountry && op != Op::kRegion) || !nodes_.IsConst(constant)) return;
  const std::string text(nodes_.ConstantOf(constant).str());
  const auto regions = numbering::Regions();
  const bool known = op == Op::kCountry
                         ? numbering::IsCountry(text)
                         : std::find(regions.begin(), regions.end(), text) != regions.end();
  if (text.empty() || known) return;
  const std::string hint = op == Op::kRegion ? DidYouMean(text, regions) : CountryHint(text);
  diagnostics_->Warning("R305", expr.span,
                        std::string("no number has the ") +
                            (op == Op::kCountry ? "country" : "region") + " '" + text + "'",
                        hint);
}

}  // namespace sipward::rules
