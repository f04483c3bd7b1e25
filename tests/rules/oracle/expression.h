// What an expression is on one event, as the handbook says it.
#ifndef SIPWARD_TESTS_RULES_ORACLE_EXPRESSION_H_
#define SIPWARD_TESTS_RULES_ORACLE_EXPRESSION_H_

#include <map>
#include <optional>
#include <string>

#include "numbering/numbering.h"
#include "tests/rules/oracle/tree.h"

namespace sipward::rules::oracle {

// How much an entry of a list says of a value; nothing if it does not fit.
std::optional<size_t> Fit(const ListOf& list, const std::string& entry, const Val& value);
// Whether a dynamic list of this kind can have the text as an entry.
bool CanHold(lists::Kind kind, const std::string& text);

// What lies outside of an expression.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  virtual Val ValueOf(const Tree& aggregate) = 0;
  virtual bool InDynamic(const std::string& list, const Val& value) = 0;
};

class Evaluation {
 public:
  Evaluation(const FileOf& file, const EventOf& event, Surroundings* around);

  Val Of(const Tree& tree) const;
  bool Holds(const Tree& tree) const { return Of(tree).i != 0; }
  // No tree holds always.
  bool Holds(const TreePtr& tree) const { return tree == nullptr || Holds(*tree); }

 private:
  Val Field(const Tree& tree) const;
  Val Call(const Tree& tree) const;
  bool InSet(const Tree& tree) const;
  bool InList(const Tree& tree) const;
  Val Lookup(const Tree& tree) const;
  const ListOf& List(const std::string& name) const;

  const FileOf& file_;
  const EventOf& event_;
  Surroundings* around_;
  numbering::Home home_;
};

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_EXPRESSION_H_
