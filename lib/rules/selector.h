// Finds the rules that an event can match: one thread's working memory for a Selection.
#ifndef SIPWARD_RULES_SELECTOR_H_
#define SIPWARD_RULES_SELECTOR_H_

#include <bit>
#include <cstdint>
#include <vector>

#include "rules/machine.h"
#include "rules/program.h"

namespace sipward::rules {

class Selector final : public PatternSource, private lists::PatternSink {
 public:
  Selector(const Program& program, Machine* machine, Asking asking);

  // False if there is no memory to scan patterns with.
  bool Prepare();
  void Begin() { ++event_; }
  // A text is scanned when one of its tests is first asked for.
  bool PatternHolds(uint32_t test) override;

  // Calls ask(rule) for every rule that the event can match, in their order; while its identity is
  // not known, whatever that may be.
  template <typename Ask>
  void ForEach(const Selection::Situation& at, bool identity_known, Ask ask) {
    if (asking_ == Asking::kEveryRule) return ForEveryRule(at, ask);
    const Selection::Plan& plan = s_.PlanOf(at);
    at_ = at;
    for (const Selection::Step& step : plan.steps) Take(step);
    if (identity_known) {
      for (const Selection::Step& step : plan.late_steps) Take(step);
      for (const ConditionId asking : plan.askings) {
        machine_.ForEachFound(asking, [this](uint32_t rule, bool) { Mark(rule); });
      }
    } else {
      for (const uint32_t rule : plan.late_rules) Mark(rule);
      for (const uint32_t rule : plan.always) Mark(rule);
    }
    for (size_t group = 0; group < summary_.size(); ++group) {
      for (; summary_[group] != 0; summary_[group] &= summary_[group] - 1) {
        const size_t word = 64 * group + Lowest(summary_[group]);
        for (uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
          ask(static_cast<uint32_t>(64 * word + Lowest(bits)));
        }
        words_[word] = 0;
      }
    }
  }

 private:
  struct Scan {
    uint64_t event = 0;  // in which it was done
    uint32_t found = 0;  // tests that hold, in found_ from the group's first test on
  };
  static size_t Lowest(uint64_t bits) { return static_cast<size_t>(std::countr_zero(bits)); }

  template <typename Ask>
  void ForEveryRule(const Selection::Situation& at, Ask ask) const {
    for (uint32_t rule = 0; rule < s_.filters.size(); ++rule) {
      if (s_.filters[rule].Passes(at)) ask(rule);
    }
  }
  void Take(const Selection::Step& step);
  void Post(uint32_t test);
  void Mark(uint32_t rule) {
    words_[rule / 64] |= uint64_t{1} << rule % 64;
    summary_[rule / 4096] |= uint64_t{1} << rule / 64 % 64;
  }
  void ScanGroup(uint32_t group);
  void Found(uint32_t pattern) override;

  const Expressions& x_;
  const Selection& s_;
  Machine& machine_;
  Asking asking_;
  uint64_t event_ = 0;
  Selection::Situation at_;
  std::vector<Scan> scans_;        // by group
  uint32_t scanning_ = 0;          // the group
  std::vector<uint64_t> held_in_;  // by pattern test: the last event in which it held
  std::vector<uint32_t> found_;
  std::vector<uint64_t> words_;    // a bit for each rule to be asked
  std::vector<uint64_t> summary_;  // a bit for each word that has one
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_SELECTOR_H_
