// Rules of the deepest nesting that is allowed compile and run on a stack of 64 KB.
#include "tests/rules/small_stack.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

constexpr size_t kStackBytes = StackBytes(64 << 10);
constexpr int kFewestLevels = 31;  // where a level of the construct is two of the language
constexpr int kMostLevels = 130;

struct Construct {
  const char* name;
  std::function<std::string(int levels)> text;
};

std::string Chain(const std::string& head, const std::string& tail, int levels) {
  std::string text = "version 1\ndefine d0 = src.port\n";
  for (int i = 1; i <= levels; ++i) {
    text +=
        "define d" + std::to_string(i) + " = " + head + "d" + std::to_string(i - 1) + tail + "\n";
  }
  return text + "rule t { on request when d" + std::to_string(levels) + " > 1 then alert }\n";
}

std::vector<Construct> Constructs() {
  const auto rule = [](const std::string& head, const std::string& open, const std::string& inside,
                       const std::string& close, const std::string& tail) {
    return [=](int levels) {
      return RuleOf(head + Repeated(open, levels) + inside + Repeated(close, levels) + tail);
    };
  };
  const std::string list = "list l : exact [\"a\": \"b\"] value n:string\n";
  return {
      {"parentheses", rule("", "(", "src.port", ")", " > 1")},
      {"not", rule("", "not ", "src.registered", "", "")},
      {"minus", rule("", "-", "src.port", "", " < 1")},
      {"choices", rule("", "src.registered ? false : ", "true", "", "")},
      {"choices in conditions", rule("", "(", "src.registered", ") ? false : true", "")},
      {"defaults", rule("(", "from.user ?? ", "\"\"", "", ") == \"a\"")},
      {"calls", rule("len(", "lower(", "body", ")", ") > 1")},
      {"and in or", rule("", "(src.port > 1 and (src.port < 5 or ", "src.registered", "))", "")},
      {"memberships", rule("", "((", "src.registered", " ? 1 : 2) in [1])", "")},
      {"weak in strong", rule("", "src.registered or src.registered and src.registered == (",
                              "src.registered", ")", "")},
      {"lookups",
       [list](int levels) {
         return "version 1\n" + list + "rule t { on request when " + Repeated("(l[", levels) +
                "body" + Repeated("] ?? \"\")", levels) + " == \"a\" then alert }\n";
       }},
      {"in an aggregate's condition", rule("count(by src.ip over 1m if ", "not (src.port < 5 or ",
                                           "src.registered", ")", ") > 0")},
      {"in an aggregate's key", rule("count(by ", "lower(", "body", ")", " over 1m) > 0")},
      {"in what an aggregate counts",
       rule("distinct(", "lower(", "body", ")", " by src.ip over 1m) > 0")},
      {"sums", rule("", "", "src.port", " + 1", " > 1")},
      {"defines", [](int levels) { return Chain("", " + 1", levels); }},
      {"defines in parentheses and choices",
       [](int levels) { return Chain("(src.registered ? 1 : -(2 + ", "))", levels); }},
      {"defines in choices", [](int levels) { return Chain("src.registered ? 1 : ", "", levels); }},
  };
}

TEST(StackOf64Kilobytes, IsEnoughForTheDeepestRules) {
  for (const Construct& construct : Constructs()) {
    int levels = 0;
    while (levels < kMostLevels && Compile(construct.text(levels + 1)) != nullptr) ++levels;
    EXPECT_GE(levels, kFewestLevels) << construct.name;
    EXPECT_LT(levels, kMostLevels) << construct.name;
    OnStackOf(kStackBytes, [&] {
      const auto rules = Compile(construct.text(levels));
      ASSERT_NE(rules, nullptr) << construct.name;
      Running running(rules);
      FakeEvent event;
      EXPECT_LE(running.Hits(event).size(), 1u) << construct.name;
      std::vector<Diagnostic> found;
      EXPECT_EQ(Compile(construct.text(levels + 1), &found), nullptr) << construct.name;
      ASSERT_FALSE(found.empty()) << construct.name;
      EXPECT_EQ(found[0].code, "R401") << construct.name << ": " << found[0].message;
    });
  }
}

}  // namespace
}  // namespace sipward::rules::testing
