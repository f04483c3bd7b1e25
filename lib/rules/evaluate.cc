// The path of one event: aggregates first, then the rules that may match, then what they ask for.
#include <span>
#include <utility>

#include "rules/machine.h"
#include "rules/program.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

// Four key parts of at most 2 + 255 bytes.
constexpr size_t kKeyBytes = 4 * 260;

}  // namespace

struct Evaluator::Impl final : AggregateSource {
  Impl(const Program& p, state::Region& r, std::vector<state::Region::Table> t)
      : program(p),
        region(r),
        tables(std::move(t)),
        machine(p.expressions, p.slots, p.needs_arena, this),
        values(p.expressions.aggregates.size()),
        keys(p.expressions.keys.size()) {
    for (const auto& list : p.expressions.lists) list->Prepare(&machine.scratch());
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
  const Hash128* Key(uint32_t slot);
  void Match(uint32_t index, Outcome* outcome);
  void Act(uint32_t rule, const ProgramAction& action, Outcome* outcome);
  void Keep(uint32_t index, int64_t value) { values[index] = {number, value}; }

  const Program& program;
  state::Region& region;
  std::vector<state::Region::Table> tables;
  Machine machine;
  uint64_t number = 0;  // of the event
  Nanos now = 0;
  std::vector<Kept> values;   // by aggregate
  std::vector<KeptKey> keys;  // by key
};

void Evaluator::Impl::Run(facts::Event& event, Outcome* outcome) {
  outcome->Clear();
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
    size_t used = 0;
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
  if (outcome->action_count == Outcome::kMaxActions) {
    ++outcome->omitted;
    return;
  }
  ActionRequest& request = outcome->actions[outcome->action_count++];
  request = action.request;
  request.rule = static_cast<uint16_t>(rule);
  if (action.key != kNoNode) request.key = machine.Evaluate(action.key);
}

Evaluator::Evaluator(const RuleSet& rules, state::Region& region,
                     std::vector<state::Region::Table> tables)
    : impl_(std::make_unique<Impl>(*rules.program_, region, std::move(tables))) {}
Evaluator::~Evaluator() = default;

void Evaluator::Run(facts::Event& event, Outcome* outcome) { impl_->Run(event, outcome); }

bool Evaluator::InList(const lists::List& list, std::string_view text) {
  if (list.kind() != lists::Kind::kCidr) return list.Contains(text, &impl_->machine.scratch());
  const auto ip = IpAddress::Parse(text);
  return ip && list.Contains(*ip);
}

}  // namespace sipward::rules
