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
    const DynamicTable table(&run.region(), run.tables()[dynamic.table], dynamic.kind);
    EXPECT_EQ(table.Add(value, "why", until, kSecond), DynamicTable::Added::kAdded);
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

constexpr char kOfEveryKind[] =
    "version 1\n"
    "list nets : cidr dynamic\n"
    "list codes : prefix dynamic\n"
    "list names : domain dynamic\n"
    "rule net { on request when src.ip in nets then alert }\n"
    "rule code { on request when (to.user ?? \"\") in codes then alert }\n"
    "rule name { on request when (from.host ?? \"\") in names then alert }\n";

// Lists of every kind, filled by hand.
class EveryKind : public ::testing::Test {
 protected:
  DynamicTable Table(size_t list) {
    const RuleSet::Dynamic& dynamic = run_.rules().dynamic_lists()[list];
    return DynamicTable(&run_.region(), run_.tables()[dynamic.table], dynamic.kind);
  }
  bool Add(size_t list, const char* text) {
    const Value value = list == 0 ? Value::IpOrNet(*Cidr::Parse(text)) : Value::String(text);
    return Table(list).Add(value, "why", kHour, kSecond) != DynamicTable::Added::kRefused;
  }
  // What fits, as it stands there.
  std::string Find(size_t list, const char* text) {
    const Value value = list == 0 ? Value::Ip(*IpAddress::Parse(text)) : Value::String(text);
    state::BanInfo info;
    return Table(list).Find(value, kMinute, &info) ? std::string(info.key) : "";
  }

  Running run_{Compile(kOfEveryKind)};
};

TEST_F(EveryKind, NetworksHaveAnyLength) {
  for (const char* net : {"203.0.112.0/22", "203.0.113.128/25", "198.51.100.9", "10.0.0.0/8",
                          "2001:db8::/29", "2001:db8:10::/44", "2001:db8::1", "2a00::/16"}) {
    EXPECT_TRUE(Add(0, net)) << net;
  }
  EXPECT_EQ(Find(0, "203.0.113.1"), "203.0.112.0/22");
  EXPECT_EQ(Find(0, "203.0.113.129"), "203.0.113.128/25") << "the narrowest";
  EXPECT_EQ(Find(0, "203.0.116.0"), "");
  EXPECT_EQ(Find(0, "198.51.100.9"), "198.51.100.9");
  EXPECT_EQ(Find(0, "198.51.100.8"), "");
  EXPECT_EQ(Find(0, "10.255.0.1"), "10.0.0.0/8");
  EXPECT_EQ(Find(0, "2001:db8:f::1"), "2001:db8::/29");
  EXPECT_EQ(Find(0, "2001:db8:1f::1"), "2001:db8:10::/44");
  EXPECT_EQ(Find(0, "2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(Find(0, "2a00:1::"), "2a00::/16");
  EXPECT_EQ(Find(0, "2b00::"), "");
  EXPECT_FALSE(Add(0, "0.0.0.0/0"));
  EXPECT_FALSE(Add(0, "10.0.0.0/7"));
  EXPECT_FALSE(Add(0, "::/0"));
  EXPECT_FALSE(Add(0, "2a00::/15"));
  FakeEvent event;
  event.At(kMinute);
  EXPECT_EQ(run_.Hits(event.Source("203.0.115.255")), Names{"net"});
}

TEST_F(EveryKind, PrefixesAreDigitsWithOrWithoutAPlus) {
  for (const char* code : {"+88213", "881", "4930123", "1"}) EXPECT_TRUE(Add(1, code)) << code;
  EXPECT_TRUE(Add(1, std::string(64, '7').c_str()));
  for (const char* none : {"", "+", "49 30", "alice", "4930x"}) {
    EXPECT_FALSE(Add(1, none)) << none;
  }
  EXPECT_FALSE(Add(1, std::string(65, '7').c_str()));
  EXPECT_EQ(Find(1, "+88213999"), "88213") << "it stands there without a plus";
  EXPECT_EQ(Find(1, "88213"), "88213");
  EXPECT_EQ(Find(1, "8821"), "");
  EXPECT_EQ(Find(1, "+12025550100"), "1");
  EXPECT_EQ(Find(1, "++1"), "");
  EXPECT_EQ(Find(1, "493012"), "");
  EXPECT_EQ(Find(1, "49301234;ext=1"), "4930123");
  EXPECT_EQ(Find(1, (std::string(70, '7')).c_str()), std::string(63, '7')) << "as much as is kept";
  EXPECT_EQ(Find(1, std::string(63, '7').c_str()), "");
  FakeEvent event;
  event.At(kMinute);
  event.Set(FieldId::kToUser, "+881600");
  EXPECT_EQ(run_.Hits(event), Names{"code"});
}

TEST_F(EveryKind, DomainsHoldWhatIsBelowThem) {
  for (const char* name : {"Bad.Example", "a.b.c.example.", "test"}) {
    EXPECT_TRUE(Add(2, name)) << name;
  }
  for (const char* none : {"", ".", "a..b", "*.example", ".example", "a b", "-\n"}) {
    EXPECT_FALSE(Add(2, none)) << none;
  }
  EXPECT_EQ(Find(2, "bad.example"), "bad.example");
  EXPECT_EQ(Find(2, "SIP.bad.EXAMPLE."), "bad.example");
  EXPECT_EQ(Find(2, "notbad.example"), "");
  EXPECT_EQ(Find(2, "example"), "");
  EXPECT_EQ(Find(2, "x.a.b.c.example"), "a.b.c.example");
  EXPECT_EQ(Find(2, "b.c.example"), "");
  EXPECT_EQ(Find(2, "very.test"), "test");
  std::string deep;  // labels without end, as a sender may write them
  for (int i = 0; i < 2000; ++i) deep += "x.";
  EXPECT_EQ(Find(2, (deep + "bad.example").c_str()), "bad.example");
  EXPECT_EQ(Find(2, (deep + "good.example").c_str()), "");
  EXPECT_EQ(Find(2, (std::string(300, 'x') + ".bad.example").c_str()), "bad.example");
  EXPECT_EQ(Find(2, (std::string(300, 'x') + "bad.example").c_str()), "");
  FakeEvent event;
  event.At(kMinute);
  event.Set(FieldId::kFromHost, "pbx.bad.example");
  EXPECT_EQ(run_.Hits(event), Names{"name"});
}

TEST_F(EveryKind, EntriesGoByThemselvesAlone) {
  EXPECT_TRUE(Add(0, "203.0.112.0/22"));
  EXPECT_TRUE(Add(1, "+881"));
  EXPECT_TRUE(Add(2, "bad.example"));
  EXPECT_FALSE(Table(0).Remove(Value::Ip(*IpAddress::Parse("203.0.113.1")), kMinute));
  EXPECT_TRUE(Table(0).Remove(Value::Net(*Cidr::Parse("203.0.112.0/22")), kMinute));
  EXPECT_FALSE(Table(1).Remove(Value::String("8816"), kMinute));
  EXPECT_TRUE(Table(1).Remove(Value::String("881"), kMinute));
  EXPECT_FALSE(Table(2).Remove(Value::String("sip.bad.example"), kMinute));
  EXPECT_TRUE(Table(2).Remove(Value::String("BAD.example."), kMinute));
  EXPECT_EQ(Find(0, "203.0.113.1") + Find(1, "8816") + Find(2, "bad.example"), "");
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
