// Functions.
#include <algorithm>
#include <array>
#include <utility>

#include "rules/check.h"
#include "sip/sip.h"

namespace sipward::rules {
namespace {

using facts::Type;

}  // namespace

// The functions whose arguments are present and of one type each.
struct Checker::Function {
  std::string_view name;
  size_t arity;
  Type first, second, result;
  Op op;
  bool optional;
};

namespace {

constexpr std::array<std::string_view, 22> kFunctionNames = {
    "anomaly", "branch",         "contains",     "digits", "ends_with", "equals_nocase",
    "has",     "header",         "hour",         "int",    "len",       "lower",
    "matches", "matches_nocase", "number",       "prefix", "product",   "starts_with",
    "suffix",  "version",        "version_less", "weekday"};

}  // namespace

NodeId Checker::Call(const Expr& expr) {
  static constexpr Function kFunctions[] = {
      {"len", 1, Type::kString, Type::kBool, Type::kInt, Op::kLen, false},
      {"lower", 1, Type::kString, Type::kBool, Type::kString, Op::kLower, false},
      {"digits", 1, Type::kString, Type::kBool, Type::kString, Op::kDigits, false},
      {"int", 1, Type::kString, Type::kBool, Type::kInt, Op::kToInt, true},
      {"hour", 1, Type::kTime, Type::kBool, Type::kInt, Op::kHour, false},
      {"weekday", 1, Type::kTime, Type::kBool, Type::kInt, Op::kWeekday, false},
      {"product", 1, Type::kString, Type::kBool, Type::kString, Op::kProduct, false},
      {"branch", 1, Type::kString, Type::kBool, Type::kString, Op::kBranch, false},
      {"version", 1, Type::kString, Type::kBool, Type::kString, Op::kVersion, true},
      {"version_less", 2, Type::kString, Type::kString, Type::kBool, Op::kVersionLess, false},
      {"prefix", 2, Type::kString, Type::kInt, Type::kString, Op::kPrefix, false},
      {"suffix", 2, Type::kString, Type::kInt, Type::kString, Op::kSuffix, false},
      {"contains", 2, Type::kString, Type::kString, Type::kBool, Op::kContains, false},
      {"starts_with", 2, Type::kString, Type::kString, Type::kBool, Op::kStartsWith, false},
      {"ends_with", 2, Type::kString, Type::kString, Type::kBool, Op::kEndsWith, false},
      {"equals_nocase", 2, Type::kString, Type::kString, Type::kBool, Op::kEqualsNocase, false},
  };
  if (expr.text == "has") return Has(expr);
  if (expr.text == "header") return Header(expr);
  if (expr.text == "anomaly") return Anomaly(expr);
  if (expr.text == "number") return NumberOf(expr);
  if (expr.text == "matches") return Matches(expr, false);
  if (expr.text == "matches_nocase") return Matches(expr, true);
  for (const Function& function : kFunctions) {
    if (function.name != expr.text) continue;
    if (!Arity(expr, function.arity)) return kNoNode;
    const std::string what = expr.text + "()";
    const NodeId a = Typed(*expr.children[0], function.first, what);
    const NodeId b =
        function.arity == 2 ? Typed(*expr.children[1], function.second, what) : kNoNode;
    if (a == kNoNode || (function.arity == 2 && b == kNoNode)) return kNoNode;
    return function.optional ? nodes_.Optional(function.op, function.result, a, b)
                             : nodes_.Make(function.op, function.result, a, b);
  }
  std::vector<std::string_view> known = AggregateNames();
  known.insert(known.end(), kFunctionNames.begin(), kFunctionNames.end());
  return Fail("R201", expr, "function '" + expr.text + "' is not known",
              DidYouMean(expr.text, known));
}

std::string WhyUnusable(std::string_view why) {
  constexpr std::string_view kOfList = "the pattern cannot be used: ";
  if (why.starts_with(kOfList)) why.remove_prefix(kOfList.size());
  return "this regular expression cannot be used: " + std::string(why);
}

bool Checker::Arity(const Expr& expr, size_t count) {
  if (expr.children.size() == count) return true;
  Fail("R205", expr,
       expr.text + "() takes " + std::to_string(count) + (count == 1 ? " argument" : " arguments") +
           (expr.children.size() == 1 ? ", here is " : ", here are ") +
           std::to_string(expr.children.size()));
  return false;
}

NodeId Checker::Has(const Expr& expr) {
  if (!Arity(expr, 1)) return kNoNode;
  const NodeId id = Check(*expr.children[0]);
  if (id == kNoNode) return kNoNode;
  if (nodes_[id].optional) return nodes_.Make(Op::kHas, Type::kBool, id);
  diagnostics_->Warning("R302", expr.span,
                        "always true: " + Describe(*expr.children[0]) + " is never absent");
  return nodes_.Bool(true);
}

NodeId Checker::Header(const Expr& expr) {
  if (!Arity(expr, 1)) return kNoNode;
  const NodeId name = ConstantOf(*expr.children[0], Type::kString, "the name of a header");
  if (name == kNoNode) return kNoNode;
  const std::string text(nodes_.ConstantOf(name).str());
  constexpr std::string_view kMarks = "-.!%*_+`'~";
  const auto is_token = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_token)) {
    return Fail("R209", *expr.children[0], Describe(*expr.children[0]) + " is no name of a header");
  }
  // Compact and long form, in letters of either case, are one header and one node.
  const sip::HeaderId id = sip::FindHeader(text);
  std::string canonical(id == sip::HeaderId::kOther ? text : sip::HeaderName(id));
  if (id == sip::HeaderId::kOther) {
    std::transform(canonical.begin(), canonical.end(), canonical.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  return nodes_.Optional(Op::kHeader, Type::kString, nodes_[nodes_.Text(canonical)].a);
}

NodeId Checker::Anomaly(const Expr& expr) {
  if (!Arity(expr, 1)) return kNoNode;
  const NodeId name = ConstantOf(*expr.children[0], Type::kString, "the name of an anomaly");
  if (name == kNoNode) return kNoNode;
  const std::string_view text = nodes_.ConstantOf(name).str();
  if (const auto id = sip::FindAnomaly(text)) {
    return nodes_.Make(Op::kAnomaly, Type::kBool, static_cast<NodeId>(*id));
  }
  std::vector<std::string_view> known;
  for (int i = 0; i < sip::kAnomalyCount; ++i) {
    known.push_back(sip::Describe(static_cast<sip::AnomalyId>(i)).name);
  }
  return Fail("R211", *expr.children[0], "anomaly '" + std::string(text) + "' is not known",
              DidYouMean(text, known));
}

NodeId Checker::Matches(const Expr& expr, bool nocase) {
  if (!Arity(expr, 2)) return kNoNode;
  const NodeId subject = Typed(*expr.children[0], Type::kString, expr.text + "()");
  const NodeId pattern = ConstantOf(*expr.children[1], Type::kString, "a regular expression");
  if (subject == kNoNode || pattern == kNoNode) return kNoNode;
  const std::string text(nodes_.ConstantOf(pattern).str());
  constexpr size_t kBytesAtOnce = 64;
  if (!Spend(text.size() / kBytesAtOnce)) return kNoNode;
  const std::string identity = (nocase ? "/i " : "/ ") + Quote(text);
  const auto [entry, added] = scope_->patterns.try_emplace(
      identity, Scope::Pattern{static_cast<uint32_t>(x_->lists.size()), expr.children[1]->span});
  if (added) {
    constexpr uint64_t kPatternWork = 50;  // compiling it, in visits
    Spend(kPatternWork);
    lists::EntryError error;
    auto list = lists::List::Uncompiled(nocase, {{text, 1, 1}}, &error);
    if (!list) {
      scope_->patterns.erase(entry);
      return Fail("R209", *expr.children[1], WhyUnusable(error.message));
    }
    x_->lists.push_back(std::move(list));
    x_->list_texts.push_back(identity);
  }
  return nodes_.InList(subject, entry->second.list);
}

}  // namespace sipward::rules
