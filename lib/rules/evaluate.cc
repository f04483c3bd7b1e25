// The path of one event: aggregates first, then the rules that may match, then what they ask for.
#include <algorithm>
#include <span>
#include <utility>

#include "rules/machine.h"
#include "rules/program.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

// A byte for the evidence and four key parts of at most 2 + 255 bytes.
constexpr size_t kKeyBytes = 4 * 260;

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

struct Evaluator::Impl final : StateSource {
  Impl(const Program& p, state::Region& r, std::vector<state::Region::Table> t)
      : program(p),
        region(r),
        tables(std::move(t)),
        machine(p.expressions, p.slots, p.needs_arena, this),
        values(p.expressions.aggregates.size()),
        keys(p.expressions.keys.size()) {
    for (const auto& list : p.expressions.lists) ok &= list->Prepare(&machine.scratch());
  }

  struct Kept {
    uint64_t event = 0;
    int64_t value = 0;
  };
  struct KeptKey {
    uint64_t event = 0;
    bool present = false;
    Hash128 hash;
  };

  void Run(facts::Event& event, Outcome* outcome);
  void Update(uint32_t index);
  int64_t AggregateValue(uint32_t index) override;
  bool InDynamicList(uint32_t index, const facts::Value& value) override;
  const Hash128* Key(uint32_t slot);
  void Match(uint32_t index, Outcome* outcome);
  void Act(uint32_t rule, const ProgramAction& action, Outcome* outcome);
  ActionRequest* Place(const ActionRequest& request, uint32_t rule, Outcome* outcome);
  int RankOfPlace(const ActionRequest& request) const {
    return RankOf(request, program.infos[request.rule].enforce);
  }
  void Keep(uint32_t index, int64_t value) { values[index] = {number, value}; }

  const Program& program;
  state::Region& region;
  std::vector<state::Region::Table> tables;
  Machine machine;
  bool ok = true;
  int lowest_rank = 0;  // no action in a full outcome has a lower one
  uint64_t number = 0;  // of the event
  Nanos now = 0;
  std::vector<Kept> values;   // by aggregate
  std::vector<KeptKey> keys;  // by key
};

void Evaluator::Impl::Run(facts::Event& event, Outcome* outcome) {
  outcome->Clear();
  lowest_rank = 0;
  ++number;
  now = event.now();
  machine.Begin(&event);
  const auto kind = static_cast<size_t>(event.kind());
  const auto method = static_cast<size_t>(event.Get(facts::FieldId::kMethod).i) % kMethods;
  for (const uint32_t index : program.changing[kind][method]) Update(index);
  for (const uint32_t index : program.matching[kind][method]) {
    const ProgramRule& rule = program.rules[index];
    if ((rule.where == kNoNode || machine.Bool(rule.where)) && machine.Bool(rule.when)) {
      Match(index, outcome);
    }
  }
}

const Hash128* Evaluator::Impl::Key(uint32_t slot) {
  KeptKey& kept = keys[slot];
  if (kept.event != number) {
    kept.event = number;
    kept.present = true;
    char bytes[kKeyBytes];
    bytes[0] = machine.event().strong_evidence() ? 1 : 0;
    size_t used = 1;
    for (const NodeId part : program.expressions.keys[slot]) {
      const facts::Value value = machine.Evaluate(part);
      kept.present &= value.present();
      used += CanonicalBytes(value, region.secret(), std::span(bytes).subspan(used));
    }
    if (kept.present) kept.hash = KeyedHash128(region.secret(), {bytes, used});
  }
  return kept.present ? &kept.hash : nullptr;
}

void Evaluator::Impl::Update(uint32_t index) {
  const Aggregate& aggregate = program.expressions.aggregates[index];
  if (aggregate.where != kNoNode && !machine.Bool(aggregate.where)) return;
  const bool reset = aggregate.reset != kNoNode && machine.Bool(aggregate.reset);
  if (!reset && aggregate.condition != kNoNode && !machine.Bool(aggregate.condition)) return;
  const Hash128* key = Key(aggregate.keys);
  if (key == nullptr) return Keep(index, 0);
  if (reset) {
    region.Reset(tables[index], *key);
    return Keep(index, 0);
  }
  if (aggregate.kind != state::TableKind::kDistinct) {
    return Keep(index, region.Add(tables[index], *key, 1, now));
  }
  const facts::Value item = machine.Evaluate(aggregate.item);
  if (!item.present()) return Keep(index, 0);
  char bytes[kKeyBytes];
  const size_t used = CanonicalBytes(item, region.secret(), bytes);
  Keep(index,
       region.AddItem(tables[index], *key, KeyedHash64(region.secret(), {bytes, used}), now));
}

// What was not changed by this event is read when it is asked for.
int64_t Evaluator::Impl::AggregateValue(uint32_t index) {
  if (values[index].event != number) {
    const Aggregate& aggregate = program.expressions.aggregates[index];
    const Hash128* key = Key(aggregate.keys);
    const bool counts = aggregate.kind != state::TableKind::kDistinct;
    Keep(index, key == nullptr ? 0
                : counts       ? region.Add(tables[index], *key, 0, now)
                               : region.CountItems(tables[index], *key, now));
  }
  return values[index].value;
}

bool Evaluator::Impl::InDynamicList(uint32_t index, const facts::Value& value) {
  const RuleSet::Dynamic& list = program.dynamic_lists[index];
  const auto holds = [&](const facts::Value& key) {
    return region.IsBanned(tables[list.table], DynamicKey(key, region.secret()), now, nullptr);
  };
  if (!value.present()) return false;
  if (list.kind != lists::Kind::kCidr) return holds(value);
  const IpAddress ip = value.address();
  const auto lengths = DynamicLengths(ip);
  return std::any_of(lengths.begin(), lengths.end(), [&](uint8_t bits) {
    return holds(facts::Value::Net({ip.Prefix(bits), bits}));
  });
}

void Evaluator::Impl::Match(uint32_t index, Outcome* outcome) {
  const ProgramRule& rule = program.rules[index];
  if (outcome->hit_count < Outcome::kMaxHits) {
    Hit& hit = outcome->hits[outcome->hit_count++];
    hit.rule = static_cast<uint16_t>(index);
    hit.value_count = rule.value_count;
    for (size_t i = 0; i < rule.value_count; ++i) {
      hit.values[i] = static_cast<double>(AggregateValue(rule.values[i]));
    }
  } else {
    ++outcome->omitted;
  }
  for (uint32_t i = 0; i < rule.action_count; ++i) {
    Act(index, program.actions[rule.first_action + i], outcome);
  }
}

void Evaluator::Impl::Act(uint32_t rule, const ProgramAction& action, Outcome* outcome) {
  ActionRequest* request = Place(action.request, rule, outcome);
  if (request == nullptr) return;
  *request = action.request;
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
ActionRequest* Evaluator::Impl::Place(const ActionRequest& request, uint32_t rule,
                                      Outcome* outcome) {
  if (outcome->action_count < Outcome::kMaxActions) {
    return &outcome->actions[outcome->action_count++];
  }
  const int rank = RankOf(request, program.infos[rule].enforce);
  if (rank <= lowest_rank) return nullptr;
  const auto last_lowest = std::min_element(outcome->actions.rbegin(), outcome->actions.rend(),
                                            [&](const ActionRequest& a, const ActionRequest& b) {
                                              return RankOfPlace(a) < RankOfPlace(b);
                                            });
  lowest_rank = RankOfPlace(*last_lowest);
  return rank > lowest_rank ? &*last_lowest : nullptr;
}

Evaluator::Evaluator(const RuleSet& rules, state::Region& region,
                     std::vector<state::Region::Table> tables)
    : impl_(std::make_unique<Impl>(*rules.program_, region, std::move(tables))) {}
Evaluator::~Evaluator() = default;

bool Evaluator::ok() const { return impl_->ok; }

void Evaluator::Run(facts::Event& event, Outcome* outcome) { impl_->Run(event, outcome); }

bool Evaluator::InList(const lists::List& list, std::string_view text) {
  if (list.kind() != lists::Kind::kCidr) return list.Contains(text, &impl_->machine.scratch());
  const auto ip = IpAddress::Parse(text);
  return ip && list.Contains(*ip);
}

}  // namespace sipward::rules
