// Random expressions that are well typed on some events.
#ifndef SIPWARD_TESTS_RULES_ORACLE_RANDOM_TREE_H_
#define SIPWARD_TESTS_RULES_ORACLE_RANDOM_TREE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/rules/oracle/generator.h"

namespace sipward::rules::oracle {

// What may stand in an expression.
struct Place {
  EventSet events = 0;
  bool aggregates = false;
  bool emergency = true;           // the field may be asked for
  bool identity = true;            // and what identity is
  std::vector<TreePtr> present{};  // what may be absent, and is not here
  std::vector<std::pair<std::string, TreePtr>> names{};
  size_t proven = 0;  // so many of `present` are so by `where`
};

class RandomTree {
 public:
  RandomTree(const FileOf* file, Chance* chance) : file_(file), chance_(*chance) {}

  TreePtr Bool(const Place& place, int depth);
  // Present. `rooted`: of a type that literals only become beside a value, so none stands alone.
  TreePtr Of(Type type, const Place& place, int depth);
  // May be absent. Null if the place has nothing of the sort.
  TreePtr Optional(Type type, const Place& place, int depth);
  // Something of a key, an item: of any type, absent or not.
  TreePtr Any(const Place& place);
  TreePtr Aggregate(Type type, const Place& place);
  // What holds has(...) of in a row of `and`.
  static void Presences(const TreePtr& condition, std::vector<TreePtr>* present);

 private:
  TreePtr Field(Type type, bool optional, const Place& place);
  TreePtr Computed(Type type, const Place& place, int depth);
  TreePtr Leaf(Type type, const Place& place);
  TreePtr Guarded(const Place& place, int depth);
  TreePtr Compared(const Place& place, int depth);
  TreePtr Membership(const Place& place, int depth);
  TreePtr TextTest(const Place& place, int depth);
  TreePtr Calculated(Type type, const Place& place, int depth);
  TreePtr OfText(const Place& place, int depth);
  TreePtr Subject(const Place& place, int depth);
  TreePtr Member(Type type, const Place& place, int depth);
  TreePtr Beside(Type type, const Place& place, int depth);
  std::shared_ptr<Agg> Counted(const std::string& name, const Place& place);
  std::vector<TreePtr> Keys(const Place& place);

  const FileOf* file_;
  Chance& chance_;
};

TreePtr Make(Tree::Kind kind, Type type, std::vector<TreePtr> parts, std::string name = "");

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_RANDOM_TREE_H_
