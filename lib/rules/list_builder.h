// From list statements to lists.
#ifndef SIPWARD_RULES_LIST_BUILDER_H_
#define SIPWARD_RULES_LIST_BUILDER_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/ast.h"
#include "rules/check.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

class ListBuilder {
 public:
  // `contents`: of the files that statements name, by ListDef::file_index; nothing: not given.
  ListBuilder(const std::vector<std::optional<std::string>>& contents, Scope* scope,
              Program* program, NodeBuilder* nodes, Diagnostics* diagnostics);

  // Adds the list to the program and tells the scope where it is. After an error an empty list of
  // the kind stands in, so that rules are checked even so.
  void Build(const ListDef& def, Scope::NamedList* named);
  // Says that an entry, from 0, cannot be used after all.
  void Refuse(const ListDef& def, size_t entry, std::string message);

 private:
  void BuildDynamic(const ListDef& def, Scope::NamedList* named);
  std::shared_ptr<const lists::List> BuildGiven(const ListDef& def,
                                                std::vector<ListColumn>* columns);
  std::shared_ptr<const lists::List> BuildList(const ListDef& def,
                                               const std::vector<lists::Entry>& entries,
                                               bool numbered, lists::EntryError* error) const;
  void WrongEntry(const ListDef& def, lists::EntryError error);
  bool Entries(const ListDef& def, std::vector<lists::Entry>* entries);
  bool CanHaveColumns(const ListDef& def);
  bool InlineValues(const ListDef& def, std::vector<ListColumn>* columns);
  bool FileValues(const ListDef& def, const std::vector<lists::Entry>& entries,
                  std::vector<ListColumn>* columns);
  bool FileRow(const ListDef& def, const lists::Entry& entry, const std::vector<lists::Cell>& cells,
               std::vector<ListColumn>* columns);
  bool FileError(const ListDef& def, uint32_t line, uint32_t column, std::string message);

  const std::vector<std::optional<std::string>>& contents_;
  Scope* scope_;
  Program* program_;
  NodeBuilder* nodes_;
  Diagnostics* diagnostics_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_LIST_BUILDER_H_
