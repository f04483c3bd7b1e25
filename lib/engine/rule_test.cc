#include "engine/rule_test.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "engine/engine.h"

namespace sipward::engine {
namespace {

using rules::Expectation;
using rules::TestCase;
using Kind = Expectation::Kind;
using Place = Expectation::Place;

// The clocks begin here: 2026-01-01 UTC.
constexpr Nanos kFirstWall = Nanos{1'767'225'600} * kSecond;
constexpr Nanos kFirstMonotonic = kHour;

// "reject: spoof.dno; tags: dno; alert"
std::string Describe(const Verdict& verdict) {
  std::string text(rules::ActionName(verdict.action));
  if (verdict.banned) text += ", banned";
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    text += (i == 0 ? " by " : ", ") + verdict.hits[i].rule->name;
  }
  for (uint32_t i = 0; i < verdict.tag_count; ++i) {
    text += (i == 0 ? "; tags " : ", ") + std::string(verdict.tags[i].text);
  }
  if (verdict.alert) text += "; alert";
  return text;
}

bool Shows(const Expectation& expectation, const Verdict& verdict) {
  switch (expectation.kind) {
    case Kind::kAction:
      return verdict.action == expectation.action;
    case Kind::kAlert:
      return verdict.alert;
    case Kind::kTag:
      return std::any_of(verdict.tags.begin(), verdict.tags.begin() + verdict.tag_count,
                         [&](const VerdictTag& tag) { return tag.text == expectation.text; });
    case Kind::kRule:
      return std::any_of(verdict.hits.begin(), verdict.hits.begin() + verdict.hit_count,
                         [&](const VerdictHit& hit) { return hit.rule->name == expectation.text; });
  }
  return false;
}

// Follows one expectation over the events, and remembers the event that says most about it: that
// which shows what is asked for, else the worst.
class Watch {
 public:
  explicit Watch(const Expectation& expectation) : expectation_(expectation) {}

  void See(uint32_t event, const Verdict& verdict) {
    const bool concerned = expectation_.place == Place::kAnywhere ||
                           (expectation_.place == Place::kBefore ? event < expectation_.event
                                                                 : event == expectation_.event);
    if (!concerned) return;
    const bool worse = event_ == 0 || verdict.action > worst_ ||
                       (verdict.action == worst_ && verdict.hit_count > hits_);
    const bool shows = Shows(expectation_, verdict);
    // An action is that of the worst verdict; anything else has come when it has come once.
    const bool decides = expectation_.kind == Kind::kAction ? worse : !shown_ && (shows || worse);
    if (!decides) return;
    shown_ = shows;
    worst_ = verdict.action;
    hits_ = verdict.hit_count;
    event_ = event;
    found_ = Describe(verdict);
  }

  bool met() const { return shown_ != expectation_.negated; }
  uint32_t event() const { return event_; }
  std::string TakeFound() { return std::move(found_); }
  const Expectation& expectation() const { return expectation_; }

 private:
  const Expectation& expectation_;
  bool shown_ = false;
  Action worst_ = Action::kAllow;
  uint32_t hits_ = 0;
  uint32_t event_ = 0;
  std::string found_;
};

uint32_t RunEvents(const TestCase& test, Inspector* inspector, std::vector<Watch>* watches) {
  facts::HostEvent event;
  Verdict verdict;
  std::deque<std::string> texts;
  Nanos passed = 0;
  uint32_t number = 0;
  for (const TestCase::Step& step : test.steps) {
    for (uint32_t i = 1; i <= step.count; ++i) {
      passed = SaturatingSum(passed, i == 1 ? step.after : step.every);
      TestCase::Fill(step, i, SaturatingSum(kFirstMonotonic, passed),
                     SaturatingSum(kFirstWall, passed), &texts, &event);
      inspector->InspectEvent(event, &verdict);
      ++number;
      for (Watch& watch : *watches) watch.See(number, verdict);
    }
  }
  return number;
}

}  // namespace

std::optional<RuleTestResult> RunRuleTest(const std::shared_ptr<const rules::RuleSet>& rules,
                                          size_t index) {
  const TestCase& test = rules->tests()[index];
  std::shared_ptr<state::Region> region =
      state::Region::Create(state::Region::kDefaultBytes + rules->state_bytes(), HashSecret{});
  if (region == nullptr) return std::nullopt;
  const auto engine = Engine::Create(rules, std::move(region), {});
  if (engine == nullptr) return std::nullopt;
  Inspector inspector(engine);
  if (!inspector.ok()) return std::nullopt;
  std::vector<Watch> watches(test.expectations.begin(), test.expectations.end());
  RuleTestResult result;
  result.events = RunEvents(test, &inspector, &watches);
  for (Watch& watch : watches) {
    if (watch.met()) continue;
    if (result.failed++ > 0) continue;
    result.expected = &watch.expectation();
    result.event = watch.event();
    result.found = watch.TakeFound();
  }
  return result;
}

}  // namespace sipward::engine
