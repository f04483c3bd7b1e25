#include "rules/selection_builder.h"

#include <algorithm>
#include <utility>

namespace sipward::rules {

using facts::Value;

SelectionBuilder::SelectionBuilder(const std::vector<facts::EventSet>& events, Program* program)
    : program_(*program), x_(program->expressions), s_(program->selection) {
  for (size_t i = 0; i < program_.rules.size(); ++i) {
    const ProgramRule& rule = program_.rules[i];
    s_.filters.push_back({MethodsOf(x_, rule.where) & MethodsOf(x_, rule.when), events[i],
                          rule.late ? Stage::kSecond : Stage::kFirst});
  }
  filters_ = s_.filters;
  for (const Aggregate& aggregate : x_.aggregates) {
    filters_.push_back({aggregate.methods, aggregate.events, StageOf(aggregate)});
  }
  std::sort(filters_.begin(), filters_.end());
  const auto same = [](const auto& a, const auto& b) { return !(a < b) && !(b < a); };
  filters_.erase(std::unique(filters_.begin(), filters_.end(), same), filters_.end());
}

bool SelectionBuilder::Build(PatternFailure* failure) {
  if (!GroupPatterns(&program_, failure)) return false;
  for (uint32_t test = 0; test < s_.tests.size(); ++test) {
    test_numbers_.emplace(s_.tests[test].node, test);
    steps_.push_back({Selection::Step::Kind::kPatterns, s_.group_of[test]});
  }
  GuardFinder finder(x_);
  GuardRules(&finder);
  Post();
  for (auto& text : s_.texts) text.index.Finish();
  for (auto& network : s_.networks) network.index.Finish();
  for (auto& number : s_.numbers) number.index.Finish();
  MakePlans();
  return true;
}

void SelectionBuilder::GuardRules(GuardFinder* finder) {
  guards_.resize(program_.rules.size());
  guarded_.resize(program_.rules.size());
  for (size_t i = 0; i < program_.rules.size(); ++i) {
    const auto guard = finder->Find(program_.rules[i].where, program_.rules[i].when);
    guarded_[i] = guard.has_value();
    if (!guard) continue;
    for (const NodeId node : guard->tests) guards_[i].push_back(TestOf(node));
  }
}

uint32_t SelectionBuilder::TestOf(NodeId node) {
  const auto [entry, added] =
      test_numbers_.try_emplace(node, static_cast<uint32_t>(s_.tests.size()));
  if (added) {
    s_.tests.push_back({node});
    AddToIndex(node, entry->second);
  }
  return entry->second;
}

// The subject of an index, made when it is first needed.
template <typename Subject>
Subject& SubjectOf(NodeId value, std::map<NodeId, uint32_t>* known, std::vector<Subject>* all) {
  const auto [entry, added] = known->try_emplace(value, static_cast<uint32_t>(all->size()));
  if (added) all->push_back({value, {}});
  return (*all)[entry->second];
}

void SelectionBuilder::AddToIndex(NodeId id, uint32_t test) {
  using Kind = Selection::Step::Kind;
  const Node& node = x_.nodes[id];
  Selection::Step step{Kind::kTest, test};
  const auto constant = [&]() -> const Value& { return x_.constants[x_.nodes[node.b].a]; };
  const auto add_text = [&](TextIndex::Part part, bool fold) {
    const SearchedText text = SearchedTextOf(x_, node.a);
    SubjectOf(text.node, &texts_, &s_.texts)
        .index.Add(part, fold || text.fold, constant().str(), test);
    step = {Kind::kTexts, texts_.at(text.node)};
  };
  if (node.op == Op::kInSet) {
    AddSet(node, test);
    return;
  }
  if (node.op == Op::kAnomaly) {
    s_.anomalies.emplace_back(static_cast<sip::AnomalyId>(node.a), test);
    steps_.push_back({Kind::kAnomalies, 0});
    return;
  }
  const bool with_constant = ChildCount(node.op) == 2 && x_.nodes[node.b].op == Op::kConst;
  switch (with_constant ? node.op : Op::kNone) {
    case Op::kStartsWith:
    case Op::kEndsWith:
      // What every text begins with is in no index.
      if (constant().str().empty()) break;
      add_text(node.op == Op::kStartsWith ? TextIndex::Part::kFront : TextIndex::Part::kBack,
               false);
      break;
    case Op::kEqualText:
    case Op::kEqualsNocase:
      add_text(TextIndex::Part::kWhole, node.op == Op::kEqualsNocase);
      break;
    case Op::kEqualAddress: {
      const IpAddress ip = constant().address();
      const uint8_t bits = ip.is_v4() ? 32 : 128;
      SubjectOf(node.a, &networks_, &s_.networks).index.Add({ip, bits}, test);
      step = {Kind::kNetworks, networks_.at(node.a)};
      break;
    }
    case Op::kCompareInt:
      if (node.relation != Relation::kEqual) break;
      SubjectOf(node.a, &numbers_, &s_.numbers).index.Add(constant().i, test);
      step = {Kind::kNumbers, numbers_.at(node.a)};
      break;
    default:
      break;
  }
  steps_.push_back(step);
}

void SelectionBuilder::AddSet(const Node& node, uint32_t test) {
  using Kind = Selection::Step::Kind;
  const SearchedText text = SearchedTextOf(x_, node.a);
  Selection::Step step{Kind::kTest, test};
  for (const Value& value : x_.sets[node.b]) {
    if (value.kind == Value::Kind::kString) {
      SubjectOf(text.node, &texts_, &s_.texts)
          .index.Add(TextIndex::Part::kWhole, text.fold, value.str(), test);
      step = {Kind::kTexts, texts_.at(text.node)};
    } else if (value.kind == Value::Kind::kCidr) {
      SubjectOf(node.a, &networks_, &s_.networks).index.Add({value.address(), value.bits}, test);
      step = {Kind::kNetworks, networks_.at(node.a)};
    } else if (value.kind == Value::Kind::kInt) {
      SubjectOf(node.a, &numbers_, &s_.numbers).index.Add(value.i, test);
      step = {Kind::kNumbers, numbers_.at(node.a)};
    }
  }
  steps_.push_back(step);
}

// The rules of each test beside each other.
void SelectionBuilder::Post() {
  for (const auto& tests : guards_) {
    for (const uint32_t test : tests) ++s_.tests[test].rule_count;
  }
  uint32_t first = 0;
  for (Selection::Test& test : s_.tests) {
    test.first_rule = first;
    first += std::exchange(test.rule_count, 0u);
  }
  s_.guarded.resize(first);
  for (uint32_t rule = 0; rule < guards_.size(); ++rule) {
    for (const uint32_t number : guards_[rule]) {
      Selection::Test& test = s_.tests[number];
      s_.guarded[test.first_rule + test.rule_count++] = rule;
    }
  }
}

// An aggregate that is asked for identity is taken in behind its check.
Stage SelectionBuilder::StageOf(const Aggregate& aggregate) const {
  return aggregate.late || x_.OfIdentity(aggregate) ? Stage::kSecond : Stage::kFirst;
}

// Events for which every filter says the same have the same plan.
std::vector<bool> SelectionBuilder::Signature(const Selection::Situation& at) const {
  std::vector<bool> signature;
  for (const Selection::Filter& filter : filters_) signature.push_back(filter.Passes(at));
  return signature;
}

void SelectionBuilder::MakePlans() {
  std::map<std::vector<bool>, uint16_t> known;
  for (const Stage stage : {Stage::kFirst, Stage::kSecond}) {
    auto& plan_of = s_.plan_of[static_cast<size_t>(stage)];
    for (uint8_t kind = 0; kind < facts::kEventKinds; ++kind) {
      for (uint8_t method = 0; method < kMethods; ++method) {
        const Selection::Situation at{stage, kind, method};
        const auto [entry, added] =
            known.try_emplace(Signature(at), static_cast<uint16_t>(s_.plans.size()));
        if (added) MakePlan(at, &s_.plans.emplace_back());
        plan_of[kind][method] = entry->second;
      }
    }
  }
}

void SelectionBuilder::MakePlan(const Selection::Situation& at, Selection::Plan* plan) const {
  for (uint32_t i = 0; i < x_.aggregates.size(); ++i) {
    const Aggregate& aggregate = x_.aggregates[i];
    const Selection::Filter filter{aggregate.methods, aggregate.events, StageOf(aggregate)};
    if (filter.Passes(at)) {
      plan->changing.push_back(i);
    }
  }
  std::map<std::pair<Selection::Step::Kind, uint32_t>, bool> wanted;
  for (uint32_t rule = 0; rule < guards_.size(); ++rule) {
    if (!s_.filters[rule].Passes(at)) continue;
    if (!guarded_[rule]) plan->always.push_back(rule);
    bool waits = false;
    for (const uint32_t test : guards_[rule]) {
      const bool late = x_.late[s_.tests[test].node];
      wanted[{steps_[test].kind, steps_[test].index}] = late;
      waits |= late;
    }
    if (waits) plan->late_rules.push_back(rule);
  }
  for (const auto& [step, late] : wanted) {
    (late ? plan->late_steps : plan->steps).push_back({step.first, step.second});
  }
}

}  // namespace sipward::rules
