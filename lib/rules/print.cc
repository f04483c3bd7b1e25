// The canonical text of typed expressions.
#include <array>

#include "rules/node.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

constexpr std::array<std::string_view, 42> kNames = {
    "none", "const",   "field",    "header",   "anomaly",     "aggregate", "has",
    "not",  "and",     "or",       "if",       "or_else",     "int",       "float",
    "same", "same_ip", "same_net", "in_set",   "in_mask",     "in_list",   "+",
    "-",    "*",       "/",        "%",        "+.",          "-.",        "*.",
    "/.",   "neg",     "neg.",     "float",    "len",         "lower",     "digits",
    "int",  "prefix",  "suffix",   "contains", "starts_with", "ends_with", "equals_nocase"};
static_assert(kNames.size() == static_cast<size_t>(Op::kEqualsNocase) + 1);

constexpr std::array<std::string_view, 6> kRelations = {"==", "!=", "<", "<=", ">", ">="};

std::string PrintValue(const facts::Value& value) {
  char text[512];
  if (value.kind == facts::Value::Kind::kString) {
    // With its length, so that no text can imitate another expression.
    return std::to_string(value.str().size()) + "\"" + std::string(value.str()) + "\"";
  }
  return std::string(text, KeyText(value, text));
}

}  // namespace

std::string Print(const Expressions& expressions, NodeId id) {
  const Node& node = expressions.nodes[id];
  switch (node.op) {
    case Op::kConst: {
      // By name: the numbers of methods may change from one version to the next.
      const facts::Value& value = expressions.constants[node.a];
      const std::string_view name = facts::EnumValueName(node.type, value.i);
      return name.empty() ? PrintValue(value) : std::string(name);
    }
    case Op::kField:
      return std::string(facts::Describe(static_cast<facts::FieldId>(node.a)).name);
    case Op::kHeader:
      return "header(" + PrintValue(expressions.constants[node.a]) + ")";
    case Op::kAnomaly:
      return "anomaly(" + std::string(sip::Describe(static_cast<sip::AnomalyId>(node.a)).name) +
             ")";
    default:
      break;
  }
  std::string text(kNames[static_cast<size_t>(node.op)]);
  if (node.op == Op::kCompareInt || node.op == Op::kCompareFloat) {
    text += kRelations[static_cast<size_t>(node.relation)];
  }
  text += '(';
  const uint32_t children[] = {node.a, node.b, node.c};
  for (int i = 0; i < ChildCount(node.op); ++i) {
    if (i > 0) text += ',';
    text += Print(expressions, children[i]);
  }
  if (node.op == Op::kInSet) {
    for (const facts::Value& value : expressions.sets[node.b]) text += ',' + PrintValue(value);
  } else if (node.op == Op::kInMask) {
    for (int64_t i = 0; i < 63; ++i) {
      if ((expressions.constants[node.b].i >> i & 1) == 0) continue;
      text += ',' + std::string(facts::EnumValueName(expressions.nodes[node.a].type, i));
    }
  } else if (node.op == Op::kInList) {
    text += ',' + expressions.list_texts[node.b];
  }
  return text + ')';
}

std::string PrintAggregate(const Expressions& expressions, const Aggregate& aggregate) {
  static constexpr std::array<std::string_view, 3> kKinds = {"rate", "count", "distinct"};
  std::string text(kKinds[static_cast<size_t>(aggregate.kind)]);
  text += '(';
  if (aggregate.item != kNoNode) text += Print(expressions, aggregate.item) + ' ';
  text += "by";
  for (const NodeId key : expressions.keys[aggregate.keys]) text += ' ' + Print(expressions, key);
  text += " over " + std::to_string(aggregate.window);
  if (aggregate.condition != kNoNode) text += " if " + Print(expressions, aggregate.condition);
  if (aggregate.reset != kNoNode) text += " reset on " + Print(expressions, aggregate.reset);
  text += ") on " + std::to_string(aggregate.events);
  if (aggregate.where != kNoNode) text += " where " + Print(expressions, aggregate.where);
  return text;
}

}  // namespace sipward::rules
