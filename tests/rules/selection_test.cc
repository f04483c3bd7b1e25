// Asking the rules that can match must come to the same as asking all of them.
#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

// Rules over a few texts of a few letters, so that literals overlap and most tests hold sometimes.
class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  std::string File(int rules) {
    std::string text =
        "version 1\n"
        "list words : exact [\"ab\", \"A\", \"ba\"]\nlist folded : exact nocase [\"ab\", \"bb\"]\n"
        "list numbers : prefix [\"1\", \"22\"]\nlist hosts : domain [\"ab\", \"b.a\"]\n"
        "list seen : pattern [\"a+b\", \"^b\", \"B.$\"]\nlist none : pattern []\n"
        "list also : pattern [\"bb\", \"a+b\", \"a+b\", \"^a\", \"b.?a\"]\n"
        "list nets : cidr [\"192.0.2.0/30\", \"2001:db8::/32\"]\n"
        "define odd = src.port in [1, 3, 5, 7] and not src.registered\n";
    for (int i = 0; i < rules; ++i) {
      text += "rule r" + std::to_string(i) + " { on " +
              Pick({"request", "request", "response", "request, response"});
      if (Chance(30)) text += " where " + (Chance(30) ? std::string("odd") : Condition(1));
      text += " when " + Condition(Below(4)) + " then alert }\n";
    }
    return text;
  }

  void Fill(FakeEvent* event) {
    for (const FieldId id : {FieldId::kUserAgent, FieldId::kFromUser, FieldId::kToHost}) {
      if (Chance(75)) event->Set(id, Kept(Word(6)));
    }
    event->Set(FieldId::kToDigits, Kept(Pick({"", "1", "12", "22", "2", "221"})));
    event->Set(FieldId::kBody, Kept(Word(12)));
    event->Set(FieldId::kSrcPort, Below(8)).Set(FieldId::kCode, Below(3));
    event->Set(FieldId::kSrcRegistered, Below(2));
    event->Source(Pick({"192.0.2.1", "192.0.2.2", "192.0.2.130", "2001:db8::1", "2001:db9::1"}));
    event->Set(FieldId::kMethod,
               static_cast<int64_t>(Chance(50) ? sip::Method::kInvite : sip::Method::kRegister));
    if (Chance(50)) event->AddHeader("x-a", Kept(Word(4)));
    if (Chance(50)) event->AddAnomaly(sip::AnomalyId::kLineBareLf);
  }
  bool Chance(int percent) { return Below(100) < percent; }

 private:
  std::string Condition(int depth) {
    if (depth <= 0) return Test();
    switch (Below(7)) {
      case 0:
      case 1:
        return "(" + Condition(depth - 1) + " and " + Condition(depth - 1) + ")";
      case 2:
        return "(" + Condition(depth - 1) + " or " + Condition(depth - 1) + ")";
      case 3:
        return "(not " + Condition(depth - 1) + ")";
      case 4:
        return "(" + Condition(depth - 1) + " ? " + Condition(depth - 1) + " : " +
               Condition(depth - 1) + ")";
      case 5: {
        std::string sum = "((" + Test() + " ? 1 : 0)";
        for (int more = 1 + Below(3); more > 0; --more) {
          sum += " + (" + Condition(depth - 1) + Pick({" ? 1 : 0)", " ? 2 : 0)", " ? 0 : 1)"});
        }
        return sum + Pick({" >= ", " > ", " == ", " < "}) + std::to_string(Below(4)) + ")";
      }
      default:
        return Test();
    }
  }

  std::string Subject() {
    return Pick({"(user_agent ?? \"\")", "(user_agent ?? \"\")", "(user_agent ?? \"aB\")",
                 "(from.user ?? \"\")", "(to.host ?? \"b.a\")", "to.digits", "body",
                 "lower(user_agent ?? \"\")", "lower(body)", "prefix(body, 3)",
                 "(header(\"X-A\") ?? \"\")", "digits(from.user ?? \"1\")",
                 "(src.port > 3 ? body : to.digits)"});
  }

  std::string Test() {
    switch (Below(11)) {
      case 0:
        return "(" + Subject() + Pick({" == ", " == ", " != "}) + Quoted() + ")";
      case 1:
      case 2:
      case 3:
        return Pick({"contains(", "contains(", "starts_with(", "ends_with(", "equals_nocase("}) +
               Subject() + ", " + Quoted() + ")";
      case 4:
        return Pick({"matches(", "matches_nocase("}) + Subject() + ", " +
               Pick({"\"a+b\"", "\"^B\"", "\"ab$\"", "\"[ab]{3}\"", "\"\\\\.\""}) + ")";
      case 5:
        return "(" + Subject() +
               Pick({" in words", " in folded", " in numbers", " in hosts", " in seen", " in also",
                     " in none", " not in seen"}) +
               ")";
      case 6:
        return "(" + Subject() + " in [" + Quoted() + ", " + Quoted() + "])";
      case 7:
        return Pick({"(src.ip in nets)", "(src.ip in \"192.0.2.0/25\")", "(src.ip in \"::/0\")",
                     "(src.ip == \"192.0.2.2\")", "(src.ip in \"2001:db8::/64\")",
                     "(src.ip in [\"192.0.2.1\", \"2001:db8::/31\"])"});
      case 8:
        return Pick({"(src.port == ", "(src.port == ", "(src.port < ", "(len(body) == "}) +
               std::to_string(Below(8)) + ")";
      case 9:
        return Pick({"anomaly(\"line.bare_lf\")", "method == REGISTER", "has(user_agent)",
                     "malformed", "src.registered", "(src.port in [2, 3, 9])"});
      default:
        return "(has(from.user) and from.user == " + Quoted() + ")";
    }
  }

  std::string Word(int most) {
    std::string word;
    for (int left = Below(most + 1); left > 0; --left) word += "aAbB.1"[Below(6)];
    return word;
  }
  std::string Quoted() { return "\"" + Word(3) + "\""; }
  std::string_view Kept(std::string text) { return kept_.emplace_back(std::move(text)); }
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint32_t>(limit)); }
  std::string Pick(const std::vector<const char*>& choices) {
    return choices[static_cast<size_t>(Below(static_cast<int>(choices.size())))];
  }

  std::mt19937 random_;
  std::deque<std::string> kept_;  // texts of events
};

TEST(Selection, CandidatesAreEnough) {
  size_t hits = 0, asked = 0, asked_of_all = 0;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    Generator generator(seed);
    std::vector<Diagnostic> found;
    const auto rules =
        Compile(generator.File(seed % 10 == 0 ? 400 : 1 + static_cast<int>(seed)), &found);
    ASSERT_NE(rules, nullptr) << seed << ": " << (found.empty() ? "" : found[0].message);
    Running some(rules), all(rules, Asking::kEveryRule);
    for (int i = 0; i < 60; ++i) {
      FakeEvent event(
          generator.Chance(60) ? facts::EventKind::kRequest : facts::EventKind::kResponse,
          (i + 1) * kSecond);
      generator.Fill(&event);
      const Outcome one = some.Run(event);
      event.At(event.now());
      const Outcome& other = all.Run(event);
      ASSERT_EQ(one.hit_count, other.hit_count) << seed << " " << i;
      ASSERT_EQ(one.omitted, other.omitted) << seed << " " << i;
      for (size_t k = 0; k < one.hit_count; ++k) {
        ASSERT_EQ(rules->rules()[one.hits[k].rule].name, rules->rules()[other.hits[k].rule].name)
            << seed << " " << i;
      }
      hits += one.hit_count;
      asked += some.evaluator().asked();
      asked_of_all += all.evaluator().asked();
    }
  }
  EXPECT_GT(hits, 20'000u);
  EXPECT_LT(asked, asked_of_all * 9 / 10);
}

size_t AskedOf(std::string_view text, FakeEvent* event) {
  Running running(Compile(text));
  running.Run(*event);
  return running.evaluator().asked();
}

std::string Many(std::string_view before, std::string_view after, int count = 1000) {
  std::string text = "version 1\n";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(10'000 + i);
    text += "rule r" + number + " { on request when " + std::string(before) + number +
            std::string(after) + " then alert }\n";
  }
  return text;
}

// Of a thousand rules of one kind, those are asked that the event can match.
TEST(Selection, RulesThatCannotMatchAreNotAsked) {
  FakeEvent event;
  event.Set(FieldId::kUserAgent, "agent 10005 and 10007");
  event.Set(FieldId::kFromUser, "10009").Set(FieldId::kSrcPort, 10'011);
  event.Set(FieldId::kBody, "X10013y").Set(FieldId::kToUser, "X10015");
  const std::vector<std::pair<std::string, size_t>> cases = {
      {Many("contains(user_agent ?? \"\", \"", "\")"), 2},
      {Many("contains(lower(user_agent ?? \"\"), \"t ", "\")"), 1},
      {Many("matches(user_agent ?? \"\", \"", "$\")"), 1},
      {Many("(from.user ?? \"\") == \"", "\""), 1},
      {Many("has(from.user) and from.user == \"", "\" and src.port > 1"), 1},
      {Many("starts_with(body, \"X", "\")"), 1},
      {Many("ends_with(body, \"", "y\")"), 1},
      {Many("equals_nocase(body, \"x", "Y\")"), 1},
      {Many("(to.user ?? \"\") in [\"a\", \"X", "\"]"), 1},
      {Many("src.port == ", ""), 1},
      {Many("src.port == ", " or len(body) == 3"), 1},
      {Many("(src.port == ", " ? 1 : 0) + (body == \"z\" ? 1 : 0) >= 1"), 1},
      {Many("src.registered and src.port > ", ""), 0},
      {Many("src.port > ", ""), 11},
      // Texts are made in turn.
      {Many("len(lower(body)) > ", ""), 1000},
  };
  for (const auto& [text, asked] : cases) {
    event.At(event.now() + kSecond);
    EXPECT_EQ(AskedOf(text, &event), asked) << text.substr(0, 120);
  }
}

// So many rules for so many methods that what they share is looked for by method.
TEST(Selection, ManyRulesOfManyMethodsAreFoundAlike) {
  const std::vector<std::string> methods = {"INVITE",    "REGISTER", "OPTIONS", "MESSAGE",
                                            "SUBSCRIBE", "BYE",      "CANCEL",  "NOTIFY"};
  std::string text = "version 1\n";
  for (int i = 0; i < 4800; ++i) {
    text += "rule r" + std::to_string(i) + " { on request when ";
    if (i % 2 == 0) text += "method == " + methods[static_cast<size_t>(i / 2) % 8] + " and ";
    text += "src.port > " + std::to_string(i) + " and not has(user_agent) then alert }\n";
  }
  const auto rules = Compile(text);
  Running some(rules);
  Running all(rules, Asking::kEveryRule);
  FakeEvent event;
  for (const int64_t port : {0, 7, 4800}) {
    event.Set(FieldId::kSrcPort, port).At(event.now() + kSecond);
    const Outcome one = some.Run(event);
    const Outcome& other = all.Run(event);
    EXPECT_EQ(one.hit_count + one.omitted, other.hit_count + other.omitted) << port;
    ASSERT_EQ(one.hit_count, other.hit_count);
    for (size_t i = 0; i < one.hit_count; ++i) EXPECT_EQ(one.hits[i].rule, other.hits[i].rule);
    EXPECT_EQ(some.evaluator().asked(), one.hit_count + one.omitted);
  }
}

TEST(Selection, NetworksAreAskedByAddress) {
  std::string text = "version 1\n";
  for (int i = 0; i < 256; ++i) {
    const std::string number = std::to_string(i);
    text += "rule a" + number + " { on request when src.ip in \"192.0." + number +
            ".0/24\" then alert }\nrule b" + number +
            " { on request when src.ip == \"2001:db8::" + number + "\" then alert }\n";
  }
  text +=
      "rule wide { on request when src.ip in [\"192.0.0.0/16\", \"2001:db8::/32\"] then alert }\n";
  FakeEvent event;
  EXPECT_EQ(AskedOf(text, &event), 2u);
  event.Source("2001:db8::17").At(2 * kSecond);
  EXPECT_EQ(AskedOf(text, &event), 2u);
  event.Source("10.0.0.1").At(3 * kSecond);
  EXPECT_EQ(AskedOf(text, &event), 0u);
}

// A condition that rules without an index have in common is asked once for all of them, whatever it
// is, and before what may not come first.
TEST(Selection, SharedConditionsGuard) {
  for (const auto& [shared, holds] :
       std::vector<std::pair<std::string, bool>>{{"starts_with(user_agent ?? \"\", \"\")", true},
                                                 {"not contains(user_agent ?? \"\", \"x\")", true},
                                                 {"max_forwards ?? 0 in [1, 2]", false},
                                                 {"src.port * 1.5 in [1.5, 3.0]", true},
                                                 {"src.registered", false},
                                                 {"src.port < 2", true}}) {
    std::string text = "version 1\n";
    for (int i = 0; i < 20; ++i) {
      text += "rule r" + std::to_string(i) + " { on request where " + shared +
              " when len(lower(body)) < " + std::to_string(i) + " then alert }\n";
    }
    FakeEvent event;
    event.Set(FieldId::kSrcPort, 1).Set(FieldId::kBody, "0123456789");
    Running running(Compile(text));
    EXPECT_EQ(running.Hits(event).size(), holds ? 9u : 0u) << shared;
    EXPECT_EQ(running.evaluator().asked(), holds ? 20u : 0u) << shared;
  }
}

// What names identity guards as well, once it is known; while it is not, its rules may match.
TEST(Selection, IdentityGuardsTheSecondStage) {
  std::string text = "version 1\n";
  for (int i = 0; i < 20; ++i) {
    text += "rule r" + std::to_string(i) +
            " { on request where method == INVITE and identity.result == failed"
            " when identity.reason == SIG_INVALID or src.port == " +
            std::to_string(i) + " then alert }\n";
  }
  Running running(Compile(text));
  FakeEvent event;
  event.Set(FieldId::kMethod, static_cast<int64_t>(sip::Method::kInvite));
  event.Set(FieldId::kSrcPort, 7);
  const auto found = [&](facts::IdentityResult result, facts::IdentityReason reason) {
    event.Set(FieldId::kIdentityResult, static_cast<int64_t>(result));
    event.Set(FieldId::kIdentityReason, static_cast<int64_t>(reason));
    event.At(event.now() + kSecond);
    const size_t hits = running.Hits(event).size();
    return std::pair(hits, running.evaluator().asked());
  };
  using Counts = std::pair<size_t, size_t>;
  EXPECT_EQ(found(facts::IdentityResult::kNone, facts::IdentityReason::kNoIdentity), Counts(0, 0));
  EXPECT_EQ(found(facts::IdentityResult::kFailed, facts::IdentityReason::kSigInvalid),
            Counts(20, 20));
  EXPECT_EQ(found(facts::IdentityResult::kFailed, facts::IdentityReason::kIatStale), Counts(1, 20));

  Outcome outcome;
  Evaluator& evaluator = running.evaluator();
  evaluator.RunFirst(event, &outcome);
  EXPECT_TRUE(evaluator.HasSecond());
  EXPECT_FALSE(evaluator.SecondCounts());
  EXPECT_TRUE(evaluator.AsksForIdentity());
  event.Set(FieldId::kMethod, static_cast<int64_t>(sip::Method::kRegister));
  event.At(event.now() + kSecond);
  evaluator.RunFirst(event, &outcome);
  EXPECT_FALSE(evaluator.AsksForIdentity());
}

// Nothing is in an empty list, which a site may fill.
TEST(Selection, RulesOfAnEmptyListAreNotAsked) {
  FakeEvent event;
  event.Set(FieldId::kUserAgent, "x");
  EXPECT_EQ(
      AskedOf(
          "version 1 list none : exact [] list dyn : exact dynamic max 16\n"
          "rule a { on request when (user_agent ?? \"\") in none then alert }\n"
          "rule b { on request when (user_agent ?? \"\") in none or src.port == 9 then alert }\n"
          "rule c { on request when (user_agent ?? \"\") not in none then alert }\n"
          "rule d { on request when (user_agent ?? \"\") in dyn then alert }\n",
          &event),
      2u);
}

// Rules are asked in their order, whoever finds them.
TEST(Selection, KeepsTheOrderOfTheRules) {
  Running running(
      Compile("version 1\n"
              "rule a { on request when src.port > 1 then alert }\n"
              "rule b { on request when contains(user_agent ?? \"\", \"x\") then alert }\n"
              "rule c { on request when src.port > 2 then alert }\n"
              "rule d { on request when src.ip in \"192.0.2.0/24\" then alert }\n"
              "rule e { on request when contains(user_agent ?? \"\", \"y\") then alert }\n"
              "rule f { on request when src.port > 3 then alert }\n"));
  FakeEvent event;
  event.Set(FieldId::kUserAgent, "yx").Set(FieldId::kSrcPort, 9);
  EXPECT_EQ(running.Hits(event), (std::vector<std::string>{"a", "b", "c", "d", "e", "f"}));
}

// What is in upper case cannot be in a text in lower case; a default may hold where the field does
// not.
TEST(Selection, DefaultsAndCaseAreWhatTheyWere) {
  Running running(
      Compile("version 1\n"
              "rule a { on request when contains(lower(user_agent ?? \"\"), \"Ab\") then alert }\n"
              "rule b { on request when contains(lower(user_agent ?? \"\"), \"ab\") then alert }\n"
              "rule c { on request when contains(from.user ?? \"xyz\", \"y\") then alert }\n"
              "rule d { on request when contains(from.user ?? \"xyz\", \"z\") then alert }\n"
              "rule e { on request when (to.user ?? \"\") == \"\" then alert }\n"
              "rule f { on request when contains(user_agent ?? \"\", \"\") then alert }\n"));
  FakeEvent event;
  event.Set(FieldId::kUserAgent, "xAb");
  EXPECT_EQ(running.Hits(event), (std::vector<std::string>{"b", "c", "d", "e", "f"}));
}

}  // namespace
}  // namespace sipward::rules::testing
