// Evaluates typed expressions over one event.
#ifndef SIPWARD_RULES_MACHINE_H_
#define SIPWARD_RULES_MACHINE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/condition.h"
#include "rules/node.h"
#include "rules/text_memo.h"

namespace sipward::rules {

// What the program keeps between events: the machine asks, the evaluator knows.
class StateSource {
 public:
  virtual ~StateSource() = default;
  virtual facts::Value AggregateValue(uint32_t index) = 0;
  virtual bool InDynamicList(uint32_t index, const facts::Value& value) = 0;
};

// Knows which pattern tests hold.
class PatternSource {
 public:
  virtual ~PatternSource() = default;
  virtual bool PatternHolds(uint32_t test) = 0;
};

// Recursion follows the expression, whose depth the compiler bounds. Every operation is total:
// whatever the event holds, there is a value; an absent text reads as empty and an absent number as
// 0.
class Machine {
 public:
  // Texts that lower(), digits() and number() make during one event, together.
  static constexpr size_t kArenaBytes = 128 * 1024;

  // For folding constants: no event, nothing kept.
  explicit Machine(const Expressions& expressions);
  // For events: memory for `slots` kept values and, if some expression makes texts, for the arena.
  Machine(const Expressions& expressions, const Conditions& conditions, uint32_t slots, bool arena,
          StateSource* state);

  // Who answers pattern tests; needed if there are any.
  void set_patterns(PatternSource* patterns) { patterns_ = patterns; }

  void Begin(facts::Event* event);
  facts::Event& event() const { return *event_; }
  lists::Scratch& scratch() { return scratch_; }

  bool Holds(ConditionId condition) { return Walk(condition) == kHolds; }
  // found(index, again) for every kTake step that a walk comes to.
  template <class Found>
  void ForEachFound(ConditionId walk, Found found) {
    while ((walk = Walk(walk)) > kHolds) {
      const ConditionStep& step = steps_[walk];
      found(step.a, step.b != 0);
      walk = step.yes;
    }
  }
  bool Bool(NodeId id);
  int64_t Int(NodeId id);
  std::string_view Text(NodeId id);
  facts::Value Evaluate(NodeId id);
  // The same where it stands, or in `room` if it stands nowhere. Until the next Begin.
  const facts::Value& Read(NodeId id, facts::Value* room);
  // As if what is kept there had this value, during this event.
  void Keep(uint32_t slot, const facts::Value& value) {
    kept_[slot] = value;
    kept_in_[slot] = epoch_;
  }
  // A test of texts, computed by itself whoever else knows of it.
  bool TextTest(const Node& node);

 private:
  // Up to a kTake step or to the end: which that is.
  ConditionId Walk(ConditionId condition);
  bool Test(const ConditionStep& step);
  bool Remembered(const ConditionStep& step);
  const facts::Value& Kept(const Node& node);
  facts::Value Compute(const Node& node);
  facts::Value ComputeNumber(const Node& node);
  facts::Value ComputeText(const Node& node);
  bool ComputeBool(const Node& node);
  int64_t Number(NodeId id);
  double Float(NodeId id);
  bool Has(NodeId id);
  bool InSet(const Node& node);
  bool InList(const Node& node);
  facts::Value ListValue(const Node& node);
  facts::Value Member(const Node& node);
  facts::Value Lower(std::string_view text);
  facts::Value Digits(std::string_view text);
  facts::Value Canonical(std::string_view text);
  facts::Value Program(Op op, std::string_view text);
  char* Room(size_t bytes, size_t* granted);

  const Expressions& x_;
  const ConditionStep* steps_ = nullptr;
  const facts::FieldId* remembered_ = nullptr;
  facts::Event* event_ = nullptr;
  StateSource* state_ = nullptr;
  PatternSource* patterns_ = nullptr;
  uint32_t epoch_ = 0;
  std::vector<uint32_t> kept_in_;  // by slot: the epoch in which kept_ was set
  std::vector<facts::Value> kept_;
  std::vector<char> arena_;
  size_t arena_used_ = 0;
  std::vector<TextMemo> memos_;  // of remembered conditions
  lists::Scratch scratch_;
};

int64_t SaturatingAdd(int64_t a, int64_t b);
int64_t SaturatingSubtract(int64_t a, int64_t b);
int64_t SaturatingMultiply(int64_t a, int64_t b);
// Quotient and remainder; by zero, 0.
int64_t Divide(int64_t a, int64_t b);
int64_t Modulo(int64_t a, int64_t b);
// Of a time in UTC: 0 to 23; 0 to 6, from Monday.
int64_t HourOf(Nanos time);
int64_t WeekdayOf(Nanos time);
// A whole decimal number with an optional sign, or nothing.
std::optional<int64_t> ToInt(std::string_view text);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_MACHINE_H_
