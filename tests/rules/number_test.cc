// What rules know of telephone numbers.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

using facts::EventKind;

struct Case {
  const char* condition;
  const char* number;
  bool holds;
};

bool Holds(const std::string& condition, std::string_view number) {
  const auto rules = Compile(RuleOf(condition, "call_start"));
  if (rules == nullptr) {
    ADD_FAILURE() << condition;
    return false;
  }
  bool holds[2] = {};
  for (const Asking asking : {Asking::kCandidates, Asking::kEveryRule}) {
    FakeEvent event(EventKind::kCallStart);
    event.Set(FieldId::kCalleeNumber, number).Set(FieldId::kCallerNumber, "442071838750");
    holds[asking == Asking::kEveryRule] = !Running(rules, asking).Hits(event).empty();
  }
  EXPECT_EQ(holds[0], holds[1]) << condition;
  return holds[0];
}

TEST(Numbers, MembersSayWhatTheNumberIs) {
  const Case cases[] = {
      {"callee.number.country == \"JM\"", "18765230123", true},
      {"callee.number.country == \"JM\"", "12015550123", false},
      {"callee.number.country != \"JM\"", "", true},
      {"callee.number.country in [\"US\", \"JM\"]", "18765230123", true},
      {"callee.number.region == \"caribbean\"", "18765230123", true},
      {"callee.number.region == \"caribbean\"", "12015550123", false},
      {"callee.number.calling_code == \"1\"", "18765230123", true},
      {"callee.number.calling_code == caller.number.calling_code", "447400123456", true},
      {"callee.number.type == mobile", "447400123456", true},
      {"callee.number.type in [premium, satellite]", "881612345678", true},
      {"callee.number.type in [premium, satellite]", "447400123456", false},
      {"callee.number.type == no_number", "112", true},
      {"callee.number.type == unallocated", "112", false},
      {"callee.number.type == unallocated", "19992345678", true},
      {"callee.number.valid", "447400123456", true},
      {"callee.number.valid == false", "447400123456", false},
      {"callee.number.valid == false", "19992345678", true},
      {"not callee.number.valid", "", true},
      {"callee.number.country == \"\" and callee.number.type == no_number", "02071838750", true},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(Holds(one.condition, one.number), one.holds) << one.condition << " " << one.number;
  }
}

TEST(Numbers, WhereverANumberStands) {
  for (const char* condition : {
           "(callee.number).country == \"GB\"",
           "(callee.number.valid ? callee.number : caller.number).country == \"GB\"",
           "number(prefix(callee.number, 20)).country == \"GB\"",
           "number(\"+1-202-555-0100\").country == \"US\"",
           "number(caller.number).type == fixed",
           "lower(callee.number.country) == \"gb\"",
           "len(callee.number.region) == 6",
           "contains(callee.number.country, \"G\")",
       }) {
    EXPECT_TRUE(Holds(condition, "447400123456")) << condition;
  }
}

TEST(Numbers, OfNamesAndOfValuesOfLists) {
  const auto rules = Compile(
      "version 1\n"
      "const desk = \"+44-20-7183-8750\"\n"
      "define asked = number(dialled ?? \"\")\n"
      "list owners : prefix [\"44\": \"+49-30-123456\"] value contact:number\n"
      "rule of_let { on call_start let n = callee.number when n.country == \"GB\" then alert }\n"
      "rule of_const { on call_start when desk.country == callee.number.country then alert }\n"
      "rule of_define { on call_start when asked.country == \"FR\" then alert }\n"
      "rule of_list { on call_start\n"
      "  when (owners[callee.number].contact ?? \"\").country == \"DE\" then alert }\n"
      "rule of_has { on call_start where has(owners[callee.number].contact)\n"
      "  when owners[callee.number].contact.calling_code == \"49\" then alert }\n");
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  FakeEvent event(EventKind::kCallStart);
  event.Set(FieldId::kCalleeNumber, "447400123456").Set(FieldId::kDialled, "+33-1-42685300");
  EXPECT_EQ(run.Hits(event),
            (std::vector<std::string>{"of_let", "of_const", "of_define", "of_list", "of_has"}));
}

TEST(Numbers, OfMessagesByTheDigitsOfTheirUris) {
  const auto rules =
      Compile(RuleOf("number(ruri.digits).type == premium and number(from.user ?? \"\").valid"));
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  FakeEvent event;
  event.Set(FieldId::kRuriDigits, "19002345678").Set(FieldId::kFromUser, "+44-20-7183-8750");
  EXPECT_EQ(run.Hits(event).size(), 1u);
  FakeEvent other;
  other.Set(FieldId::kRuriDigits, "19002345678").Set(FieldId::kFromUser, "alice");
  EXPECT_EQ(run.Hits(other).size(), 0u);
}

TEST(Numbers, AreKeysOfAggregates) {
  const auto rules =
      Compile(RuleOf("distinct(callee.number.country by caller.number.country over 1h) >= 2\n"
                     "  and count(by callee.number.type over 1h if callee.number.valid) >= 1",
                     "call_start"));
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  std::vector<size_t> hits;
  for (const char* number : {"447400123456", "447400123457", "491701234567"}) {
    FakeEvent event(EventKind::kCallStart, kSecond);
    event.Set(FieldId::kCallerNumber, "442071838750").Set(FieldId::kCalleeNumber, number);
    hits.push_back(run.Hits(event).size());
  }
  EXPECT_EQ(hits, (std::vector<size_t>{0, 0, 1}));
}

// Rules as operators against fraud write them: who may show a number, numbers that cannot call,
// and money made with calls abroad.
constexpr const char* kFraud = R"(version 1
const home = "DE"
list our_dids : prefix ["49301": "alice"] value owner:string
list dno      : prefix ["4989100"]
list irsf     : prefix ["882": 1.0, "88216": 2.5, "1876": 2.0] value risk:float
list hotspot  : prefix ["88213"]

rule spoof.not_owner {
  on call_start where direction == outbound and has(account)
  when (our_dids[caller.number].owner ?? "") != account
  then reject 403 "Caller ID not allowed", alert
}
rule spoof.dno_or_invalid {
  on call_start where direction == inbound
  when caller.number in dno or caller.number.valid == false
  then reject 603 "Network Blocked", tag "dno"
}
rule toll.irsf_fast {
  on call_start where direction == outbound and callee.number.country != home
  let risk = sum(irsf[callee.number].risk ?? 0.0 by (account, callee.number.country) over 5m)
  when risk >= 4.0 or concurrent(by account if callee.number in hotspot) > 1
  then reject 403 "Destination restricted", score 100 on account, alert, capture
}
)";

TEST(Numbers, RulesAgainstFraud) {
  std::vector<Diagnostic> found;
  const auto rules = Compile(kFraud, &found);
  ASSERT_NE(rules, nullptr) << found[0].message;
  EXPECT_TRUE(found.empty()) << found[0].message;
  Running run(rules);
  using Names = std::vector<std::string>;
  const auto call = [&](facts::Direction direction, const char* caller, const char* callee) {
    FakeEvent event(EventKind::kCallStart);
    event.Set(FieldId::kDirection, static_cast<int64_t>(direction));
    event.Set(FieldId::kAccount, "alice").Set(FieldId::kCallId, callee);
    event.Set(FieldId::kCallerNumber, caller).Set(FieldId::kCalleeNumber, callee);
    return run.Hits(event);
  };
  using enum facts::Direction;
  EXPECT_EQ(call(kOutbound, "49301234567", "493098765432"), Names{});
  EXPECT_EQ(call(kOutbound, "49891234567", "493098765432"), Names{"spoof.not_owner"});
  EXPECT_EQ(call(kInbound, "442071838750", "49301234567"), Names{});
  EXPECT_EQ(call(kInbound, "44207183", "49301234567"), Names{"spoof.dno_or_invalid"});
  EXPECT_EQ(call(kInbound, "49891001234", "49301234567"), Names{"spoof.dno_or_invalid"});
  // A country of its own: two calls of 2.5 each are too much, one to Jamaica between them is not.
  EXPECT_EQ(call(kOutbound, "49301234567", "8821612345678"), Names{});
  EXPECT_EQ(call(kOutbound, "49301234567", "18765230123"), Names{});
  EXPECT_EQ(call(kOutbound, "49301234567", "8821612345679"), Names{"toll.irsf_fast"});
}

}  // namespace
}  // namespace sipward::rules::testing
