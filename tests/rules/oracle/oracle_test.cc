// The compiled program, asked both ways, says of random rules and events what the handbook says.
// A failure names its seed: SIPWARD_ORACLE_SEED=n runs that one alone, SIPWARD_ORACLE_SECONDS=n
// goes on with others for so long.
#include "tests/rules/oracle/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/rules/oracle/generator.h"
#include "tests/rules/support.h"

namespace sipward::rules::oracle {
namespace {

using testing::FakeEvent;
using testing::Running;

facts::Value ValueOf(const Val& value) {
  if (!value.present) return {};
  switch (value.type) {
    case Type::kFloat:
      return facts::Value::Float(value.f);
    case Type::kString:
    case Type::kNumber:
      return facts::Value::String(value.s);
    case Type::kIp:
      return facts::Value::Ip(value.net->address);
    case Type::kCidr:
      return facts::Value::Net(*value.net);
    default:
      return facts::Value::Int(value.i);
  }
}

std::string KeyText(const facts::Value& value) {
  switch (value.kind) {
    case facts::Value::Kind::kString:
      return Canonical(Text(std::string(value.str())));
    case facts::Value::Kind::kIp:
      return Canonical(Address(value.address().ToString()));
    case facts::Value::Kind::kCidr:
      return Canonical(Network(Cidr{value.address(), value.bits}.ToString()));
    default:
      return "";
  }
}

// The compiled program, and what the engine does with `add`.
class Compiled {
 public:
  Compiled(std::shared_ptr<const RuleSet> rules, Asking asking)
      : running_(std::move(rules), asking) {}

  Came Run(const EventOf& event) {
    FakeEvent facts(event.kind, event.now);
    facts.Proven(event.proven);
    for (const auto& [id, value] : event.fields) facts.Set(id, ValueOf(value));
    for (const auto& [name, value] : event.headers) facts.AddHeader(name, value);
    if (event.anomaly) facts.AddAnomaly(sip::AnomalyId::kLineBareLf);
    const Outcome& outcome = running_.Run(facts);
    Came came;
    for (size_t i = 0; i < outcome.hit_count; ++i) came.rules.push_back(Rule(outcome.hits[i].rule));
    for (size_t i = 0; i < outcome.action_count; ++i) Act(outcome.actions[i], event.now, &came);
    return came;
  }
  size_t asked() { return running_.evaluator().asked(); }

 private:
  std::string Rule(uint16_t index) const { return running_.rules().rules()[index].name; }

  void Act(const ActionRequest& action, Nanos now, Came* came) {
    using Kind = ActionRequest::Kind;
    const bool keyed =
        action.kind == Kind::kScore || action.kind == Kind::kBan || action.kind == Kind::kAdd;
    if (keyed && !action.key.present()) return;
    std::string text(action.text);
    if (action.kind == Kind::kAdd) {
      for (const RuleSet::Dynamic& list : running_.rules().dynamic_lists()) {
        if (list.table != action.table) continue;
        text = list.name;
        const DynamicTable table(&running_.region(), running_.tables()[list.table], list.kind);
        if (action.enforce) table.Add(action.key, "", now + action.duration, now);
      }
    }
    int64_t number = action.kind == Kind::kScore      ? action.points
                     : action.kind == Kind::kReject   ? action.code
                     : action.kind == Kind::kThrottle ? action.burst
                                                      : 0;
    came->actions.push_back(ActionLine(Rule(action.rule), action.kind, action.enforce, number,
                                       action.duration, keyed ? KeyText(action.key) : "", text));
  }

  Running running_;
};

// Numbers and durations count where an action has them.
FileOf Plain(FileOf file) {
  using Kind = ActionRequest::Kind;
  for (RuleOf& rule : file.rules) {
    for (ActionOf& action : rule.actions) {
      const bool timed = action.kind == Kind::kBan || action.kind == Kind::kAdd;
      const bool numbered = action.kind == Kind::kScore || action.kind == Kind::kReject ||
                            action.kind == Kind::kThrottle;
      if (!timed) action.duration = 0;
      if (!numbered) action.number = 0;
    }
  }
  return file;
}

struct Tally {
  size_t files = 0, events = 0, matches = 0, asked = 0, of = 0;
};

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

void Agrees(uint64_t seed, size_t event_count, Tally* tally) {
  const FileOf file = Plain(RandomFile(seed));
  const std::string text = Print(file, seed);
  std::vector<Diagnostic> found;
  const auto rules = testing::Compile(text, &found, Options{});
  ASSERT_NE(rules, nullptr) << "seed " << seed << "\n"
                            << text << found[0].code << " line " << found[0].line << ": "
                            << found[0].message;
  Oracle oracle(file);
  Compiled candidates(rules, Asking::kCandidates), every(rules, Asking::kEveryRule);
  const std::vector<EventOf> events = RandomEvents(seed, event_count);
  for (size_t i = 0; i < events.size(); ++i) {
    const Came wanted = oracle.Run(events[i]);
    for (Compiled* compiled : {&candidates, &every}) {
      const Came came = compiled->Run(events[i]);
      ASSERT_EQ(came, wanted) << "seed " << seed << ", event " << i
                              << (compiled == &every ? ", every rule asked" : "") << "\n"
                              << text << Describe(events[i]) << "wanted\n"
                              << Lines(wanted.rules) << Lines(wanted.actions) << "came\n"
                              << Lines(came.rules) << Lines(came.actions);
    }
    ++tally->events;
    tally->matches += wanted.rules.size();
    tally->asked += candidates.asked();
    tally->of += file.rules.size();
  }
  ++tally->files;
}

uint64_t NumberOf(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(Oracle, SaysWhatTheCompiledRulesSay) {
  constexpr uint64_t kFiles = 2500;
  constexpr size_t kEvents = 40;
  const uint64_t first = NumberOf("SIPWARD_ORACLE_SEED", 1);
  const bool one = std::getenv("SIPWARD_ORACLE_SEED") != nullptr;
  const auto until = std::chrono::steady_clock::now() +
                     std::chrono::seconds(NumberOf("SIPWARD_ORACLE_SECONDS", 0));
  const bool timed = std::getenv("SIPWARD_ORACLE_SECONDS") != nullptr;
  Tally tally;
  for (uint64_t seed = first;
       timed ? std::chrono::steady_clock::now() < until : seed < first + (one ? 1 : kFiles);
       ++seed) {
    Agrees(seed, kEvents, &tally);
    if (HasFatalFailure()) break;
  }
  std::printf("%zu files, %zu events, %zu matches, %zu of %zu rules asked\n", tally.files,
              tally.events, tally.matches, tally.asked, tally.of);
}

}  // namespace
}  // namespace sipward::rules::oracle
