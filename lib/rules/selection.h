// Which rules an event can match at all.
//
// For most rules there is a test that must hold for them to match and that an index answers for
// thousands of them at once: a text that a field must be, begin with, end in or contain, a pattern,
// a network, a number. Such a rule is asked only if its test holds. The cost of an event then
// follows the rules that could match it, not those that exist.
#ifndef SIPWARD_RULES_SELECTION_H_
#define SIPWARD_RULES_SELECTION_H_

#include <array>
#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "facts/facts.h"
#include "lists/lists.h"
#include "rules/condition.h"
#include "rules/node.h"
#include "rules/text_index.h"
#include "rules/value_index.h"

namespace sipward::rules {

inline constexpr size_t kMethods = 64;  // bits of a mask of methods

// Rules that name identity run behind all others, once it is known what its check found.
enum class Stage : uint8_t { kFirst, kSecond };
inline constexpr size_t kStages = 2;

// Everything that is looked for in one text by patterns: all of it is found in one scan.
struct PatternGroup {
  static constexpr uint32_t kNoTest = ~uint32_t{0};

  NodeId subject = kNoNode;
  std::shared_ptr<const lists::PatternSet> set;  // other groups may have patterns there
  std::vector<uint32_t> test_of;  // by pattern of the set; kNoTest: it is of others alone
  uint32_t first_test = 0, test_count = 0;
};

struct Selection {
  // Tests that guard rules, and all tests that are done by patterns. A pattern test knows its
  // number from 1 by Node::c; they are the first, those of a group beside each other.
  struct Test {
    NodeId node = kNoNode;
    uint32_t first_rule = 0, rule_count = 0;  // the rules that it guards, in guarded
  };
  std::vector<Test> tests;
  std::vector<uint32_t> guarded;

  std::vector<PatternGroup> groups;
  std::vector<uint32_t> group_of;  // by pattern test

  template <typename Index>
  struct Subject {
    NodeId value = kNoNode;
    Index index;
  };
  std::vector<Subject<TextIndices>> texts;
  std::vector<Subject<NetworkIndex>> networks;
  std::vector<Subject<NumberIndex>> numbers;
  std::vector<std::pair<sip::AnomalyId, uint32_t>> anomalies;  // and the test for it

  // What is done for an event, by its kind and method.
  struct Step {
    enum class Kind : uint8_t { kTest, kAnomalies, kPatterns, kTexts, kNetworks, kNumbers };
    Kind kind = Kind::kTest;
    uint32_t index = 0;  // in tests, groups, texts, networks or numbers; 0 of kAnomalies
  };
  struct Plan {
    std::vector<uint32_t> changing;    // aggregates that may change
    ConditionId intake = kHolds;       // the walk that finds which of them do
    std::vector<uint32_t> always;      // rules without a guard
    std::vector<ConditionId> askings;  // the walks to those of them that may match
    std::vector<Step> steps;
    // Of tests that name identity, and the rules that these guard: whether it is needed is asked
    // before it is known.
    std::vector<Step> late_steps;
    std::vector<uint32_t> late_rules;

    bool empty() const {
      return changing.empty() && always.empty() && steps.empty() && late_steps.empty();
    }
  };
  std::vector<Plan> plans;
  // By what an event is, and for each stage.
  struct Situation {
    Stage stage = Stage::kFirst;
    uint8_t kind = 0, method = 0;
  };
  std::array<std::array<std::array<uint16_t, kMethods>, facts::kEventKinds>, kStages> plan_of{};
  const Plan& PlanOf(const Situation& at) const {
    return plans[plan_of[static_cast<size_t>(at.stage)][at.kind][at.method]];
  }

  // The events and methods that a rule looks at, and when.
  struct Filter {
    uint64_t methods = 0;
    facts::EventSet events = 0;
    Stage stage = Stage::kFirst;

    bool Passes(const Situation& at) const {
      return stage == at.stage && (events >> at.kind & 1) != 0 && (methods >> at.method & 1) != 0;
    }
    bool operator<(const Filter& other) const {
      return std::tie(stage, methods, events) < std::tie(other.stage, other.methods, other.events);
    }
  };
  std::vector<Filter> filters;  // by rule
};

// A text as it is searched, whichever way it is written: an absent text reads as empty, so
// `x ?? ""` is x; and what is asked of lower(x) is asked of x without regard to case.
struct SearchedText {
  NodeId node = kNoNode;
  bool fold = false;
};
SearchedText SearchedTextOf(const Expressions& expressions, NodeId text);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_SELECTION_H_
