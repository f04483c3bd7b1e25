// The canonical text of typed expressions.
#include <algorithm>
#include <array>
#include <utility>

#include "rules/content_hash.h"
#include "rules/node.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

constexpr std::array<std::string_view, 57> kNames = {"none",
                                                     "const",
                                                     "field",
                                                     "header",
                                                     "anomaly",
                                                     "aggregate",
                                                     "has",
                                                     "not",
                                                     "and",
                                                     "or",
                                                     "if",
                                                     "or_else",
                                                     "int",
                                                     "float",
                                                     "same",
                                                     "same_ip",
                                                     "same_net",
                                                     "in_set",
                                                     "in_mask",
                                                     "in_list",
                                                     "+",
                                                     "-",
                                                     "*",
                                                     "/",
                                                     "%",
                                                     "+.",
                                                     "-.",
                                                     "*.",
                                                     "/.",
                                                     "neg",
                                                     "neg.",
                                                     "float",
                                                     "len",
                                                     "lower",
                                                     "digits",
                                                     "to_number",
                                                     "int",
                                                     "hour",
                                                     "weekday",
                                                     "prefix",
                                                     "suffix",
                                                     "contains",
                                                     "starts_with",
                                                     "ends_with",
                                                     "equals_nocase",
                                                     "list_value",
                                                     "in_dynamic",
                                                     "number",
                                                     "country",
                                                     "calling_code",
                                                     "region",
                                                     "number_type",
                                                     "number_valid",
                                                     "product",
                                                     "branch",
                                                     "version",
                                                     "version_less"};
static_assert(kNames.size() == static_cast<size_t>(Op::kVersionLess) + 1);

// Longer texts of one node are replaced by their hash.
constexpr size_t kLongestText = 1024;

constexpr std::array<std::string_view, 6> kRelations = {"==", "!=", "<", "<=", ">", ">="};

std::string PrintValue(const facts::Value& value) {
  if (value.kind == facts::Value::Kind::kString) {
    return Quote(value.str());
  }
  char text[64];
  return std::string(text, KeyText(value, text));
}

}  // namespace

std::string Quote(std::string_view text) {
  return std::to_string(text.size()) + "\"" + std::string(text) + "\"";
}

const std::string& Printer::Node(NodeId id) {
  if (!printed_.try_emplace(id).second) return printed_.at(id);
  std::vector<NodeId> wanted{id};
  for (size_t at = 0; at < wanted.size(); ++at) {
    const rules::Node& node = x_.nodes[wanted[at]];
    for (const NodeId child : Children(node)) {
      if (printed_.try_emplace(child).second) wanted.push_back(child);
    }
  }
  // A node is made after those below it.
  std::sort(wanted.begin(), wanted.end());
  for (const NodeId next : wanted) {
    std::string text = Compose(next);
    if (text.size() > kLongestText) {
      ContentHasher hasher;
      hasher.Add(text);
      text = "#" + hasher.Finish();
    }
    printed_[next] = std::move(text);
  }
  return printed_.at(id);
}

std::string Printer::Compose(NodeId id) const {
  const rules::Node& node = x_.nodes[id];
  switch (node.op) {
    case Op::kConst: {
      // By name: the numbers of methods may change from one version to the next.
      const facts::Value& value = x_.constants[node.a];
      const std::string_view name = facts::EnumValueName(node.type, value.i);
      return name.empty() ? PrintValue(value) : std::string(name);
    }
    case Op::kField:
      return std::string(facts::Describe(static_cast<facts::FieldId>(node.a)).name);
    case Op::kHeader:
      return "header(" + PrintValue(x_.constants[node.a]) + ")";
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
  const char* separator = "";
  for (const NodeId child : Children(node)) {
    text += separator + printed_.at(child);
    separator = ",";
  }
  if (node.op == Op::kInSet) {
    for (const facts::Value& value : x_.sets[node.b]) text += ',' + PrintValue(value);
  } else if (node.op == Op::kInMask) {
    for (int64_t i = 0; i < 63; ++i) {
      if ((x_.constants[node.b].i >> i & 1) == 0) continue;
      text += ',' + std::string(facts::EnumValueName(x_.nodes[node.a].type, i));
    }
  } else if (node.op == Op::kInList) {
    text += ',' + x_.list_texts[node.b];
  } else if (node.op == Op::kListValue) {
    text += ',' + x_.list_texts[node.b] + '.' + x_.columns[node.c].name();
  } else if (node.op == Op::kInDynamic) {
    text += ',' + x_.dynamic_lists[node.b].name;
  }
  return text + ')';
}

std::string Printer::Aggregate(const rules::Aggregate& aggregate) {
  std::string text(ShapeOf(aggregate.kind).name);
  text += '(';
  if (aggregate.item != kNoNode) text += Node(aggregate.item) + ' ';
  if (aggregate.of != kNoNode) text += "of " + Node(aggregate.of) + ' ';
  if (aggregate.period != 0) {
    text += "every " + std::to_string(aggregate.period) + " burst " +
            std::to_string(aggregate.burst) + ' ';
  }
  text += "by";
  for (const NodeId key : x_.keys[aggregate.keys]) text += ' ' + Node(key);
  text += " over " + std::to_string(aggregate.window);
  if (aggregate.condition != kNoNode) text += " if " + Node(aggregate.condition);
  if (aggregate.reset != kNoNode) text += " reset on " + Node(aggregate.reset);
  text += ") on " + std::to_string(aggregate.events);
  if (aggregate.where != kNoNode) text += " where " + Node(aggregate.where);
  // As it was before records could be counted, where none are.
  if ((aggregate.starts & facts::SetOf(facts::EventKind::kCdr)) != 0) {
    text += " starts " + std::to_string(aggregate.starts);
  }
  if (aggregate.late) text += " late";
  return text;
}

}  // namespace sipward::rules
