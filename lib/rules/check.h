// Resolves names, checks types and presence, expands macros: from the parser's expressions to typed
// nodes.
#ifndef SIPWARD_RULES_CHECK_H_
#define SIPWARD_RULES_CHECK_H_

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"
#include "rules/diagnostics.h"
#include "rules/node.h"

namespace sipward::rules {

// Levels of an expression after macros were expanded.
inline constexpr uint32_t kMaxDepth = 128;

// Of a regular expression: `why` is what its list says.
std::string WhyUnusable(std::string_view why);

// What names mean outside rules.
struct Scope {
  struct Name {
    const NameDef* def = nullptr;
    bool expanding =
        false;  // a define that names itself, by whatever way, is met while this is set
    bool used = false;
    NodeId value = kNoNode;  // of a const
    bool evaluated = false;
    std::optional<bool> names_identity;  // once it was asked
  };
  struct NamedList {
    const ListDef* def = nullptr;
    uint32_t index = 0;         // in Expressions::lists, or dynamic_lists
    uint32_t first_column = 0;  // in Expressions::columns
  };
  std::map<std::string, Name, std::less<>> names;
  std::map<std::string, NamedList, std::less<>> lists;
  struct Pattern {
    uint32_t list = 0;  // in Expressions::lists
    Span span;          // where it stands first
  };
  std::map<std::string, Pattern, std::less<>> patterns;  // of matches(), by flag and text
  // Work that all expressions together have cost, about one for each visit of an expression.
  uint64_t work = 0;
  bool halted =
      false;  // a bound of the rule set as a whole was passed: there is no point in going on
};

// Whether an expression names a field of identity, by whatever names of the scope.
bool NamesIdentity(const Expr& expr, Scope* scope, uint32_t depth = 0);

// What to write for a text that is no country.
std::string CountryHint(std::string_view text);
// Reads the constant `home`, the country from which numbers are dialled, if the texts have one.
void ReadHome(Scope* scope, Expressions* expressions, NodeBuilder* nodes, Diagnostics* diagnostics);

// Checks the expressions of one rule, or of a const or define by itself.
class Checker {
 public:
  Checker(Scope* scope, Expressions* expressions, NodeBuilder* nodes, Diagnostics* diagnostics);

  // What follows belongs to a rule on these events. `rule`, its name, outlives the rule's checks.
  // `late`: it runs in the second stage.
  void EnterRule(facts::EventSet events, std::string_view rule, bool late = false);
  // The condition behind `where`: what it proves present stays so for the rest of the rule, and
  // aggregates count only where it holds.
  NodeId Where(const Expr& expr);
  void Let(const LetDef& let);
  NodeId When(const Expr& expr);
  // An expression that stands for somebody: of any type, may be absent. kNoNode after an error.
  NodeId Key(const Expr& expr);
  // Behind `when`, its truth is known.
  void Assume(NodeId condition);

  // The dynamic list of this name, by its index; reported if there is none.
  std::optional<uint32_t> FindListToFill(std::string_view name, const Span& span);
  // A constant of this type, or kNoNode.
  NodeId ConstantOf(const Expr& expr, facts::Type type, std::string_view what);
  // Checks a define that nothing uses, as far as that is possible without a rule.
  void CheckUnused(Scope::Name* name);
  // `use`: where it is named, or null.
  NodeId ValueOfConst(Scope::Name* name, const Span* use = nullptr);

  // Indices of the aggregates that the rule names, in the order of the text.
  const std::vector<uint32_t>& aggregates() const { return aggregates_; }

 private:
  struct Function;
  struct LetScope {
    std::string_view name;
    const LetDef* def;
    bool bad;
  };

  NodeId Check(const Expr& expr);
  NodeId Exhaust(std::string_view code, std::string message, std::string hint = "");
  // Notes work that is not one visit; false if the budget of the rule set is spent.
  bool Spend(uint64_t work);
  NodeId CheckKind(const Expr& expr);
  // Present and of this type; literals are converted to it.
  NodeId Typed(const Expr& expr, facts::Type type, std::string_view what);
  // Present, of any type.
  NodeId Present(const Expr& expr);
  bool RequirePresent(const Expr& expr, NodeId id);
  bool IsPresent(NodeId id);
  std::string_view MeaningHere(std::string_view name) const;
  void PresentIf(NodeId id, bool truth, std::vector<NodeId>* present);

  NodeId Name(const Expr& expr);
  NodeId Expand(const Expr& use, Scope::Name* name);
  bool MayHaveMember(std::string_view name, std::string_view member) const;
  std::string MemberHint(std::string_view name) const;
  [[gnu::noinline]] void WarnOfPlace(const Expr& expr, NodeId value, NodeId constant);
  [[gnu::noinline]] NodeId NamedMember(const Expr& expr, size_t dot);
  NodeId Member(const Expr& expr, const Expr& value, std::string_view member);
  NodeId UnknownName(const Expr& expr);
  NodeId FieldNode(const Expr& expr, facts::FieldId id);
  NodeId Chain(const Expr& expr);
  NodeId Conditional(const Expr& expr);
  NodeId Binary(const Expr& expr);
  NodeId Coalesce(const Expr& expr, bool mixed);
  NodeId Comparison(const Expr& expr);
  // Apart from the walk, whose frames stay small.
  [[gnu::noinline]] NodeId Compared(const Expr& expr, NodeId a, NodeId b);
  [[gnu::noinline]] NodeId Calculated(const Expr& expr, NodeId a, NodeId b);
  [[gnu::noinline]] NodeId TwoTypes(const Expr& expr, const char* between, NodeId a, NodeId b);
  NodeId Equality(const Expr& expr, NodeId a, NodeId b);
  void WarnOfThreshold(const Expr& expr, NodeId a, NodeId b);
  NodeId Arithmetic(const Expr& expr);
  NodeId Negate(const Expr& expr);
  NodeId In(const Expr& expr);
  NodeId Lookup(const Expr& expr);
  const Scope::NamedList* FindList(const Span& span, std::string_view name);
  NodeId Sought(const Expr& expr, NodeId value, const ListDef& list);
  NodeId InNamedList(const Expr& expr, NodeId value, const Scope::NamedList& list);
  NodeId InSet(const Expr& expr, NodeId value, const std::vector<ExprPtr>& elements);

  NodeId Call(const Expr& expr);
  bool Arity(const Expr& expr, size_t count);
  NodeId Has(const Expr& expr);
  NodeId Header(const Expr& expr);
  NodeId Anomaly(const Expr& expr);
  NodeId Matches(const Expr& expr, bool nocase);
  NodeId NumberOf(const Expr& expr);
  NodeId Aggregate(const Expr& expr);
  NodeId StandIn(const struct Aggregate& aggregate);
  bool AggregateParts(const AggregateExpr& parts, struct Aggregate* aggregate);
  bool Window(const AggregateExpr& parts, struct Aggregate* aggregate);
  bool Capacity(const AggregateExpr& parts, struct Aggregate* aggregate);
  bool Subjects(const AggregateShape& shape, const AggregateExpr& parts,
                struct Aggregate* aggregate);
  bool Keys(const AggregateShape& shape, const AggregateExpr& parts, struct Aggregate* aggregate);

  // A constant as what is wanted: a text as an address, a network or a telephone number, a number
  // as money; kNoNode and reported if it is none. `id` itself where there is nothing to convert.
  NodeId Convert(const Expr& expr, NodeId id, facts::Type type);
  NodeId Money(const Expr& expr, NodeId id);
  NodeId Number(const Expr& expr, std::string_view text);
  // A number may stand where a text is wanted.
  static bool IsA(facts::Type type, facts::Type wanted) {
    return type == wanted || (type == facts::Type::kNumber && wanted == facts::Type::kString);
  }
  // Makes both sides one type: text constants to addresses, ints to floats. False after an error.
  bool Unify(const Expr& expr, NodeId* a, NodeId* b);
  NodeId Fail(std::string_view code, const Expr& expr, std::string message, std::string hint = "");
  NodeId WrongType(const Expr& expr, std::string_view what, std::string_view wanted, NodeId id);
  std::string Describe(const Expr& expr) const;

  Scope* scope_;
  Expressions* x_;
  NodeBuilder& nodes_;
  Diagnostics* diagnostics_;

  facts::EventSet rule_events_ = 0;
  facts::EventSet events_ = 0;  // of what is checked now: an aggregate may look at others
  std::string_view rule_;
  bool late_ = false;
  NodeId where_ = kNoNode;
  std::vector<LetScope> lets_;
  size_t visible_lets_ = 0;  // the first so many: a let knows those before it, a define none
  bool aggregates_allowed_ = false;
  bool lenient_ = false;  // CheckUnused: presence is not asked for
  std::vector<NodeId> present_;
  size_t where_present_ = 0;  // how many of present_ `where` proves
  std::vector<uint32_t> aggregates_;
  // Bounds of what names expand to; what exceeds them is reported once, at the expression that
  // began it.
  uint32_t depth_ = 0;
  uint32_t visits_ = 0;
  bool exhausted_ = false;
  Span root_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_CHECK_H_
