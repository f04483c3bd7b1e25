#include "rules/selector.h"

namespace sipward::rules {

Selector::Selector(const Program& program, Machine* machine, Asking asking)
    : x_(program.expressions),
      s_(program.selection),
      machine_(*machine),
      asking_(asking),
      scans_(s_.groups.size()),
      held_in_(s_.group_of.size()),
      found_(s_.group_of.size()),
      words_(program.rules.size() / 64 + 1),
      summary_(words_.size() / 64 + 1) {}

bool Selector::Prepare() {
  bool ok = true;
  for (const PatternGroup& group : s_.groups) ok &= group.set->Prepare(&machine_.scratch());
  return ok;
}

bool Selector::PatternHolds(uint32_t test) {
  const Node& node = x_.nodes[s_.tests[test].node];
  if (asking_ == Asking::kEveryRule && node.op == Op::kContains) return machine_.TextTest(node);
  ScanGroup(s_.group_of[test]);
  return held_in_[test] == event_;
}

void Selector::ScanGroup(uint32_t index) {
  Scan& scan = scans_[index];
  if (scan.event == event_) return;
  const PatternGroup& group = s_.groups[index];
  const std::string_view text = machine_.Text(group.subject);
  scan = {event_, 0};
  scanning_ = index;
  group.set->Find(text, &machine_.scratch(), this);
}

// A test of several patterns may be found several times, and what others look for as well.
void Selector::Found(uint32_t pattern) {
  const PatternGroup& group = s_.groups[scanning_];
  const uint32_t test = group.test_of[pattern];
  if (test == PatternGroup::kNoTest || held_in_[test] == event_) return;
  held_in_[test] = event_;
  found_[group.first_test + scans_[scanning_].found++] = test;
}

void Selector::Take(const Selection::Step& step) {
  const auto post = [this](uint32_t test) { Post(test); };
  switch (step.kind) {
    case Selection::Step::Kind::kTest:
      if (machine_.Bool(s_.tests[step.index].node)) Post(step.index);
      break;
    case Selection::Step::Kind::kAnomalies:
      // Most messages have none.
      if (!machine_.event().HasAnomalies()) break;
      for (const auto& [id, test] : s_.anomalies) {
        if (machine_.event().HasAnomaly(id)) Post(test);
      }
      break;
    case Selection::Step::Kind::kPatterns: {
      ScanGroup(step.index);
      const uint32_t first = s_.groups[step.index].first_test;
      for (uint32_t i = 0; i < scans_[step.index].found; ++i) Post(found_[first + i]);
      break;
    }
    case Selection::Step::Kind::kTexts: {
      const auto& subject = s_.texts[step.index];
      subject.index.Find(machine_.Text(subject.value), post);
      break;
    }
    case Selection::Step::Kind::kNetworks: {
      const auto& subject = s_.networks[step.index];
      facts::Value room;
      subject.index.Find(machine_.Read(subject.value, &room).address(), post);
      break;
    }
    case Selection::Step::Kind::kNumbers: {
      const auto& subject = s_.numbers[step.index];
      subject.index.Find(machine_.Int(subject.value), post);
      break;
    }
  }
}

void Selector::Post(uint32_t number) {
  const Selection::Test& test = s_.tests[number];
  for (uint32_t i = 0; i < test.rule_count; ++i) {
    const uint32_t rule = s_.guarded[test.first_rule + i];
    if (s_.filters[rule].Passes(at_)) Mark(rule);
  }
}

}  // namespace sipward::rules
