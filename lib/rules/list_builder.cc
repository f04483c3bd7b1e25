#include "rules/list_builder.h"

#include <algorithm>
#include <utility>

namespace sipward::rules {

ListBuilder::ListBuilder(const std::vector<std::optional<std::string>>& contents, Scope* scope,
                         Program* program, NodeBuilder* nodes, Diagnostics* diagnostics)
    : contents_(contents),
      scope_(scope),
      program_(program),
      nodes_(nodes),
      diagnostics_(diagnostics) {}

void ListBuilder::Build(const ListDef& def, Scope::NamedList* named) {
  if (def.dynamic) return BuildDynamic(def, named);
  Expressions& x = program_->expressions;
  std::vector<ListColumn> columns;
  for (const ColumnDef& column : def.columns) columns.emplace_back(column.name, column.type);
  auto list = BuildGiven(def, &columns);
  if (!list) list = lists::List::Build(def.kind, def.nocase, {}, nullptr);
  named->index = static_cast<uint32_t>(x.lists.size());
  named->first_column = static_cast<uint32_t>(x.columns.size());
  program_->list_names.emplace_back(def.name, named->index);
  x.lists.push_back(std::move(list));
  x.list_texts.push_back(def.name);
  std::move(columns.begin(), columns.end(), std::back_inserter(x.columns));
}

// A bucketed table of keys with an expiry: patterns would have to be compiled.
void ListBuilder::BuildDynamic(const ListDef& def, Scope::NamedList* named) {
  constexpr int64_t kDefault = 65'536, kLeast = 16, kMost = 1 << 24;
  if (def.kind == lists::Kind::kPattern) {
    diagnostics_->Error("R116", def.span, "a list of kind pattern cannot be dynamic",
                        "dynamic lists are exact, cidr, prefix or domain");
  } else if (def.name == "allowed" || def.name == "emergency") {
    diagnostics_->Error("R116", def.span, "the list '" + def.name + "' cannot be dynamic",
                        "the engine itself obeys it, so that no rule may fill it");
  } else if (!def.columns.empty() || def.nocase) {
    diagnostics_->Error(
        "R116", def.span,
        std::string("a dynamic list has no '") + (def.nocase ? "nocase'" : "value'"));
  }
  int64_t capacity = kDefault;
  if (def.capacity) {
    Checker checker(scope_, &program_->expressions, nodes_, diagnostics_);
    const NodeId id = checker.ConstantOf(*def.capacity, facts::Type::kInt, "'max'");
    if (id != kNoNode) capacity = nodes_->ConstantOf(id).i;
  }
  if (capacity < kLeast || capacity > kMost) {
    diagnostics_->Error("R411", def.capacity->span, "'max' is from 16 to 16777216");
    capacity = kDefault;
  }
  std::vector<DynamicList>& all = program_->expressions.dynamic_lists;
  if (all.size() == kMaxTables) {
    diagnostics_->Error("R409", def.span,
                        "more than " + std::to_string(kMaxTables) + " dynamic lists");
    return;
  }
  named->index = static_cast<uint32_t>(all.size());
  all.push_back({def.name, def.kind, static_cast<uint32_t>(capacity), def.span});
}

std::shared_ptr<const lists::List> ListBuilder::BuildGiven(const ListDef& def,
                                                           std::vector<ListColumn>* columns) {
  if (!CanHaveColumns(def)) return nullptr;
  std::vector<lists::Entry> entries;
  if (!Entries(def, &entries)) return nullptr;
  lists::EntryError error;
  auto list = BuildList(def, entries, !columns->empty(), &error);
  if (!list) {
    WrongEntry(def, std::move(error));
    return nullptr;
  }
  const bool good = def.from_file ? columns->empty() || FileValues(def, entries, columns)
                                  : InlineValues(def, columns);
  return good ? list : nullptr;
}

// Patterns are compiled with those that other lists and rules have, unless they are many: such a
// set is shared by all texts in which the list is looked up. The engine itself asks the list of
// emergency numbers.
std::shared_ptr<const lists::List> ListBuilder::BuildList(const ListDef& def,
                                                          const std::vector<lists::Entry>& entries,
                                                          bool numbered,
                                                          lists::EntryError* error) const {
  constexpr size_t kLongestShared = 64;
  const bool shared = def.kind == lists::Kind::kPattern && entries.size() <= kLongestShared &&
                      def.name != "emergency";
  return shared ? lists::List::Uncompiled(def.nocase, entries, error)
                : lists::List::Build(def.kind, def.nocase, entries, error, numbered);
}

void ListBuilder::Refuse(const ListDef& def, size_t entry, std::string message) {
  std::vector<lists::Entry> entries;
  if (!Entries(def, &entries) || entry >= entries.size()) return;
  WrongEntry(def, {entries[entry].line, entries[entry].column, std::move(message)});
}

void ListBuilder::WrongEntry(const ListDef& def, lists::EntryError error) {
  if (def.from_file && error.line > 0) {
    FileError(def, error.line, error.column, std::move(error.message));
    return;
  }
  const bool inside = !def.from_file && error.line >= 1 && error.line <= def.entries.size();
  diagnostics_->Error("R407", inside ? def.entries[error.line - 1].span : def.span,
                      std::move(error.message));
}

bool ListBuilder::CanHaveColumns(const ListDef& def) {
  for (size_t i = 0; i < def.columns.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (def.columns[j].name != def.columns[i].name) continue;
      diagnostics_->Error("R202", def.columns[i].span,
                          "'" + def.columns[i].name + "' is defined twice");
      return false;
    }
  }
  if (def.columns.empty() || def.kind != lists::Kind::kPattern) return true;
  diagnostics_->Error("R116", def.columns[0].span, "entries of a pattern list have no values",
                      "many patterns may be found in one text");
  return false;
}

bool ListBuilder::Entries(const ListDef& def, std::vector<lists::Entry>* entries) {
  if (!def.from_file) {
    for (const EntryDef& entry : def.entries) {
      entries->push_back({entry.text, static_cast<uint32_t>(entries->size() + 1), 1});
    }
    return true;
  }
  if (!contents_[def.file_index]) {
    diagnostics_->Error("R408", def.path_span, "the list file '" + def.path + "' was not given");
    return false;
  }
  *entries = lists::SplitEntries(*contents_[def.file_index], def.kind, !def.columns.empty());
  return true;
}

bool ListBuilder::InlineValues(const ListDef& def, std::vector<ListColumn>* columns) {
  Checker checker(scope_, &program_->expressions, nodes_, diagnostics_);
  bool good = true;
  for (const EntryDef& entry : def.entries) {
    if (entry.values.size() != columns->size()) {
      diagnostics_->Error(
          "R205", entry.span,
          "entries of this list have " + std::to_string(columns->size()) +
              (columns->size() == 1 ? " value" : " values") + ", this one has " +
              std::to_string(entry.values.size()),
          columns->empty() ? "say what they are behind the entries: value risk:float" : "");
      good = false;
      continue;
    }
    for (size_t i = 0; i < columns->size(); ++i) {
      ListColumn& column = (*columns)[i];
      const NodeId id =
          checker.ConstantOf(*entry.values[i], column.type(), "value '" + column.name() + "'");
      good &= id != kNoNode;
      column.Add(id == kNoNode ? facts::Value() : nodes_->ConstantOf(id));
    }
  }
  return good;
}

bool ListBuilder::FileValues(const ListDef& def, const std::vector<lists::Entry>& entries,
                             std::vector<ListColumn>* columns) {
  std::vector<lists::Cell> cells;
  for (const lists::Entry& entry : entries) {
    lists::EntryError error;
    if (!lists::SplitCells(entry, &cells, &error)) {
      return FileError(def, entry.line, error.column, error.message);
    }
    if (!FileRow(def, entry, cells, columns)) return false;
  }
  return true;
}

// Cells that are not there are absent values, as empty ones are.
bool ListBuilder::FileRow(const ListDef& def, const lists::Entry& entry,
                          const std::vector<lists::Cell>& cells, std::vector<ListColumn>* columns) {
  if (cells.size() > columns->size()) {
    return FileError(def, entry.line, cells[columns->size()].column,
                     "more values than the list says it has: " + std::to_string(columns->size()));
  }
  for (size_t i = 0; i < columns->size(); ++i) {
    ListColumn& column = (*columns)[i];
    const auto value = i < cells.size()
                           ? ParseListValue(cells[i].text, column.type(), &program_->texts)
                           : facts::Value();
    if (!value) {
      return FileError(def, entry.line, cells[i].column,
                       "value '" + column.name() + "' is no " +
                           std::string(facts::TypeName(column.type())) + ": " + cells[i].text);
    }
    column.Add(*value);
  }
  return true;
}

bool ListBuilder::FileError(const ListDef& def, uint32_t line, uint32_t column,
                            std::string message) {
  diagnostics_->ListError("R407", def.path, *contents_[def.file_index], line, column,
                          std::move(message));
  return false;
}

}  // namespace sipward::rules
