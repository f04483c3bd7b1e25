// The path of one event: aggregates first, then the rules that may match, then what they ask for.
#include <algorithm>
#include <span>
#include <utility>

#include "rules/aggregates.h"
#include "rules/machine.h"
#include "rules/program.h"
#include "rules/rules.h"
#include "rules/selector.h"

namespace sipward::rules {
namespace {

// Whose key this is, of an expression that is no choice between others.
ActionRequest::KeyKind KindOfKey(const Node& node, facts::EventKind event) {
  return node.op == Op::kField ? KeyKindOf(static_cast<facts::FieldId>(node.a), event)
                               : ActionRequest::KeyKind::kOther;
}

// What is kept when not everything fits: first what is done, then what would have been done.
int RankOf(const ActionRequest& request, bool enforced) {
  using Kind = ActionRequest::Kind;
  constexpr int kEnforced = 8;
  const int base = enforced ? kEnforced : 0;
  switch (request.kind) {
    case Kind::kAlert:
    case Kind::kTag:
    case Kind::kCapture:
      return base;
    case Kind::kScore:
    case Kind::kAdd:
      return base + 1;
    case Kind::kChallenge:
    case Kind::kThrottle:
    case Kind::kHold:
      return base + 2;
    case Kind::kReject:
      return base + 3;
    case Kind::kBan:
      return base + 4;
    case Kind::kDrop:
      return base + 5;
  }
  return base;
}

}  // namespace

struct Evaluator::Impl {
  Impl(const Program& p, state::Region& r, std::vector<state::Region::Table> t, Asking a)
      : program(p),
        aggregates(p, r, std::move(t)),
        machine(p.expressions, p.conditions, p.slots, p.needs_arena, &aggregates),
        selector(p, &machine, a) {
    for (const auto& list : p.expressions.lists) ok &= list->Prepare(&machine.scratch());
    ok &= selector.Prepare();
    machine.set_patterns(&selector);
  }

  void Begin(facts::Event& event);
  void Recall();
  void Run(Stage stage, Outcome* outcome);
  bool AsksForIdentity();
  bool MayHold(NodeId condition);
  Selection::Situation At(Stage stage) const { return {stage, kind, method}; }
  bool HasSecond() const { return !program.selection.PlanOf(At(Stage::kSecond)).empty(); }
  bool SecondCounts() const {
    return !program.selection.PlanOf(At(Stage::kSecond)).changing.empty();
  }
  void Ask(uint32_t index, Outcome* outcome);
  void Match(uint32_t index, Outcome* outcome);
  double Shown(uint32_t index);
  void Act(uint32_t rule, bool enforce, const ProgramAction& action, Outcome* outcome);
  ActionRequest* Place(const ActionRequest& request, bool enforce, Outcome* outcome);
  RuleMode ModeOf(uint32_t rule);

  const Program& program;
  facts::Tape* tape = nullptr;
  Aggregates aggregates;
  Machine machine;
  Selector selector;
  uint8_t kind = 0, method = 0;  // of this event
  size_t asked = 0;              // rules, of this event
  bool matched = false;          // one of them
  bool ok = true;
  int lowest_rank = 0;  // no action in a full outcome has a lower one
  bool profile_known = false;
  const ProgramProfile* profile = nullptr;  // of the event, or none
};

void Evaluator::Impl::Begin(facts::Event& event) {
  profile_known = program.profiles.empty();
  profile = nullptr;
  asked = 0;
  matched = false;
  machine.Begin(&event);
  selector.Begin();
  aggregates.Begin(&machine);
  if (aggregates.playing()) Recall();
  kind = static_cast<uint8_t>(event.kind());
  method =
      static_cast<uint8_t>(static_cast<size_t>(event.Get(facts::FieldId::kMethod).i) % kMethods);
}

void Evaluator::Impl::Recall() {
  tape->ForEachKeyed([&](const facts::Fact& fact) {
    aggregates.Take(fact);
    if (fact.kind == facts::Noted::kOfBody && fact.index < program.of_body.size()) {
      machine.Keep(program.expressions.nodes[program.of_body[fact.index]].slot, fact.value);
    }
  });
}

void Evaluator::Impl::Run(Stage stage, Outcome* outcome) {
  lowest_rank = 0;
  const Selection::Situation at = At(stage);
  aggregates.TakeIn(program.selection.PlanOf(at).intake);
  selector.ForEach(at, true, [&](uint32_t index) { Ask(index, outcome); });
}

bool Evaluator::Impl::AsksForIdentity() {
  const Selection::Situation at = At(Stage::kSecond);
  const Selection::Plan& plan = program.selection.PlanOf(at);
  const Expressions& x = program.expressions;
  const auto waits = [&](uint32_t index) {
    const Aggregate& aggregate = x.aggregates[index];
    return x.OfIdentity(aggregate) && MayHold(aggregate.where) &&
           (aggregate.reset != kNoNode || MayHold(aggregate.condition));
  };
  bool asks = std::any_of(plan.changing.begin(), plan.changing.end(), waits);
  selector.ForEach(at, false, [&](uint32_t index) {
    const ProgramRule& rule = program.rules[index];
    asks = asks || (MayHold(rule.where) && MayHold(rule.when));
  });
  return asks;
}

// Whether a condition holds for all that is known without the identity.
bool Evaluator::Impl::MayHold(NodeId condition) {
  if (condition == kNoNode) return true;
  if (!program.expressions.late[condition]) return machine.Bool(condition);
  const Node& node = program.expressions.nodes[condition];
  switch (node.op) {
    case Op::kAnd:
      return MayHold(node.a) && MayHold(node.b);
    case Op::kOr:
      return MayHold(node.a) || MayHold(node.b);
    default:
      return true;
  }
}

void Evaluator::Impl::Ask(uint32_t index, Outcome* outcome) {
  ++asked;
  if (machine.Holds(program.rules[index].condition)) Match(index, outcome);
}

// As people count: durations in seconds, money in its unit; 0 for what is no number.
double Evaluator::Impl::Shown(uint32_t index) {
  const facts::Value value = aggregates.AggregateValue(index);
  if (value.kind == facts::Value::Kind::kFloat) return value.f;
  if (value.kind != facts::Value::Kind::kInt) return 0;
  const Aggregate& aggregate = program.expressions.aggregates[index];
  const facts::Type type = ResultType(aggregate.kind, aggregate.item_type);
  const double unit = type == facts::Type::kDuration ? static_cast<double>(kSecond)
                      : type == facts::Type::kMoney  ? static_cast<double>(facts::kMoneyUnits)
                                                     : 1.0;
  return static_cast<double>(value.i) / unit;
}

// Which profile an event is under is asked when a rule matches, and once.
RuleMode Evaluator::Impl::ModeOf(uint32_t rule) {
  if (!profile_known && machine.event().kind() != facts::EventKind::kTick) {
    const auto found = std::find_if(
        program.profiles.begin(), program.profiles.end(),
        [&](const ProgramProfile& candidate) { return machine.Bool(candidate.condition); });
    if (found != program.profiles.end()) profile = &*found;
  }
  profile_known = true;
  if (profile != nullptr) return profile->modes[rule];
  return program.infos[rule].enforce ? RuleMode::kEnforce : RuleMode::kReport;
}

void Evaluator::Impl::Match(uint32_t index, Outcome* outcome) {
  const RuleMode mode = ModeOf(index);
  if (mode == RuleMode::kOff) return;
  matched = true;
  const ProgramRule& rule = program.rules[index];
  if (outcome->hit_count < Outcome::kMaxHits) {
    Hit& hit = outcome->hits[outcome->hit_count++];
    hit.rule = static_cast<uint16_t>(index);
    hit.value_count = rule.value_count;
    for (size_t i = 0; i < rule.value_count; ++i) {
      hit.values[i] = Shown(rule.values[i]);
    }
  } else {
    ++outcome->omitted;
  }
  for (uint32_t i = 0; i < rule.action_count; ++i) {
    Act(index, mode == RuleMode::kEnforce, program.actions[rule.first_action + i], outcome);
  }
}

void Evaluator::Impl::Act(uint32_t rule, bool enforce, const ProgramAction& action,
                          Outcome* outcome) {
  ActionRequest* request = Place(action.request, enforce, outcome);
  if (request == nullptr) return;
  *request = action.request;
  request->enforce = enforce;
  request->rule = static_cast<uint16_t>(rule);
  if (action.key == kNoNode) return;
  // The kind is that of the operand that gives the key.
  const std::vector<Node>& nodes = program.expressions.nodes;
  NodeId id = action.key;
  for (;;) {
    const Node& node = nodes[id];
    if (node.op == Op::kCoalesce) {
      id = machine.Evaluate(node.a).present() ? node.a : node.b;
    } else if (node.op == Op::kConditional) {
      id = machine.Bool(node.a) ? node.b : node.c;
    } else {
      break;
    }
  }
  request->key = machine.Evaluate(id);
  request->key_kind = KindOfKey(nodes[id], machine.event().kind());
}

// In a full outcome, the last of the least important gives way. Each time the least rank is known,
// so that thousands of matching rules do not search anew for each of their actions.
ActionRequest* Evaluator::Impl::Place(const ActionRequest& request, bool enforce,
                                      Outcome* outcome) {
  if (outcome->action_count < Outcome::kMaxActions) {
    return &outcome->actions[outcome->action_count++];
  }
  const int rank = RankOf(request, enforce);
  if (rank <= lowest_rank) return nullptr;
  const auto last_lowest = std::min_element(outcome->actions.rbegin(), outcome->actions.rend(),
                                            [&](const ActionRequest& a, const ActionRequest& b) {
                                              return RankOf(a, a.enforce) < RankOf(b, b.enforce);
                                            });
  lowest_rank = RankOf(*last_lowest, last_lowest->enforce);
  return rank > lowest_rank ? &*last_lowest : nullptr;
}

Evaluator::Evaluator(const RuleSet& rules, state::Region& region,
                     std::vector<state::Region::Table> tables, Asking asking)
    : impl_(std::make_unique<Impl>(*rules.program_, region, std::move(tables), asking)) {}
Evaluator::~Evaluator() = default;

bool Evaluator::ok() const { return impl_->ok; }
size_t Evaluator::asked() const { return impl_->asked; }

void Evaluator::Run(facts::Event& event, Outcome* outcome) {
  RunFirst(event, outcome);
  if (HasSecond()) RunSecond(outcome);
  Finish();
}

void Evaluator::RunFirst(facts::Event& event, Outcome* outcome) {
  outcome->Clear();
  impl_->Begin(event);
  impl_->Run(Stage::kFirst, outcome);
}

bool Evaluator::HasSecond() const { return impl_->HasSecond(); }

bool Evaluator::SecondCounts() const { return impl_->SecondCounts(); }

bool Evaluator::AsksForIdentity() { return impl_->AsksForIdentity(); }

void Evaluator::RunSecond(Outcome* outcome) { impl_->Run(Stage::kSecond, outcome); }

void Evaluator::Resume(facts::Event& event, Outcome* outcome) {
  outcome->Clear();
  impl_->Begin(event);
  impl_->Run(Stage::kSecond, outcome);
}

void Evaluator::Finish() {
  if (!impl_->matched) impl_->aggregates.Learn();
}

void Evaluator::set_tape(facts::Tape* tape) {
  impl_->tape = tape;
  impl_->aggregates.set_tape(tape);
}

void Evaluator::NoteFacts(bool body) {
  impl_->aggregates.NoteValues();
  if (!body) return;
  for (uint32_t i = 0; i < impl_->program.of_body.size(); ++i) {
    impl_->tape->Note(facts::Noted::kOfBody, i, impl_->machine.Evaluate(impl_->program.of_body[i]));
  }
}

bool Evaluator::InList(const lists::List& list, std::string_view text) {
  if (list.kind() != lists::Kind::kCidr) return list.Contains(text, &impl_->machine.scratch());
  const auto ip = IpAddress::Parse(text);
  return ip && list.Contains(*ip);
}

}  // namespace sipward::rules
