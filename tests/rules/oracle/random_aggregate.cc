#include <algorithm>

#include "tests/rules/oracle/random_tree.h"

namespace sipward::rules::oracle {
namespace {

constexpr EventSet kStart = facts::SetOf(EventKind::kCallStart);
constexpr EventSet kRecords = facts::SetOf(EventKind::kCdr);

// Which aggregates give a value of the type.
std::vector<std::string> Giving(Type type) {
  switch (type) {
    case Type::kBool:
      return {"first_seen", "bucket", "min", "last"};
    case Type::kInt:
      return {"count", "count", "rate", "distinct", "sum",
              "min",   "max",   "run",  "last",     "concurrent"};
    case Type::kFloat:
      return {"ratio", "avg", "sum", "zscore", "burst", "min", "last"};
    case Type::kDuration:
      return {"since", "since", "sum", "avg", "max"};
    case Type::kMoney:
      return {"sum", "avg", "min", "max", "last"};
    case Type::kTime:
      return {"min", "max"};
    default:
      return {"last"};
  }
}

bool Amount(Type type) {
  return type == Type::kInt || type == Type::kFloat || type == Type::kMoney ||
         type == Type::kDuration;
}

}  // namespace

std::vector<TreePtr> RandomTree::Keys(const Place& place) {
  std::vector<TreePtr> keys;
  const int64_t count = chance_.Of(60) ? 1 : 2 + chance_.Below(3);
  while (keys.size() < static_cast<size_t>(count)) {
    TreePtr key = Any(place);
    if (chance_.Of(15) && (place.events & facts::SetOf(EventKind::kTick)) == 0) {
      // Where the account is not known, the address stands for it.
      TreePtr account = Field(Type::kString, true, place), ip = Field(Type::kIp, false, place);
      key = Make(Tree::Kind::kDefault, Type::kString, {account, ip});
    }
    keys.push_back(key);
  }
  return keys;
}

std::shared_ptr<Agg> RandomTree::Counted(const std::string& name, const Place& place) {
  auto agg = std::make_shared<Agg>();
  agg->name = name;
  if (name == "bucket") {
    agg->tokens = 1 + chance_.Below(4);
    agg->most = 1 + chance_.Below(3);
    agg->unit = chance_.Pick({kSecond, kMinute});
  } else if (name == "zscore") {
    agg->window = kDay;
  } else if (!((name == "last" || name == "since" || name == "concurrent") && chance_.Of(50))) {
    agg->window = chance_.Pick({kMinute, 100 * kMinute});
  }
  if (chance_.Of(35)) agg->condition = Bool(place, 1);
  if (chance_.Of(15) && name != "rate" && name != "burst" && name != "concurrent") {
    agg->reset = Bool(place, 1);
  }
  return agg;
}

TreePtr RandomTree::Aggregate(Type type, const Place& place) {
  const std::string name = chance_.Pick(Giving(type));
  Place inner = place;
  inner.aggregates = false;
  inner.present.resize(place.proven);
  inner.names.erase(std::remove_if(inner.names.begin(), inner.names.end(),
                                   [](const auto& named) { return named.second->counts; }),
                    inner.names.end());
  Place keys = inner;
  if (name == "since") {
    inner.present.clear();
    inner.names.clear();
    keys = inner;
    const auto event = static_cast<EventKind>(chance_.Below(facts::kEventKinds));
    inner.events = facts::SetOf(event);
    keys.events = static_cast<EventSet>(place.events | inner.events);
  }
  if (name == "concurrent") {
    if ((place.events & (kStart | kRecords)) == 0) return nullptr;
    keys.present.clear();
    keys.names.clear();
    if ((place.events & kStart) != 0) {
      keys.events = static_cast<EventSet>(place.events | kStart | facts::kOnEnds);
    }
  }
  auto agg = Counted(name, inner);
  if (name == "since") {
    for (int i = 0; i < static_cast<int>(facts::kEventKinds); ++i) {
      if (inner.events == facts::SetOf(static_cast<EventKind>(i))) {
        agg->event = static_cast<EventKind>(i);
      }
    }
  }
  Type item = type;
  if (name == "ratio") {
    agg->item = Bool(inner, 1);
    agg->of = Bool(inner, 1);
  } else if (name == "distinct" || name == "burst") {
    agg->item = Any(inner);
    if (name == "burst") agg->of = Any(inner);
  } else if (name == "run" || name == "zscore" || name == "avg" || name == "sum" || name == "min" ||
             name == "max" || name == "last") {
    if (name == "run") item = chance_.Pick({Type::kInt, Type::kString, Type::kNumber});
    if (name == "zscore") item = chance_.Pick({Type::kInt, Type::kFloat});
    if (name == "avg" && type == Type::kFloat) item = chance_.Pick({Type::kInt, Type::kFloat});
    if (name == "min" && type == Type::kBool) return nullptr;
    agg->item = chance_.Of(30) ? Optional(item, inner, 1) : nullptr;
    if (agg->item == nullptr) agg->item = Of(item, inner, 1);
    if (agg->item == nullptr) return nullptr;
    // Sums of what is huge stop at the ends of 64 bits, in an order that nobody promises.
    if (Amount(item) && item != Type::kFloat && name != "last") {
      if (agg->item->optional || item != Type::kInt) {
        if (agg->item->kind != Tree::Kind::kField) agg->item = Field(item, false, inner);
      } else {
        auto hundred = std::make_shared<Tree>();
        hundred->type = Type::kInt;
        hundred->literal = Whole(100);
        hundred->name = "100";
        agg->item = Make(Tree::Kind::kBinary, item, {agg->item, hundred}, "%");
      }
      if (agg->item == nullptr) return nullptr;
    }
    if (item == Type::kFloat && name != "last" && name != "min") {
      agg->item = Field(item, false, inner);
      if (agg->item == nullptr) return nullptr;
    }
  }
  if (name == "first_seen") {
    agg->keys = {Any(keys)};
  } else if (name != "burst") {
    agg->keys = Keys(keys);
  }
  auto tree = std::make_shared<Tree>();
  tree->kind = Tree::Kind::kAggregate;
  tree->type = type;
  tree->counts = true;
  tree->optional = name == "min" || name == "max" || name == "last" || name == "since";
  tree->aggregate = agg;
  return tree;
}

}  // namespace sipward::rules::oracle
