// rate, count and distinct. They are hoisted: they count whenever `on`, `where` and their own `if`
// hold, whatever stands around them, so that nothing around them counts as known inside them but
// what `where` proves.
#include <algorithm>
#include <utility>

#include "rules/check.h"
#include "rules/program.h"

namespace sipward::rules {
namespace {

using facts::Type;

constexpr Nanos kShortestWindow = kMillisecond;
constexpr Nanos kLongestWindow = 31 * kDay;
constexpr int64_t kLeastCapacity = 16;
constexpr int64_t kGreatestCapacity = 1 << 24;
constexpr size_t kMaxKeyParts = 4;

}  // namespace

NodeId Checker::Aggregate(const Expr& expr) {
  if (!aggregates_allowed_) {
    return Fail("R210", expr, expr.text + "() cannot stand here",
                "aggregates stand in 'let' and 'when', and not inside one another");
  }
  constexpr size_t kCopiedAtOnce = 64;
  if (!Spend(present_.size() / kCopiedAtOnce)) return kNoNode;
  struct Aggregate aggregate;
  aggregate.kind = expr.aggregate->kind;
  aggregate.events = events_;
  aggregate.where = where_;
  aggregates_allowed_ = false;
  std::vector<NodeId> around(present_.begin() + static_cast<std::ptrdiff_t>(where_present_),
                             present_.end());
  present_.resize(where_present_);
  const bool good = AggregateParts(*expr.aggregate, &aggregate);
  present_.resize(where_present_);
  present_.insert(present_.end(), around.begin(), around.end());
  aggregates_allowed_ = true;
  if (!good) return kNoNode;
  // Without a rule there is nothing to count.
  if (lenient_) return nodes_.Field(facts::FieldId::kSrcPort);
  const NodeId id = nodes_.AggregateNode(aggregate);
  if (x_->aggregates.size() + x_->dynamic_lists.size() > kMaxTables) {
    scope_->halted = true;
    return Fail("R409", expr,
                "rule '" + std::string(rule_) + "' needs one aggregate more than the " +
                    std::to_string(kMaxTables) + " that there can be",
                "equal aggregates are one, in whatever rules they stand");
  }
  const uint32_t index = nodes_[id].a;
  if (std::find(aggregates_.begin(), aggregates_.end(), index) == aggregates_.end()) {
    aggregates_.push_back(index);
  }
  return id;
}

bool Checker::AggregateParts(const AggregateExpr& parts, struct Aggregate* aggregate) {
  bool good = true;
  const auto require = [&](NodeId id) {
    good &= id != kNoNode;
    return id;
  };
  const NodeId window = require(ConstantOf(*parts.window, Type::kDuration, "the window"));
  if (window != kNoNode) {
    aggregate->window = nodes_.ConstantOf(window).i;
    if (aggregate->window < kShortestWindow || aggregate->window > kLongestWindow) {
      require(Fail("R411", *parts.window, "a window is from 1ms to 31d"));
    }
  }
  if (parts.capacity) {
    const NodeId capacity = require(ConstantOf(*parts.capacity, Type::kInt, "'max'"));
    const int64_t entries = capacity == kNoNode ? kLeastCapacity : nodes_.ConstantOf(capacity).i;
    if (entries < kLeastCapacity || entries > kGreatestCapacity) {
      require(Fail("R411", *parts.capacity, "'max' is from 16 to 16777216"));
    } else {
      aggregate->capacity = static_cast<uint32_t>(entries);
    }
  }
  if (parts.reset) aggregate->reset = require(Typed(*parts.reset, Type::kBool, "'reset on'"));
  if (parts.condition) {
    aggregate->condition = require(Typed(*parts.condition, Type::kBool, "'if'"));
    if (aggregate->condition != kNoNode) Assume(aggregate->condition);
  }
  if (parts.item) aggregate->item = require(Key(*parts.item));
  std::vector<const Expr*> keys;
  if (parts.keys->kind == ExprKind::kTuple) {
    for (const ExprPtr& key : parts.keys->children) keys.push_back(key.get());
  } else {
    keys.push_back(parts.keys.get());
  }
  if (keys.size() > kMaxKeyParts) {
    require(Fail("R411", *parts.keys, "a key has at most 4 parts"));
    return false;
  }
  std::vector<NodeId> ids;
  for (const Expr* key : keys) ids.push_back(require(Key(*key)));
  if (good) aggregate->keys = nodes_.KeySlot(ids);
  return good;
}

}  // namespace sipward::rules
