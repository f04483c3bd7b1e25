#include "rules/program.h"

#include <algorithm>
#include <map>
#include <set>

#include "rules/walk.h"

namespace sipward::rules {
namespace {

// Below this an expression is computed again faster than it is looked up.
constexpr uint32_t kWorthKeeping = 6;

bool MayKeep(const Expressions& x, NodeId id) {
  switch (x.nodes[id].op) {
    case Op::kNone:
    case Op::kConst:
    case Op::kField:
    case Op::kAggregate:
      return false;
    default:
      return x.cost[id] >= kWorthKeeping;
  }
}

bool IsText(const Node& node) {
  return node.type == facts::Type::kString || node.type == facts::Type::kNumber;
}

// Where texts made of the body become something else. Who knows these can judge without the body.
std::vector<NodeId> AskedOfBody(const Expressions& x) {
  std::vector<NodeId> asked;
  std::vector<bool> made_of_body(x.nodes.size());
  for (NodeId id = 1; id < x.nodes.size(); ++id) {
    const Node& node = x.nodes[id];
    const Children children(node);
    const bool below = std::any_of(children.begin(), children.end(),
                                   [&](NodeId child) { return made_of_body[child]; });
    const bool body =
        node.op == Op::kField && node.a == static_cast<uint32_t>(facts::FieldId::kBody);
    made_of_body[id] = body || (below && IsText(node));
    if (below && !IsText(node)) asked.push_back(id);
  }
  return asked;
}

// Plans that differ in rules alone have the same walk.
void MakeIntakes(WalkBuilder* walks, Selection* selection) {
  std::map<std::vector<uint32_t>, ConditionId> known;
  for (Selection::Plan& plan : selection->plans) {
    const auto [entry, added] = known.try_emplace(plan.changing, kHolds);
    if (added) entry->second = walks->ToAggregates(plan.changing);
    plan.intake = entry->second;
  }
}

// Above this many rules in all plans together, what they have in common is looked for among those
// of one filter alone, so that each stands in one walk.
constexpr size_t kMostInPlans = 16'384;

std::vector<WalkBuilder::Asker> AskersOf(const Program& program,
                                         const std::vector<uint32_t>& rules) {
  std::vector<WalkBuilder::Asker> askers;
  for (const uint32_t rule : rules) {
    askers.push_back({rule, program.rules[rule].where, program.rules[rule].when});
  }
  return askers;
}

void MakeAskingsByFilter(WalkBuilder* walks, Program* program) {
  Selection& s = program->selection;
  std::map<Selection::Filter, std::set<uint32_t>> always;
  for (const Selection::Plan& plan : s.plans) {
    for (const uint32_t rule : plan.always) always[s.filters[rule]].insert(rule);
  }
  std::map<Selection::Filter, ConditionId> walk_of;
  for (const auto& [filter, rules] : always) {
    walk_of[filter] = walks->ToRules(AskersOf(*program, {rules.begin(), rules.end()}));
  }
  for (Selection::Plan& plan : s.plans) {
    std::set<ConditionId> askings;
    for (const uint32_t rule : plan.always) askings.insert(walk_of.at(s.filters[rule]));
    plan.askings.assign(askings.begin(), askings.end());
  }
}

void MakeAskings(WalkBuilder* walks, Program* program) {
  size_t in_plans = 0;
  for (const Selection::Plan& plan : program->selection.plans) in_plans += plan.always.size();
  if (in_plans > kMostInPlans) return MakeAskingsByFilter(walks, program);
  for (Selection::Plan& plan : program->selection.plans) {
    plan.askings = {walks->ToRules(AskersOf(*program, plan.always))};
  }
}

bool IsMethodField(const Node& node) {
  return node.op == Op::kField && node.a == static_cast<uint32_t>(facts::FieldId::kMethod);
}

}  // namespace

ActionRequest::KeyKind KeyKindOf(facts::FieldId field, facts::EventKind event) {
  using facts::FieldId;
  using KeyKind = ActionRequest::KeyKind;
  switch (field) {
    case FieldId::kSrcIp:
    case FieldId::kSrcNet:
    case FieldId::kSrcHost:
      return KeyKind::kSource;
    case FieldId::kDstIp:
    case FieldId::kDstNet:
    case FieldId::kDstHost:
      return KeyKind::kDestination;
    case FieldId::kClientHost:
      return event == facts::EventKind::kRequest ? KeyKind::kSource : KeyKind::kDestination;
    case FieldId::kAccount:
      return KeyKind::kAccount;
    case FieldId::kTrunk:
      return KeyKind::kTrunk;
    default:
      return KeyKind::kOther;
  }
}

void AssignSlots(Program* program) {
  Expressions& x = program->expressions;
  std::vector<uint32_t> uses(x.nodes.size());
  const auto use = [&](NodeId id) { ++uses[id]; };
  for (const Node& node : x.nodes) {
    for (const NodeId child : Children(node)) use(child);
    program->needs_arena |= MakesText(node.op);
  }
  for (const ProgramRule& rule : program->rules) {
    use(rule.where);
    use(rule.when);
  }
  for (const ProgramAction& action : program->actions) use(action.key);
  for (const ProgramProfile& profile : program->profiles) use(profile.condition);
  for (const Aggregate& aggregate : x.aggregates) {
    for (const NodeId id : {aggregate.where, aggregate.condition, aggregate.reset, aggregate.item})
      use(id);
  }
  for (const auto& keys : x.keys) {
    for (const NodeId id : keys) use(id);
  }
  program->of_body = AskedOfBody(x);
  for (const NodeId id : program->of_body) x.nodes[id].slot = ++program->slots;
  for (NodeId id = 1; id < x.nodes.size(); ++id) {
    Node& node = x.nodes[id];
    if (node.slot == 0 && uses[id] > 1 && MayKeep(x, id)) node.slot = ++program->slots;
  }
}

void MakeConditions(Program* program) {
  const Expressions& x = program->expressions;
  ConditionBuilder builder(x, &program->conditions);
  for (ProgramRule& rule : program->rules) rule.condition = builder.AllOf({rule.where, rule.when});
  for (const Aggregate& aggregate : x.aggregates) {
    const bool calls = aggregate.kind == AggregateKind::kConcurrent;
    program->begins.push_back(calls ? builder.AllOf({aggregate.where, aggregate.condition})
                                    : kHolds);
  }
  WalkBuilder walks(x, &builder);
  MakeIntakes(&walks, &program->selection);
  MakeAskings(&walks, program);
}

uint64_t MethodsOf(const Expressions& x, NodeId condition) {
  constexpr uint64_t kAll = ~uint64_t{0};
  const Node& node = x.nodes[condition];
  switch (node.op) {
    case Op::kAnd:
      return MethodsOf(x, node.a) & MethodsOf(x, node.b);
    case Op::kOr:
      return MethodsOf(x, node.a) | MethodsOf(x, node.b);
    case Op::kInMask:
      return IsMethodField(x.nodes[node.a]) ? static_cast<uint64_t>(x.constants[node.b].i) : kAll;
    case Op::kCompareInt: {
      const Node& right = x.nodes[node.b];
      if (node.relation != Relation::kEqual || !IsMethodField(x.nodes[node.a]) ||
          right.op != Op::kConst) {
        return kAll;
      }
      const int64_t method = x.constants[right.a].i;
      return method >= 0 && method < static_cast<int64_t>(kMethods) ? uint64_t{1} << method : kAll;
    }
    default:
      return kAll;
  }
}

void AssignMethods(Program* program) {
  Expressions& x = program->expressions;
  for (Aggregate& aggregate : x.aggregates) {
    aggregate.methods = MethodsOf(x, aggregate.where);
    if (aggregate.reset == kNoNode) aggregate.methods &= MethodsOf(x, aggregate.condition);
  }
}

}  // namespace sipward::rules
