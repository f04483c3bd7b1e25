// Rules as trees with types, and what they are printed as. The compiler sees the text alone, the
// oracle the tree alone.
#ifndef SIPWARD_TESTS_RULES_ORACLE_TREE_H_
#define SIPWARD_TESTS_RULES_ORACLE_TREE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/rules.h"

namespace sipward::rules::oracle {

using facts::EventKind;
using facts::EventSet;
using facts::FieldId;
using facts::Type;

// A value of the language. Bools, durations, times, money (millionths) and enums are in `i`,
// numbers are digits in `s`; an address is the network of itself alone.
struct Val {
  bool present = false;
  Type type = Type::kInt;
  int64_t i = 0;
  double f = 0;
  std::string s{};
  std::optional<Cidr> net{};
};
Val Absent(Type type);
Val Whole(int64_t number, Type type = Type::kInt);
Val Truth(bool truth);
Val Real(double number);
Val Text(std::string text, Type type = Type::kString);
Val Address(std::string_view ip);
Val Network(std::string_view net);
// Equal values give equal texts; of different types, mostly different ones.
std::string Canonical(const Val& value);

struct Tree;
using TreePtr = std::shared_ptr<const Tree>;

struct Agg {
  std::string name;  // count, sum ...
  TreePtr item;      // ratio: the share; burst: one end
  TreePtr of;        // ratio: of what; burst: the other end
  std::vector<TreePtr> keys;
  EventKind event = EventKind::kTick;  // since
  Nanos window = 0;                    // 0: none is written
  int64_t tokens = 0, most = 0;        // bucket
  Nanos unit = 0;                      // bucket
  TreePtr condition, reset;            // may be null
};

struct Tree {
  enum class Kind : uint8_t {
    kLiteral,
    kField,
    kNamed,  // a let, a const or a define: what it stands for
    kHas,
    kNot,
    kAnd,
    kOr,
    kChoice,   // a ? b : c
    kDefault,  // a ?? b
    kBinary,   // name: the operator
    kNegate,
    kCall,    // name: the function
    kInSet,   // parts: the value, then the elements; of an ip, also networks
    kInNet,   // parts: the value and a network
    kInList,  // name: the list
    kLookup,  // name: the list, column: of its values
    kAggregate,
    kMember,  // name: of the number
  };
  Kind kind = Kind::kLiteral;
  Type type = Type::kBool;
  bool optional = false;
  bool counts = false;  // an aggregate is in it
  Val literal{};
  std::string name{};  // of a literal: as it is written
  std::string column{};
  FieldId field{};
  std::vector<TreePtr> parts{};
  std::shared_ptr<const Agg> aggregate{};
};

struct ListOf {
  std::string name;
  lists::Kind kind = lists::Kind::kExact;
  bool nocase = false, dynamic = false;
  std::vector<std::pair<std::string, Type>> columns;
  struct Entry {
    std::string text;
    std::vector<TreePtr> values;  // literals
  };
  std::vector<Entry> entries;
};

struct ActionOf {
  ActionRequest::Kind kind = ActionRequest::Kind::kAlert;
  int64_t number = 0;  // points, code
  Nanos duration = 0;
  TreePtr key;
  std::string text;  // tag, reject; add: the list
};

struct RuleOf {
  std::string name;
  EventSet events = 0;
  TreePtr where;  // may be null
  std::vector<std::pair<std::string, TreePtr>> lets;
  TreePtr when;
  std::vector<ActionOf> actions;
  std::optional<bool> enforce;
};

struct ProfileOf {
  std::string name;
  TreePtr condition;
  std::optional<bool> enforce;
  std::vector<std::pair<std::string, RuleMode>> choices;
};

struct FileOf {
  bool enforce = true;
  std::vector<ListOf> lists;
  std::vector<std::pair<std::string, TreePtr>> consts, defines;
  std::vector<RuleOf> rules;
  std::vector<ProfileOf> profiles;
};

// Whether something of identity is named in it, by whatever names.
bool NamesIdentity(const TreePtr& tree);

// One event, by its facts. Those that are not here are absent.
struct EventOf {
  EventKind kind = EventKind::kRequest;
  Nanos now = 0;
  bool proven = false;
  std::vector<std::pair<FieldId, Val>> fields;
  std::vector<std::pair<std::string, std::string>> headers;
  bool anomaly = false;  // line.bare_lf
};

// The text of a file. Parentheses stand where precedence wants them, and now and then where it does
// not; `seed` says where.
std::string Print(const FileOf& file, uint64_t seed);
std::string Describe(const EventOf& event);

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_TREE_H_
