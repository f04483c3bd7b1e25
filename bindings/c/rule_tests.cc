#include <algorithm>

#include "engine/engine.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace rules = sipward::rules;

namespace {

sipward_test_info ToC(const rules::TestCase& test) {
  sipward_test_info out{};
  out.line = test.line;
  out.name = Text(test.name);
  out.file = Text(test.file);
  for (const rules::TestCase::Step& step : test.steps) out.events += step.count;
  out.expectations = static_cast<uint32_t>(test.expectations.size());
  return out;
}

sipward_test_result ToC(const sipward::engine::RuleTestResult& result) {
  sipward_test_result out{};
  out.passed = result.failed == 0 ? 1 : 0;
  out.failed = result.failed;
  out.expected = Text("");
  if (result.expected != nullptr) {
    out.line = result.expected->line;
    out.expected = Text(result.expected->written);
  }
  out.event = result.event;
  out.found_size = static_cast<uint32_t>(std::min(result.found.size(), sizeof out.found));
  std::copy_n(result.found.begin(), out.found_size, out.found);
  return out;
}

}  // namespace

extern "C" {

uint32_t sipward_rules_test_count(const sipward_rules* rules) {
  return Usable(rules) ? static_cast<uint32_t>(rules->rules->tests().size()) : 0;
}

int32_t sipward_rules_test_describe(const sipward_rules* rules, uint32_t index,
                                    sipward_test_info* out) {
  if (!Usable(rules) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= sipward_rules_test_count(rules)) return SIPWARD_END;
  WriteStruct(ToC(rules->rules->tests()[index]), out);
  return SIPWARD_OK;
}

int32_t sipward_rules_test_run(const sipward_rules* rules, uint32_t index,
                               sipward_test_result* out) {
  if (!Usable(rules) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= sipward_rules_test_count(rules)) return SIPWARD_END;
  return Guard([&]() -> int32_t {
    const auto result = sipward::engine::RunRuleTest(rules->rules, index);
    if (!result) return SIPWARD_ERR_NO_MEMORY;
    WriteStruct(ToC(*result), out);
    return SIPWARD_OK;
  });
}

}  // extern "C"
