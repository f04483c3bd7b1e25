// What the parser makes of a rule text: statements and untyped expressions, with their places.
#ifndef SIPWARD_RULES_AST_H_
#define SIPWARD_RULES_AST_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lists/lists.h"
#include "rules/aggregate.h"
#include "rules/rules.h"
#include "rules/token.h"
#include "state/state.h"

namespace sipward::rules {

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

enum class ExprKind : uint8_t {
  kInt,
  kFloat,
  kDuration,
  kString,
  kBool,
  kName,
  kCall,  // text: the function; children: arguments
  kNegate,
  kNot,
  kAnd,  // two or more children
  kOr,
  kBinary,  // op
  kConditional,
  kIn,     // children: the value, and a set, a text or a name
  kSet,    // [a, b]
  kTuple,  // (a, b)
  kAggregate,
  kLookup,  // list[x].column; text: the list; children: x and, if it is said, the column as a name
  kMember,  // x.member behind a parenthesis or a bracket; text: the member; children: x
};

enum class BinaryOp : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kCoalesce,
};
std::string_view BinaryOpText(BinaryOp op);

// What stands in an aggregate; which parts there are, its shape says.
struct AggregateExpr {
  AggregateKind kind = AggregateKind::kRate;
  ExprPtr item;                // ratio: the share; bucket: the burst
  ExprPtr of;                  // ratio: of what
  facts::EventSet events = 0;  // since: the event
  ExprPtr keys;                // one expression or a tuple
  ExprPtr window;
  ExprPtr tokens;  // bucket: so many each `unit`
  Nanos unit = 0;
  ExprPtr condition, reset, capacity;  // may be null
};

struct Expr {
  ExprKind kind = ExprKind::kInt;
  BinaryOp op = BinaryOp::kEqual;
  uint32_t height = 1;  // levels of this tree
  Span span;
  int64_t number = 0;
  double real = 0;
  std::string text;
  std::vector<ExprPtr> children;
  std::unique_ptr<AggregateExpr> aggregate;

  void Adopt(ExprPtr child) {
    Measure(*child);
    children.push_back(std::move(child));
  }
  void Measure(const Expr& child) { height = std::max(height, child.height + 1); }
};

// A value that entries of a list have.
struct ColumnDef {
  std::string name;
  Span span;
  facts::Type type = facts::Type::kString;
};

struct EntryDef {
  std::string text;
  Span span;
  std::vector<ExprPtr> values;
};

struct ListDef {
  std::string name;
  Span span;  // of the name
  lists::Kind kind = lists::Kind::kExact;
  bool nocase = false;
  bool from_file = false;
  Span path_span;
  size_t file_index = 0;  // in Compiler::files()
  std::string path;
  std::vector<EntryDef> entries;
  std::vector<ColumnDef> columns;
  bool dynamic = false;  // filled while the engine runs
  ExprPtr capacity;      // dynamic: `max`
};

// const and define
struct NameDef {
  std::string name;
  Span span;  // of the name
  bool constant = false;
  ExprPtr value;
};

struct LetDef {
  std::string name;
  Span span;
  ExprPtr value;
};

struct ActionDef {
  ActionRequest::Kind kind = ActionRequest::Kind::kAlert;
  Span span;         // the whole action
  ExprPtr amount;    // score: points; reject: code; throttle: count; ban: duration
  ExprPtr key;       // score, ban; add: what is added
  Nanos unit = 0;    // throttle
  std::string text;  // tag, reject; add: the list
  Span text_span;
};

struct RuleDef {
  std::string name;
  Span span;  // of the name
  bool has_meta = false;
  std::string severity = "info", why, ref;
  std::optional<bool> enforce;
  std::optional<bool> weak_evidence_suffices;
  facts::EventSet events = 0;
  ExprPtr where, when;
  std::vector<LetDef> lets;
  std::vector<ActionDef> actions;
};

// import pack, or import "file.ward"
struct ImportDef {
  Span span;
  bool pack = false;
  std::string path;
};

// profile name { for condition ... }
struct ProfileDef {
  struct Choice {
    std::string rule;
    Span span;
    RuleMode mode = RuleMode::kReport;
  };
  std::string name;
  Span span;  // of the name
  ExprPtr condition;
  std::optional<RuleMode> mode;  // of all rules that are not named
  std::vector<Choice> choices;
};

// test name { given ... expect ... }
struct TestDef {
  struct Fact {
    std::string name;
    Span span;  // of the name
    ExprPtr value;
  };
  // One event, the same repeated, or those of a file.
  struct Given {
    facts::EventKind kind = facts::EventKind::kRequest;
    Span span;  // of the event
    std::vector<Fact> facts;
    bool from_file = false;
    std::string path;
    Span path_span;
    size_t file_index = 0;  // in Compiler::files()
    bool proven = false;
    std::optional<Token> repeat, every, after;
  };
  struct Expected {
    Expectation expectation;
    Span span;        // the whole
    Span text_span;   // of a name
    Span event_span;  // of the number
  };
  std::string name;
  Span span;  // of the name
  bool is_text = false;
  std::vector<Given> given;
  std::vector<Expected> expected;
};

struct FileAst {
  uint32_t file = 0;
  bool enforce = true;  // `mode` of the file
  std::vector<ImportDef> imports;
  std::vector<ProfileDef> profiles;
  // What takes the place of definitions in other files; of rules, the clauses that it has.
  std::vector<ListDef> list_overrides;
  std::vector<NameDef> name_overrides;
  std::vector<RuleDef> rule_overrides;
  std::vector<ListDef> lists;
  std::vector<NameDef> names;
  std::vector<RuleDef> rules;
  std::vector<TestDef> tests;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_AST_H_
