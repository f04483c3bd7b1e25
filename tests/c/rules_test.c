/* Rule texts through the C interface: what is wrong with them, what they name, what is known of
 * them. */
#include "check.h"
#include "sample.h"

static void test_errors_are_data(void) {
  static const char text[] =
      "version 1\nrule a {\n  on request\n  when methd == INVITE\n  then drop\n}\n";
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  int32_t status = sipward_compiler_add_rules(compiler, "site.ward", 9, text, sizeof text - 1);
  if (status == SIPWARD_OK) status = sipward_compiler_build(compiler, &rules);
  CHECK(status == SIPWARD_ERR_RULES && rules == NULL);
  sipward_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
  CHECK(sipward_compiler_diagnostic(compiler, 0, &diagnostic) == SIPWARD_OK);
  CHECK(diagnostic.severity == SIPWARD_SEVERITY_ERROR);
  CHECK(is_text(diagnostic.file, "site.ward"));
  CHECK(diagnostic.line == 4 && diagnostic.column == 8 && diagnostic.length == 5);
  CHECK(diagnostic.code.size == 4 && diagnostic.code.data[0] == 'R');
  CHECK(diagnostic.message.size > 0);
  CHECK(is_text(diagnostic.source_line, "  when methd == INVITE"));
  sipward_compiler_destroy(compiler);
}

static void test_lists_from_files(void) {
  static const char text[] =
      "version 1\nlist bad : cidr file \"bad.txt\"\n"
      "rule a {\n  on request\n  when src.ip in bad\n  then drop\n}\n";
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_text path, named_by;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_file(compiler, 0, &path, &named_by) == SIPWARD_OK);
  CHECK(is_text(path, "bad.txt") && is_text(named_by, "a.ward"));
  CHECK(sipward_compiler_file(compiler, 1, &path, &named_by) == SIPWARD_END);
  CHECK(sipward_compiler_set_file(compiler, 0, "198.51.100.0/24\n", 16) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_rules_count(rules) == 1);
  sipward_compiler_destroy(compiler);
  sipward_rules_destroy(rules);

  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_ERR_RULES);
  sipward_compiler_destroy(compiler);
}

/* The pack names files of its own, which come with it: a host is asked for its files alone. */
static void test_files_of_the_pack_are_not_asked_for(void) {
  static const char before[] = "version 1\nlist first : cidr file \"first.txt\"\n";
  static const char import[] = "version 1\nimport pack\nlist second : cidr file \"second.txt\"\n";
  for (int round = 0; round < 2; ++round) {
    sipward_compiler* compiler = NULL;
    sipward_rules* rules = NULL;
    sipward_text path, named_by;
    CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
    CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, before, sizeof before - 1) ==
          SIPWARD_OK);
    if (round == 1) CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
    CHECK(sipward_compiler_add_rules(compiler, "b.ward", 6, import, sizeof import - 1) ==
          SIPWARD_OK);
    CHECK(sipward_compiler_file(compiler, 0, &path, &named_by) == SIPWARD_OK);
    CHECK(is_text(path, "first.txt") && is_text(named_by, "a.ward"));
    CHECK(sipward_compiler_file(compiler, 1, &path, &named_by) == SIPWARD_OK);
    CHECK(is_text(path, "second.txt") && is_text(named_by, "b.ward"));
    CHECK(sipward_compiler_file(compiler, 2, &path, &named_by) == SIPWARD_END);
    CHECK(sipward_compiler_set_file(compiler, 2, "", 0) == SIPWARD_ERR_ARGUMENT);
    CHECK(sipward_compiler_set_file(compiler, 0, "198.51.100.0/24\n", 16) == SIPWARD_OK);
    CHECK(sipward_compiler_set_file(compiler, 1, "198.51.100.0/24\n", 16) == SIPWARD_OK);
    CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
    sipward_compiler_destroy(compiler);
    sipward_rules_destroy(rules);
  }
}

static void test_descriptions_outlive_the_compiler(void) {
  sipward_rules* rules = NULL;
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  CHECK(sipward_rules_count(rules) == 2);
  sipward_rule_info info = {.struct_size = sizeof info};
  CHECK(sipward_rules_describe(rules, 1, &info) == SIPWARD_OK);
  CHECK(is_text(info.name, "test.often") && is_text(info.file, "test.ward"));
  CHECK(info.line == 8 && is_text(info.severity, "high") && is_text(info.why, "too many INVITEs"));
  CHECK(is_text(info.mode, "enforce") && is_text(info.actions, "drop"));
  CHECK(info.aggregates == 1 && info.state_bytes > 0);
  sipward_rules_destroy(rules);
}

/* Rules that need more than they may are not built, and the diagnostic names the dearest. */
static void test_budgets(void) {
  sipward_rules* rules = NULL;
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  sipward_rule_budget needed = {.struct_size = sizeof needed};
  CHECK(sipward_rules_budget(rules, &needed) == SIPWARD_OK);
  CHECK(needed.state_bytes > 0 && needed.event_ns > 0);
  sipward_rules_destroy(rules);
  for (int which = 0; which < 3; ++which) {
    sipward_compiler* compiler = NULL;
    sipward_rule_budget budget = needed;
    if (which == 1) --budget.event_ns;
    if (which == 2) --budget.state_bytes;
    CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
    CHECK(sipward_compiler_set_budget(compiler, &budget) == SIPWARD_OK);
    CHECK(sipward_compiler_add_rules(compiler, "a", 1, kRules, sizeof kRules - 1) == SIPWARD_OK);
    const int32_t built = sipward_compiler_build(compiler, &rules);
    sipward_diagnostic said = {.struct_size = sizeof said};
    if (which == 0) {
      CHECK(built == SIPWARD_OK);
      CHECK(sipward_compiler_set_budget(compiler, &budget) == SIPWARD_ERR_ARGUMENT);
      sipward_rules_destroy(rules);
    } else {
      CHECK(built == SIPWARD_ERR_RULES);
      CHECK(sipward_compiler_diagnostic(compiler, 0, &said) == SIPWARD_OK);
      CHECK(is_text(said.code, which == 1 ? "R414" : "R406") && said.line == 8);
    }
    sipward_compiler_destroy(compiler);
  }
}

static void test_tests_are_run(void) {
  static const char text[] =
      "version 1\n"
      "rule a.b { on call_start when src.port == 1 then reject 403, tag \"t\" }\n"
      "test a.b { given call_start { src.port = 1 } expect reject, tag \"t\" }\n"
      "test \"bad\" {\n"
      "  given tick given call_start { src.port = 1 } given tick\n"
      "  expect allow\n"
      "}\n";
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_keep_tests(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_compiler_keep_tests(compiler) == SIPWARD_ERR_ARGUMENT);
  sipward_compiler_destroy(compiler);
  CHECK(sipward_rules_test_count(rules) == 2);
  sipward_test_info info = {.struct_size = sizeof info};
  CHECK(sipward_rules_test_describe(rules, 1, &info) == SIPWARD_OK);
  CHECK(is_text(info.name, "bad") && is_text(info.file, "a.ward") && info.line == 4);
  CHECK(info.events == 3 && info.expectations == 1);
  sipward_test_result result = {.struct_size = sizeof result};
  CHECK(sipward_rules_test_run(rules, 0, &result) == SIPWARD_OK);
  CHECK(result.passed == 1 && result.failed == 0 && result.event == 0 && result.found_size == 0);
  CHECK(sipward_rules_test_run(rules, 1, &result) == SIPWARD_OK);
  CHECK(result.passed == 0 && result.failed == 1 && result.line == 6 && result.event == 2);
  CHECK(is_text(result.expected, "allow"));
  const sipward_text found = {result.found, result.found_size};
  CHECK(is_text(found, "reject by a.b; tags t"));
  CHECK(sipward_rules_test_run(rules, 2, &result) == SIPWARD_END);
  sipward_rules_destroy(rules);
}

static void test_default_pack(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "site.ward", 9, kRules, sizeof kRules - 1) ==
        SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  sipward_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
  for (uint32_t i = 0; sipward_compiler_diagnostic(compiler, i, &diagnostic) == SIPWARD_OK; ++i) {
    CHECK(diagnostic.severity == SIPWARD_SEVERITY_WARNING);
  }
  CHECK(sipward_rules_count(rules) > 12);
  for (uint32_t i = 0; i < sipward_rules_count(rules); ++i) {
    sipward_rule_info info = {.struct_size = sizeof info};
    CHECK(sipward_rules_describe(rules, i, &info) == SIPWARD_OK);
    CHECK(info.name.size > 0 && info.why.size > 0);
  }
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);

  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  /* Once, however often it is asked for. */
  static const char text[] = "version 1\nimport pack\n";
  rules = NULL;
  CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_rules_count(rules) > 12);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);

  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "a.ward", 6, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_rules_count(rules) > 12);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
}

int main(void) {
  test_errors_are_data();
  test_lists_from_files();
  test_files_of_the_pack_are_not_asked_for();
  test_descriptions_outlive_the_compiler();
  test_budgets();
  test_tests_are_run();
  test_default_pack();
  return check_failures;
}
