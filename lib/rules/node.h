// Typed expressions: nodes in one flat array that refer to one another by index. Equal expressions
// are the same node, whichever rules they stand in; sharing of conditions and of aggregates follows
// from that.
#ifndef SIPWARD_RULES_NODE_H_
#define SIPWARD_RULES_NODE_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "lists/lists.h"
#include "numbering/numbering.h"
#include "rules/aggregate.h"
#include "rules/list_values.h"
#include "rules/token.h"
#include "state/state.h"

namespace sipward::rules {

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = 0;  // also the node of what was wrong

enum class Op : uint8_t {
  kNone,
  kConst,      // a: constant
  kField,      // a: facts::FieldId
  kHeader,     // a: constant, the name
  kAnomaly,    // a: sip::AnomalyId
  kAggregate,  // a: aggregate
  kHas,
  kNot,
  kAnd,
  kOr,
  kConditional,   // a ? b : c
  kCoalesce,      // a ?? b
  kCompareInt,    // relation; bools, durations, times and enums too
  kCompareFloat,  // relation
  kEqualText,
  kEqualAddress,
  kEqualNet,
  kInSet,   // a: value, b: set
  kInMask,  // a: enum, b: constant, a bit of each value
  kInList,  // a: value, b: list
  kAddInt,
  kSubtractInt,
  kMultiplyInt,
  kDivideInt,
  kModuloInt,
  kAddFloat,
  kSubtractFloat,
  kMultiplyFloat,
  kDivideFloat,
  kNegateInt,
  kNegateFloat,
  kToFloat,
  kLen,
  kLower,
  kDigits,
  kToNumber,  // a: a text; the number that it is, in one form
  kToInt,
  kHour,
  kWeekday,
  kPrefix,
  kSuffix,
  kContains,
  kStartsWith,
  kEndsWith,
  kEqualsNocase,
  kListValue,  // a: value, b: list, c: column
  kInDynamic,  // a: value, b: dynamic list
  kNumber,     // a: digits; an int, numbering::Number packed: looked up once for all members
  kCountry,    // a: kNumber, as of the others
  kCallingCode,
  kRegion,
  kNumberType,
  kNumberValid,
  kProduct,  // a: what a program calls itself, as of the two below
  kBranch,
  kVersion,
  kVersionLess,
};

// Whether it makes a text of its own.
constexpr bool MakesText(Op op) {
  return op == Op::kLower || op == Op::kDigits || op == Op::kToNumber || op == Op::kProduct ||
         op == Op::kBranch;
}

enum class Relation : uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct Node {
  Op op = Op::kNone;
  facts::Type type = facts::Type::kBool;
  bool optional = false;  // may be absent
  Relation relation = Relation::kEqual;
  uint32_t slot = 0;  // where its value is kept during an event; 0: nowhere
  // c of kContains and kInList: the number from 1 of its pattern test, if it is one (selection.h).
  uint32_t a = 0, b = 0, c = 0;
};
static_assert(sizeof(Node) == 20, "a rule walks dozens of them: three to a cache line");

// How many of a, b, c are nodes, from the front: 0 to 3.
int ChildCount(Op op);

// Those of a, b, c that are nodes.
class Children {
 public:
  explicit Children(const Node& node)
      : ids_{node.a, node.b, node.c}, count_(static_cast<size_t>(ChildCount(node.op))) {}
  const NodeId* begin() const { return ids_.data(); }
  const NodeId* end() const { return ids_.data() + std::min(count_, ids_.size()); }

 private:
  std::array<NodeId, 3> ids_;
  size_t count_;
};

using ValueSet = std::vector<facts::Value>;

struct Aggregate {
  AggregateKind kind = AggregateKind::kRate;
  facts::Type item_type = facts::Type::kInt;
  facts::EventSet events = 0;
  uint64_t methods = ~uint64_t{0};  // bit of each sip::Method for which it can change
  NodeId where = kNoNode, condition = kNoNode, reset = kNoNode;
  NodeId item = kNoNode, of = kNoNode;
  uint32_t keys = 0;      // index in Expressions::keys
  uint32_t capacity = 0;  // 0: the default
  Nanos window = 0;
  Nanos period = 0;    // bucket: for one token
  uint32_t burst = 0;  // bucket
  // concurrent: on which events calls begin, and, if both do, the tables of leases and of records,
  // indices in Program::tables.
  facts::EventSet starts = 0;
  uint32_t leases = 0, records = 0;
  // It tells of what came before the event, for rules of the second stage: so it takes the event in
  // there, and not when the first has let it wait.
  bool late = false;

  auto Identity() const {
    return std::tie(kind, events, where, condition, reset, item, of, keys, capacity, window, period,
                    burst, starts, late);
  }
};

struct AggregateLess {
  bool operator()(const Aggregate& a, const Aggregate& b) const {
    return a.Identity() < b.Identity();
  }
};

// A list that is filled while the engine runs.
struct DynamicList {
  std::string name;
  lists::Kind kind = lists::Kind::kExact;
  uint32_t capacity = 0;
  Span span;  // of its name
};

// All expressions of a rule set.
struct Expressions {
  std::vector<Node> nodes{Node{}};
  std::vector<uint32_t> cost{0};  // rough nanoseconds of a node with all below it
  // Known in the second stage alone: a node names identity or a late aggregate, or one below it
  // does.
  std::vector<bool> late{false};
  std::vector<facts::Value> constants;
  std::vector<ValueSet> sets;
  std::vector<std::shared_ptr<const lists::List>> lists;
  std::vector<ListColumn> columns;  // of all lists
  std::vector<DynamicList> dynamic_lists;
  std::vector<std::string> list_texts;  // canonical: the name of a list, the text of a pattern
  std::vector<std::vector<NodeId>> keys;
  std::vector<Aggregate> aggregates;
  std::vector<std::string> aggregate_texts;  // as the first rule that has it writes it, on one line
  std::deque<std::string> texts;             // what constants point into
  numbering::Home home;                      // that the rules say by `const home`

  bool OfIdentity(const Aggregate& aggregate) const;
};

// Adds nodes to Expressions, each once; folds what is constant.
class NodeBuilder {
 public:
  explicit NodeBuilder(Expressions* expressions) : x_(expressions) {}

  NodeId Bool(bool value) { return Constant(facts::Type::kBool, facts::Value::Bool(value)); }
  NodeId Int(int64_t value, facts::Type type = facts::Type::kInt) {
    return Constant(type, facts::Value::Int(value));
  }
  NodeId Constant(facts::Type type, const facts::Value& value);
  NodeId Text(std::string_view text);
  NodeId Field(facts::FieldId id);
  NodeId Make(Op op, facts::Type type, NodeId a, NodeId b = 0, NodeId c = 0);
  NodeId Optional(Op op, facts::Type type, NodeId a, NodeId b = 0);
  NodeId Compare(Relation relation, bool real, NodeId a, NodeId b);
  // A balanced tree of `and` or `or`, the cheap operands first: operands have no effects, so their
  // order is free.
  NodeId Chain(Op op, std::vector<NodeId> operands);
  NodeId InSet(NodeId value, const std::vector<NodeId>& elements);
  NodeId InList(NodeId value, uint32_t list);
  NodeId ListValue(facts::Type type, NodeId value, uint32_t list, uint32_t column);
  uint32_t KeySlot(const std::vector<NodeId>& keys);
  NodeId AggregateNode(const Aggregate& aggregate);

  const Node& operator[](NodeId id) const { return x_->nodes[id]; }
  bool IsConst(NodeId id) const { return x_->nodes[id].op == Op::kConst; }
  const facts::Value& ConstantOf(NodeId id) const { return x_->constants[x_->nodes[id].a]; }

 private:
  uint32_t InternConstant(const facts::Value& value);
  NodeId Intern(const Node& node);
  NodeId Fold(NodeId id);
  NodeId Simplify(const Node& node) const;
  NodeId Balance(Op op, const std::vector<NodeId>& operands, size_t begin, size_t end);

  using NodeKey = std::tuple<Op, facts::Type, bool, Relation, uint32_t, uint32_t, uint32_t>;
  Expressions* x_;
  std::map<NodeKey, NodeId> nodes_;
  std::map<std::string, uint32_t> constants_;
  std::map<std::vector<NodeId>, uint32_t> keys_;
  std::map<std::vector<NodeId>, uint32_t> sets_;
  std::map<Aggregate, uint32_t, AggregateLess> aggregates_;
};

// The rough cost of one node alone, in nanoseconds.
uint32_t OwnCost(const Expressions& expressions, const Node& node);
uint32_t AggregateCost(const Expressions& expressions, const Aggregate& aggregate);

// A text with its length before it, so that no text can imitate another expression.
std::string Quote(std::string_view text);

// Canonical texts of expressions: part of the signature of tables, so that they must not change
// between versions lightly. Each node is printed once and a long text is replaced by its hash, so
// that the work follows the number of nodes and not the size of what they expand to.
class Printer {
 public:
  explicit Printer(const Expressions& expressions) : x_(expressions) {}
  std::string Aggregate(const rules::Aggregate& aggregate);

 private:
  const std::string& Node(NodeId id);
  // From the texts of the nodes below it.
  std::string Compose(NodeId id) const;

  const Expressions& x_;
  std::unordered_map<NodeId, std::string> printed_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_NODE_H_
