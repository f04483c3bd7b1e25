// What is remembered of texts changes no result.
#include "rules/text_memo.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules {
namespace {

using testing::Compile;
using testing::FakeEvent;
using testing::Running;

TEST(TextMemo, AsksOnceOfATextAndAgainOfAnother) {
  TextMemo memo;
  int asked = 0;
  const auto holds = [&](std::string_view text) {
    return memo.Holds(text, [&] {
      ++asked;
      return text.size() % 2 == 0;
    });
  };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(holds("even"));
  EXPECT_EQ(asked, 1);
  EXPECT_FALSE(holds("odd"));
  EXPECT_TRUE(holds(""));
  EXPECT_TRUE(holds(""));
  EXPECT_EQ(asked, 3);
}

TEST(TextMemo, KeepsNothingOfLongTexts) {
  TextMemo memo;
  int asked = 0;
  for (const size_t size : {TextMemo::kLongest, TextMemo::kLongest + 1}) {
    const std::string text(size, 'x');
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(memo.Holds(text, [&] { return ++asked > 0; }));
    }
  }
  EXPECT_EQ(asked, 1 + 3);
}

// More texts than there are places, with the same front and with the same back.
TEST(TextMemo, TextsThatShareAPlaceAreToldApart) {
  TextMemo memo;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 1000; ++i) {
      const std::string text = "a long name/" + std::to_string(i) + " of a long program";
      EXPECT_EQ(memo.Holds(text, [&] { return i % 3 == 0; }), i % 3 == 0) << text;
    }
  }
}

// Absent, empty, old, new, too long; each behind each.
TEST(TextMemo, ConditionsHoldAsIfNothingWereRemembered) {
  const std::string rule =
      "version 1\nrule outdated { on request when version_less(version(user_agent ?? \"x 1.0\") ?? "
      "\"9.0\", \"2.0\") or product(user_agent ?? \"\") == \"old\" then alert }\n";
  const std::string long_old = "x 1.5 " + std::string(TextMemo::kLongest, 'y');
  const std::vector<std::pair<std::optional<std::string>, bool>> agents = {
      {std::nullopt, true}, {"", false},      {"x 1.0", true},     {"x 2.0", false},
      {"old/7.0", true},    {long_old, true}, {"x 1.0 beta", true}};
  Running running(Compile(rule));
  for (const auto& [first, first_old] : agents) {
    for (const auto& [second, second_old] : agents) {
      for (const auto& [agent, old] :
           {std::pair(first, first_old), std::pair(second, second_old)}) {
        FakeEvent event;
        if (agent) event.Set(facts::FieldId::kUserAgent, *agent);
        EXPECT_EQ(running.Hits(event).size(), old ? 1u : 0u) << agent.value_or("(absent)");
      }
    }
  }
}

}  // namespace
}  // namespace sipward::rules
