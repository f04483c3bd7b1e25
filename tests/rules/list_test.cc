// Lists with values, and lists that are filled while the engine runs.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/list_values.h"
#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

using Names = std::vector<std::string>;

// Compiles `text` with one file for all of its lists.
std::shared_ptr<const RuleSet> WithFile(std::string_view text, std::string_view file,
                                        std::vector<Diagnostic>* found = nullptr) {
  Compiler compiler(SmallTables());
  compiler.AddRules("site.ward", text);
  for (size_t i = 0; i < compiler.files().size(); ++i) compiler.SetFile(i, file);
  auto rules = compiler.Build();
  if (found != nullptr) found->assign(compiler.diagnostics().begin(), compiler.diagnostics().end());
  return rules;
}

TEST(ListValues, TheLongestPrefixDecides) {
  auto rules = WithFile(
      "version 1\n"
      "list irsf : prefix file \"irsf.csv\" value risk:float, place:string\n"
      "rule risky { on request when (irsf[ruri.digits].risk ?? 0) >= 1.5 then alert }\n"
      "rule known { on request when has(irsf[ruri.digits].risk) then alert }\n"
      "rule far { on request when (irsf[ruri.digits].place ?? \"\") == \"far, far\" then alert }\n",
      "# number, risk, place\n881, 1.5, \"far, far\"\n8811,0.5\n+882\n");
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  FakeEvent event;
  EXPECT_EQ(run.Hits(event.Set(FieldId::kRuriDigits, "8819")), (Names{"risky", "known", "far"}));
  event.At(kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kRuriDigits, "88110")), Names{"known"});
  event.At(kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kRuriDigits, "882")), Names{});
  event.At(kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kRuriDigits, "7")), Names{});
}

TEST(ListValues, OfEveryTypeAndKind) {
  auto rules = Compile(
      "version 1\nconst dear = 2.5\n"
      "list nets : cidr [\"10.0.0.0/8\": (1, 5s), \"10.1.0.0/16\": (2, 1m)] value n:int, "
      "wait:duration\n"
      "list users : exact nocase [\"alice\": \"192.0.2.9\"] value ip:ip\n"
      "list prices : prefix [\"1\": 0.01, \"2\": dear] value minute:money\n"
      "list homes : domain [\"example.org\": true] value ours:bool\n"
      "rule n { on request when (nets[src.ip].n ?? 0) == 2 and (nets[src.ip].wait ?? 0s) == 1m "
      "then alert }\n"
      "rule ip { on request when has(from.user) and (users[from.user] ?? \"::\") == \"192.0.2.9\" "
      "then alert }\n"
      "rule money { on request when (prices[ruri.digits] ?? 0) == 2.50 then alert }\n"
      "rule cheap { on request when (prices[ruri.digits].minute ?? 1) * 100 == 1 then alert }\n"
      "rule ours { on request when has(to.host) and (homes[to.host] ?? false) then alert }\n");
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  FakeEvent event;
  event.Source("10.1.2.3").Set(FieldId::kFromUser, "ALICE").Set(FieldId::kRuriDigits, "23");
  event.Set(FieldId::kToHost, "sip.EXAMPLE.org");
  EXPECT_EQ(run.Hits(event), (Names{"n", "ip", "money", "ours"}));
  event.At(kSecond);
  event.Source("10.2.2.3").Set(FieldId::kFromUser, "bob").Set(FieldId::kRuriDigits, "13");
  event.Set(FieldId::kToHost, "example.com");
  EXPECT_EQ(run.Hits(event), Names{"cheap"});
}

TEST(ListValues, BadFilesSayWhere) {
  const std::string text =
      "version 1\nlist l : prefix file \"l.csv\" value risk:float, wait:duration\n";
  struct Case {
    const char* file;
    uint32_t line, column;
    const char* message;
  };
  for (const Case& bad : {
           Case{"1,x\n", 1, 3, "value 'risk' is no float: x"},
           Case{"1,1\n2, 1 , 5\n", 2, 8, "value 'wait' is no duration: 5"},
           Case{"1,1,1s,\n", 1, 8, "more values than the list says it has: 2"},
           Case{"1,\"1\n", 1, 3, "this value is not closed"},
           Case{"x,1\n", 1, 1, "a prefix consists of digits, with or without a + in front"},
       }) {
    std::vector<Diagnostic> found;
    EXPECT_EQ(WithFile(text, bad.file, &found), nullptr) << bad.file;
    ASSERT_EQ(found.size(), 1u) << bad.file;
    EXPECT_EQ(found[0].code, "R407");
    EXPECT_EQ(found[0].file, "l.csv");
    EXPECT_EQ(found[0].line, bad.line) << bad.file;
    EXPECT_EQ(found[0].column, bad.column) << bad.file;
    EXPECT_EQ(found[0].message, bad.message);
  }
}

TEST(ListValues, AreReadExactly) {
  const auto money = [](const char* text) { return ParseMoney(text); };
  EXPECT_EQ(money("12.50"), 12'500'000);
  EXPECT_EQ(money("-0.000001"), -1);
  EXPECT_EQ(money("9223372036854.775807"), INT64_MAX);
  for (const char* bad :
       {"", "-", ".5", "5.", "1.0000001", "9223372036854.775808", "1e3", "--1", "1.-5", "+1"}) {
    EXPECT_FALSE(money(bad)) << bad;
  }
  std::deque<std::string> texts;
  const auto parse = [&](const char* text, facts::Type type) {
    return ParseListValue(text, type, &texts);
  };
  EXPECT_EQ(parse("10m", facts::Type::kDuration)->i, 10 * kMinute);
  EXPECT_EQ(parse("+1-202", facts::Type::kNumber)->str(), "1202");
  EXPECT_EQ(parse("10.0.0.0/8", facts::Type::kCidr)->bits, 8);
  EXPECT_FALSE(parse("", facts::Type::kInt)->present());
  for (const auto& [text, type] :
       {std::pair("tru", facts::Type::kBool), std::pair("1.5", facts::Type::kInt),
        std::pair("9223372036854775808", facts::Type::kInt), std::pair("1.5x", facts::Type::kFloat),
        std::pair("5", facts::Type::kDuration), std::pair("200000d", facts::Type::kDuration),
        std::pair("10.0.0.1/8", facts::Type::kCidr), std::pair("10.0.0", facts::Type::kIp),
        std::pair("alice", facts::Type::kNumber)}) {
    EXPECT_FALSE(parse(text, type)) << text;
  }
}

// A value that is absent reads as false, and is as absent when it is asked for again.
TEST(ListValues, OfTypeBoolStayAbsent) {
  auto rules = Compile(
      "version 1\nlist known : exact [\"a\": false] value good:bool\n"
      "rule one { on request when not has(known[body]) or known[body] then alert }\n"
      "rule two { on request when has(known[body]) then alert }\n");
  ASSERT_NE(rules, nullptr);
  Running run(rules);
  FakeEvent event;
  EXPECT_EQ(run.Hits(event.Set(FieldId::kBody, "b")), std::vector<std::string>{"one"});
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kBody, "a")), std::vector<std::string>{"two"});
}

constexpr char kDynamic[] =
    "version 1\n"
    "list hot : exact dynamic max 100\n"
    "list nets : cidr dynamic\n"
    "rule add { on request where method == INVITE when has(from.user)\n"
    "  then add from.user to hot for 1m, add src.net to nets for 1h }\n"
    "rule hot { on request when (to.user ?? \"\") in hot then alert }\n"
    "rule near { on request when src.ip in nets then alert }\n";

TEST(DynamicLists, TellTheEngineWhatToAdd) {
  auto rules = Compile(kDynamic);
  ASSERT_NE(rules, nullptr);
  ASSERT_EQ(rules->dynamic_lists().size(), 2u);
  EXPECT_EQ(rules->dynamic_lists()[0].name, "hot");
  EXPECT_EQ(rules->dynamic_lists()[1].kind, lists::Kind::kCidr);
  Running run(rules);
  FakeEvent event;
  const Outcome& outcome = run.Run(event.Set(FieldId::kFromUser, "alice"));
  ASSERT_EQ(outcome.action_count, 2u);
  EXPECT_EQ(outcome.actions[0].kind, ActionRequest::Kind::kAdd);
  EXPECT_EQ(outcome.actions[0].key.str(), "alice");
  EXPECT_EQ(outcome.actions[0].duration, kMinute);
  EXPECT_EQ(outcome.actions[0].table, rules->dynamic_lists()[0].table);
  EXPECT_EQ(outcome.actions[1].table, rules->dynamic_lists()[1].table);
  EXPECT_EQ(outcome.actions[1].key.bits, 24);
}

TEST(DynamicLists, HoldWhatWasAddedUntilItsTime) {
  Running run(Compile(kDynamic));
  const auto add = [&](size_t list, const Value& value, Nanos until) {
    const RuleSet::Dynamic& dynamic = run.rules().dynamic_lists()[list];
    run.region().Ban(run.tables()[dynamic.table], DynamicKey(value, run.region().secret()), "key",
                     "why", until, kSecond);
  };
  add(0, Value::String("bob"), kMinute);
  add(1, Value::Net(*Cidr::Parse("192.0.2.0/24")), kMinute);
  add(1, Value::Ip(*IpAddress::Parse("2001:db8::1")), kMinute);
  FakeEvent event;
  event.Set(FieldId::kToUser, "bob").Set(FieldId::kMethod, int64_t{0});
  EXPECT_EQ(run.Hits(event.Source("192.0.2.77")), (Names{"hot", "near"}));
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event.Source("2001:db8::1").Set(FieldId::kToUser, "carol")), Names{"near"});
  event.At(3 * kSecond);
  EXPECT_EQ(run.Hits(event.Source("2001:db8::2")), Names{});
  event.At(2 * kMinute);
  EXPECT_EQ(run.Hits(event.Source("192.0.2.77").Set(FieldId::kToUser, "bob")), Names{});
}

TEST(DynamicLists, AreKnownByTheirNameAndSize) {
  const auto one = Compile(kDynamic), same = Compile(kDynamic);
  const auto& a = one->tables()[one->dynamic_lists()[0].table];
  const auto& b = same->tables()[same->dynamic_lists()[0].table];
  EXPECT_EQ(a.signature, b.signature);
  EXPECT_EQ(a.capacity, 100u);
  EXPECT_NE(a.signature, one->tables()[one->dynamic_lists()[1].table].signature);
}

}  // namespace
}  // namespace sipward::rules::testing
