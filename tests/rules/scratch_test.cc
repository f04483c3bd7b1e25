// What happens when there is no memory to scan pattern lists with.
#include <gtest/gtest.h>
#include <hs.h>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

TEST(Evaluator, SaysThatItsListsCannotBeScanned) {
  const auto rules = Compile(RuleOf("matches(body, \"a+b\")"));
  ASSERT_NE(rules, nullptr);
  EXPECT_TRUE(Running(rules).evaluator().ok());
  hs_set_scratch_allocator([](size_t) -> void* { return nullptr; }, nullptr);
  const bool ok = Running(rules).evaluator().ok();
  hs_set_scratch_allocator(nullptr, nullptr);
  EXPECT_FALSE(ok);
}

TEST(Evaluator, WithoutPatternsNeedsNoScratch) {
  hs_set_scratch_allocator([](size_t) -> void* { return nullptr; }, nullptr);
  const bool ok = Running(Compile(RuleOf("src.port > 1"))).evaluator().ok();
  hs_set_scratch_allocator(nullptr, nullptr);
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace sipward::rules::testing
