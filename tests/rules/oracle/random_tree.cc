#include "tests/rules/oracle/random_tree.h"

#include <algorithm>

namespace sipward::rules::oracle {
namespace {

using Kind = Tree::Kind;

// Types whose literals are written as another's.
bool Rooted(Type type) {
  return type == Type::kIp || type == Type::kCidr || type == Type::kMoney ||
         type == Type::kNumber || type == Type::kTime;
}

bool Ordered(Type type) {
  return type == Type::kInt || type == Type::kFloat || type == Type::kDuration ||
         type == Type::kTime || type == Type::kMoney;
}

// Whether some of the value could stand in the rule itself.
bool IsWritten(const Tree& tree) {
  if (tree.kind == Kind::kLiteral) return true;
  if (tree.kind == Kind::kChoice || tree.kind == Kind::kDefault || tree.kind == Kind::kNamed ||
      tree.kind == Kind::kCall) {
    return std::any_of(tree.parts.begin(), tree.parts.end(),
                       [](const TreePtr& part) { return IsWritten(*part); });
  }
  return false;
}

TreePtr Variant(const Tree& tree, Type type, bool optional) {
  auto copy = std::make_shared<Tree>(tree);
  copy->type = type;
  copy->optional = optional;
  return copy;
}

}  // namespace

TreePtr Make(Kind kind, Type type, std::vector<TreePtr> parts, std::string name) {
  auto tree = std::make_shared<Tree>();
  tree->kind = kind;
  tree->type = type;
  tree->name = std::move(name);
  tree->parts = std::move(parts);
  for (const TreePtr& part : tree->parts) tree->counts |= part->counts;
  return tree;
}

void RandomTree::Presences(const TreePtr& condition, std::vector<TreePtr>* present) {
  if (condition == nullptr) return;
  if (condition->kind == Kind::kHas) present->push_back(condition->parts[0]);
  if (condition->kind != Kind::kAnd) return;
  for (const TreePtr& part : condition->parts) Presences(part, present);
}

TreePtr RandomTree::Field(Type type, bool optional, const Place& place) {
  std::vector<FieldId> fit;
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const auto id = static_cast<FieldId>(i);
    const facts::FieldInfo& info = facts::Describe(id);
    if (info.type != type || info.optional != optional) continue;
    if ((place.events & ~unsigned{info.events}) != 0) continue;
    if (id == FieldId::kEmergency && !place.emergency) continue;
    if (facts::IsOfIdentity(id) && !place.identity) continue;
    fit.push_back(id);
  }
  if (fit.empty()) return nullptr;
  auto tree = std::make_shared<Tree>();
  tree->kind = Kind::kField;
  tree->type = type;
  tree->optional = optional;
  // A few of them more often, so that rules meet.
  const size_t some = chance_.Of(60) ? std::min<size_t>(3, fit.size()) : fit.size();
  tree->field = fit[static_cast<size_t>(chance_.Below(static_cast<int64_t>(some)))];
  return tree;
}

TreePtr RandomTree::Leaf(Type type, const Place& place) {
  std::vector<TreePtr> fit;
  for (const TreePtr& one : place.present) {
    if (one->type == type && (place.aggregates || !one->counts)) fit.push_back(one);
  }
  if (!fit.empty() && chance_.Of(50)) return chance_.Pick(fit);
  fit.clear();
  for (const auto& [name, value] : place.names) {
    if (value->type != type || value->optional || (value->counts && !place.aggregates)) continue;
    auto named = std::make_shared<Tree>(*Make(Kind::kNamed, type, {value}, name));
    fit.push_back(named);
  }
  if (!fit.empty() && chance_.Of(40)) return chance_.Pick(fit);
  if (chance_.Of(75) || Rooted(type)) {
    if (TreePtr field = Field(type, false, place)) return field;
  }
  return Rooted(type) ? nullptr : Literal(type, &chance_);
}

// Of a rooted type where there is no field of it: null.
TreePtr RandomTree::Of(Type type, const Place& place, int depth) {
  if (type == Type::kBool) return Bool(place, depth);
  if (depth <= 0) {
    TreePtr leaf = Leaf(type, place);
    if (leaf != nullptr) return leaf;
    TreePtr optional = Optional(type, place, depth);
    return optional == nullptr ? nullptr
                               : Make(Kind::kDefault, type, {optional, Literal(type, &chance_)});
  }
  switch (chance_.Below(9)) {
    case 0:
    case 1:
      if (TreePtr optional = Optional(type, place, depth - 1)) {
        TreePtr other = Beside(type, place, depth - 1);
        return Make(Kind::kDefault, type, {optional, other});
      }
      break;
    case 2:
      if (TreePtr yes = Of(type, place, depth - 1)) {
        TreePtr no = Beside(type, place, depth - 1);
        if (chance_.Of(50)) std::swap(yes, no);
        return Make(Kind::kChoice, type, {Bool(place, depth - 1), yes, no});
      }
      break;
    case 3:
    case 4:
      if (place.aggregates) {
        if (TreePtr aggregate = Aggregate(type, place)) {
          return aggregate->optional
                     ? Make(Kind::kDefault, type, {aggregate, Beside(type, place, 0)})
                     : aggregate;
        }
      }
      break;
    case 5:
    case 6:
    case 7:
      if (type == Type::kNumberType || (type == Type::kString && chance_.Of(15))) {
        return Member(type, place, depth);
      }
      if (type == Type::kNumber && chance_.Of(30)) {
        TreePtr text = Subject(place, depth - 1);
        if (!IsWritten(*text)) return Make(Kind::kCall, type, {text}, "number");
      }
      if (type == Type::kString) return OfText(place, depth);
      if (Ordered(type)) {
        if (TreePtr calculated = Calculated(type, place, depth)) return calculated;
      }
      break;
    default:
      break;
  }
  return Of(type, place, 0);
}

// Where a value of the type stands on the other side: a literal will do.
TreePtr RandomTree::Beside(Type type, const Place& place, int depth) {
  if (type == Type::kFloat && chance_.Of(20)) return Of(Type::kInt, place, 0);
  TreePtr tree = chance_.Of(40) && type != Type::kTime ? nullptr : Of(type, place, depth);
  return tree != nullptr || type == Type::kTime ? tree : Literal(type, &chance_);
}

TreePtr RandomTree::Optional(Type type, const Place& place, int depth) {
  if (type == Type::kTime) return nullptr;  // no literal could stand in
  TreePtr one = chance_.Of(50) ? Field(type, true, place) : nullptr;
  if (one == nullptr && depth > -2) one = Computed(type, place, depth);
  if (one == nullptr) one = Field(type, true, place);
  if (one == nullptr || !chance_.Of(15)) return one;
  TreePtr other = Optional(type, place, depth - 1);
  if (other == nullptr) return one;
  return Variant(*Make(Kind::kDefault, type, {one, other}), type, true);
}

// A header, a number out of a text, a value of a list.
TreePtr RandomTree::Computed(Type type, const Place& place, int depth) {
  if (type == Type::kString && chance_.Of(40)) {
    auto name = std::make_shared<Tree>();
    name->type = Type::kString;
    name->literal = Text("x-a");
    name->name = chance_.Pick({"\"X-A\"", "\"x-a\""});
    return Variant(*Make(Kind::kCall, type, {name}, "header"), type, true);
  }
  if (type == Type::kInt && chance_.Of(40)) {
    TreePtr text = Of(Type::kString, place, depth - 1);
    return Variant(*Make(Kind::kCall, type, {text}, "int"), type, true);
  }
  std::vector<std::pair<const ListOf*, std::string>> fit;
  for (const ListOf& list : file_->lists) {
    for (const auto& [column, column_type] : list.columns) {
      if (column_type == type) fit.emplace_back(&list, column);
    }
  }
  if (fit.empty()) return nullptr;
  const auto& [list, column] = chance_.Pick(fit);
  const Type sought = list->kind == lists::Kind::kCidr ? Type::kIp : Type::kString;
  TreePtr value = Of(sought, place, depth - 1);
  if (value == nullptr) return nullptr;
  auto lookup = std::make_shared<Tree>(*Make(Kind::kLookup, type, {value}, list->name));
  lookup->column = column;
  return Variant(*lookup, type, true);
}

TreePtr RandomTree::Any(const Place& place) {
  for (;;) {
    const Type type =
        chance_.Pick({Type::kString, Type::kString, Type::kIp, Type::kCidr, Type::kInt,
                      Type::kMethod, Type::kNumber, Type::kBool, Type::kTransport});
    TreePtr tree = chance_.Of(40)   ? Optional(type, place, 1)
                   : chance_.Of(60) ? Field(type, false, place)
                                    : Of(type, place, 1);
    if (tree != nullptr && tree->kind != Kind::kLiteral) return tree;
    if ((place.events & facts::SetOf(EventKind::kTick)) != 0)
      return Field(Type::kFloat, false, place);
  }
}

TreePtr RandomTree::Bool(const Place& place, int depth) {
  if (depth <= 0) {
    if (chance_.Of(30)) {
      const Type type = chance_.Pick({Type::kString, Type::kInt});
      if (TreePtr optional = Optional(type, place, 0))
        return Make(Kind::kHas, Type::kBool, {optional});
    }
    if (chance_.Of(10) && (place.events & ~unsigned{facts::kOnMessages}) == 0) {
      auto name = std::make_shared<Tree>();
      name->name = "\"line.bare_lf\"";
      return Make(Kind::kCall, Type::kBool, {name}, "anomaly");
    }
    return Leaf(Type::kBool, place);
  }
  switch (chance_.Below(14)) {
    case 13:
      return Member(Type::kBool, place, depth);
    case 0:
    case 1: {
      std::vector<TreePtr> parts;
      const bool both = chance_.Of(50);
      for (int64_t more = 2 + chance_.Below(2); more > 0; --more) {
        parts.push_back(Bool(place, depth - 1));
      }
      return Make(both ? Kind::kAnd : Kind::kOr, Type::kBool, std::move(parts));
    }
    case 2:
      return Make(Kind::kNot, Type::kBool, {Bool(place, depth - 1)});
    case 3:
      return Make(Kind::kChoice, Type::kBool,
                  {Bool(place, depth - 1), Bool(place, depth - 1), Bool(place, depth - 1)});
    case 4:
    case 5:
      return Guarded(place, depth);
    case 6:
    case 7:
      return Membership(place, depth);
    case 8:
      return TextTest(place, depth);
    case 9:
      if (place.aggregates) {
        if (TreePtr aggregate = Aggregate(Type::kBool, place)) {
          return aggregate->optional
                     ? Make(Kind::kDefault, Type::kBool, {aggregate, Bool(place, 0)})
                     : aggregate;
        }
      }
      return Compared(place, depth);
    default:
      return Compared(place, depth);
  }
}

// has(x) and ...x..., not has(x) or ...x..., has(x) ? ...x... : ...
TreePtr RandomTree::Guarded(const Place& place, int depth) {
  const Type type = chance_.Pick(
      {Type::kString, Type::kString, Type::kInt, Type::kMoney, Type::kIp, Type::kBool});
  TreePtr optional = Optional(type, place, depth - 1);
  if (optional == nullptr && place.aggregates) {
    optional = Aggregate(type, place);
    if (optional != nullptr && !optional->optional) optional = nullptr;
  }
  if (optional == nullptr) return Bool(place, depth - 1);
  Place inner = place;
  inner.present.push_back(optional);
  TreePtr has = Make(Kind::kHas, Type::kBool, {optional});
  TreePtr then = Bool(inner, depth - 1);
  switch (chance_.Below(3)) {
    case 0:
      return Make(Kind::kAnd, Type::kBool, {has, then});
    case 1:
      return Make(Kind::kOr, Type::kBool, {Make(Kind::kNot, Type::kBool, {has}), then});
    default:
      return Make(Kind::kChoice, Type::kBool, {has, then, Bool(place, depth - 1)});
  }
}

TreePtr RandomTree::Compared(const Place& place, int depth) {
  const Type type =
      chance_.Pick({Type::kInt, Type::kInt, Type::kInt, Type::kFloat, Type::kFloat, Type::kDuration,
                    Type::kMoney, Type::kMoney, Type::kTime, Type::kString, Type::kNumber,
                    Type::kIp, Type::kCidr, Type::kMethod, Type::kTransport, Type::kDirection,
                    Type::kBool, Type::kNumberType, Type::kNumberType});
  TreePtr left = Of(type, place, depth - 1);
  if (left == nullptr) return Bool(place, depth - 1);
  const bool texts = type == Type::kString && chance_.Of(15);
  TreePtr number = texts ? Field(Type::kNumber, false, place) : nullptr;
  TreePtr right = number != nullptr ? number : Beside(type, place, depth - 1);
  if (right == nullptr) return Bool(place, depth - 1);
  // A text that is known from the rule is read as a number, beside one: not every one is.
  if (number != nullptr && IsWritten(*left)) return Bool(place, depth - 1);
  if (chance_.Of(30)) std::swap(left, right);
  const char* op = Ordered(type) && chance_.Of(75) ? chance_.Pick({"<", "<=", ">", ">="})
                                                   : chance_.Pick({"==", "!="});
  return Make(Kind::kBinary, Type::kBool, {left, right}, op);
}

TreePtr RandomTree::Membership(const Place& place, int depth) {
  if (chance_.Of(50) && !file_->lists.empty()) {
    const ListOf& list = chance_.Pick(file_->lists);
    TreePtr value = list.kind == lists::Kind::kCidr ? Of(Type::kIp, place, depth - 1)
                                                    : Subject(place, depth - 1);
    if (value != nullptr) return Make(Kind::kInList, Type::kBool, {value}, list.name);
  }
  const Type type = chance_.Pick({Type::kInt, Type::kString, Type::kString, Type::kNumber,
                                  Type::kIp, Type::kIp, Type::kMethod, Type::kDuration,
                                  Type::kMoney, Type::kTransport, Type::kFloat, Type::kNumberType});
  TreePtr value = Of(type, place, depth - 1);
  if (value == nullptr) return Bool(place, depth - 1);
  if (type == Type::kIp && chance_.Of(50)) {
    return Make(Kind::kInNet, Type::kBool, {value, Literal(Type::kCidr, &chance_)});
  }
  std::vector<TreePtr> parts = {value};
  for (int64_t more = 1 + chance_.Below(4); more > 0; --more) {
    const bool net = type == Type::kIp && chance_.Of(50);
    parts.push_back(Literal(net ? Type::kCidr : type, &chance_));
  }
  return Make(Kind::kInSet, Type::kBool, std::move(parts));
}

// A text or, where one stands, a number.
TreePtr RandomTree::Subject(const Place& place, int depth) {
  if (chance_.Of(20)) {
    if (TreePtr number = Of(Type::kNumber, place, depth)) return number;
  }
  return Of(Type::kString, place, depth);
}

// What is known of a number.
TreePtr RandomTree::Member(Type type, const Place& place, int depth) {
  TreePtr number = chance_.Of(75) ? Of(Type::kNumber, place, depth - 1) : nullptr;
  if (number == nullptr) {
    TreePtr text = Subject(place, depth - 1);
    if (IsWritten(*text)) return Of(type, place, 0);
    number = Make(Kind::kCall, Type::kNumber, {text}, "number");
  }
  const char* name = type == Type::kBool ? "valid"
                     : type == Type::kNumberType
                         ? "type"
                         : chance_.Pick({"country", "region", "calling_code"});
  return Make(Kind::kMember, type, {number}, name);
}

TreePtr RandomTree::TextTest(const Place& place, int depth) {
  if (chance_.Of(35)) {
    auto pattern = std::make_shared<Tree>();
    pattern->type = Type::kString;
    pattern->literal = Text(chance_.Pick({"a+b", "^b", "B.$", "[ab]{2}", "1", "^a|b$", "(a|b)+1"}));
    pattern->name = "\"" + pattern->literal.s + "\"";
    return Make(Kind::kCall, Type::kBool, {Subject(place, depth - 1), pattern},
                chance_.Pick({"matches", "matches_nocase"}));
  }
  // Beside a literal, rules are found by an index.
  TreePtr sought = chance_.Of(60) ? Literal(Type::kString, &chance_) : Subject(place, depth - 1);
  return Make(
      Kind::kCall, Type::kBool, {Subject(place, depth - 1), sought},
      chance_.Pick({"contains", "starts_with", "ends_with", "equals_nocase", "version_less"}));
}

TreePtr RandomTree::OfText(const Place& place, int depth) {
  TreePtr text = Subject(place, depth - 1);
  switch (chance_.Below(5)) {
    case 0:
      return Make(Kind::kCall, Type::kString, {text}, "lower");
    case 2:
      return Make(Kind::kCall, Type::kString, {text}, "product");
    case 1:
      return Make(Kind::kCall, Type::kString, {text}, "digits");
    default:
      return Make(Kind::kCall, Type::kString, {text, Of(Type::kInt, place, depth - 1)},
                  chance_.Pick({"prefix", "suffix"}));
  }
}

TreePtr RandomTree::Calculated(Type type, const Place& place, int depth) {
  TreePtr left = Of(type, place, depth - 1);
  if (left == nullptr) return nullptr;
  const auto binary = [&](TreePtr right, const char* op) {
    return Make(Kind::kBinary, type, {left, std::move(right)}, op);
  };
  if (type == Type::kTime) return binary(Of(Type::kDuration, place, 0), chance_.Pick({"+", "-"}));
  if (chance_.Of(10)) return Make(Kind::kNegate, type, {left});
  if (type == Type::kInt && chance_.Of(15)) {
    return Make(Kind::kCall, type, {Subject(place, depth - 1)}, "len");
  }
  if (type == Type::kInt && chance_.Of(10)) {
    if (TreePtr time = Of(Type::kTime, place, depth - 1)) {
      return Make(Kind::kCall, type, {time}, chance_.Pick({"hour", "weekday"}));
    }
  }
  if (chance_.Of(50)) {
    if (TreePtr right = Beside(type, place, depth - 1)) {
      if (chance_.Of(30)) std::swap(left, right);
      return binary(right, chance_.Pick({"+", "-"}));
    }
  }
  if (type == Type::kInt) return binary(Of(type, place, depth - 1), chance_.Pick({"*", "/", "%"}));
  if (type == Type::kFloat) {
    return binary(Beside(type, place, depth - 1), chance_.Pick({"*", "/"}));
  }
  if (type == Type::kDuration) {
    TreePtr times = Field(Type::kTime, false, place);
    if (chance_.Of(20) && times != nullptr) {
      return Make(Kind::kBinary, type, {times, times}, "-");
    }
  }
  TreePtr by = Of(Type::kInt, place, 0);
  if (type == Type::kMoney && chance_.Of(50)) return binary(by, "/");
  return chance_.Of(50) ? binary(by, "*") : Make(Kind::kBinary, type, {by, left}, "*");
}

}  // namespace sipward::rules::oracle
