// Lists: `x in list` and `list[x].column`.
#include <algorithm>
#include <string>
#include <utility>

#include "rules/check.h"

namespace sipward::rules {
namespace {

using facts::Type;

}  // namespace

const Scope::NamedList* Checker::FindList(const Span& span, std::string_view name) {
  const auto list = scope_->lists.find(name);
  if (list != scope_->lists.end()) return &list->second;
  constexpr uint64_t kGuessWork = 4;  // an edit distance, in visits
  std::vector<std::string_view> known;
  if (Spend(kGuessWork * scope_->lists.size())) {
    for (const auto& [other, unused] : scope_->lists) known.push_back(other);
  }
  diagnostics_->Error("R201", span, "list '" + std::string(name) + "' is not known",
                      DidYouMean(name, known));
  return nullptr;
}

std::optional<uint32_t> Checker::FindListToFill(std::string_view name, const Span& span) {
  const Scope::NamedList* list = FindList(span, name);
  if (list == nullptr) return std::nullopt;
  if (list->def->dynamic) return list->index;
  diagnostics_->Error("R116", span, "the list '" + std::string(name) + "' is not dynamic",
                      "list " + std::string(name) + " : exact dynamic max 10000");
  return std::nullopt;
}

// What is looked up, as the list wants it.
NodeId Checker::Sought(const Expr& expr, NodeId value, const ListDef& list) {
  if (value == kNoNode) return kNoNode;
  const Type wanted = list.kind == lists::Kind::kCidr ? Type::kIp : Type::kString;
  const NodeId converted = Convert(expr, value, wanted);
  if (converted == kNoNode || IsA(nodes_[converted].type, wanted)) return converted;
  return WrongType(expr, "a list of kind " + std::string(lists::KindName(list.kind)),
                   facts::TypeName(wanted), converted);
}

NodeId Checker::InNamedList(const Expr& expr, NodeId value, const Scope::NamedList& list) {
  const NodeId sought = Sought(*expr.children[0], value, *list.def);
  if (sought == kNoNode) return kNoNode;
  return list.def->dynamic ? nodes_.Make(Op::kInDynamic, Type::kBool, sought, list.index)
                           : nodes_.InList(sought, list.index);
}

NodeId Checker::Lookup(const Expr& expr) {
  const NodeId value = Present(*expr.children[0]);
  const Scope::NamedList* list = FindList(expr.span, expr.text);
  if (list == nullptr) return kNoNode;
  const NodeId sought = Sought(*expr.children[0], value, *list->def);
  if (sought == kNoNode) return kNoNode;
  const std::vector<ColumnDef>& columns = list->def->columns;
  if (columns.empty()) {
    return Fail("R117", expr, "entries of the list '" + expr.text + "' have no values",
                "write 'x in " + expr.text + "', or give it values: value name:type");
  }
  size_t column = 0;
  if (expr.children.size() == 2) {
    const std::string& name = expr.children[1]->text;
    while (column < columns.size() && columns[column].name != name) ++column;
    if (column == columns.size()) {
      std::vector<std::string_view> known;
      for (const ColumnDef& def : columns) known.push_back(def.name);
      return Fail("R117", *expr.children[1],
                  "the list '" + expr.text + "' has no value '" + name + "'",
                  DidYouMean(name, known));
    }
  } else if (columns.size() > 1) {
    return Fail("R117", expr, "the list '" + expr.text + "' has several values",
                "say which: " + expr.text + "[...]." + columns[0].name);
  }
  return nodes_.ListValue(columns[column].type, sought, list->index,
                          list->first_column + static_cast<uint32_t>(column));
}

}  // namespace sipward::rules
