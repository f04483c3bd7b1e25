/* Other rules while the engine runs: counts go on, a batch sees one generation, what does not fit
 * leaves the old rules. */
#include "check.h"
#include "sample.h"

static sipward_verdict verdict_of(sipward_inspector* inspector) {
  const sipward_packet packet = make_packet(0, sizeof kInvite - 1, 9);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
  return verdict;
}

static void test_counts_go_on(void) {
  static const char kStricter[] =
      "version 1\n"
      "rule test.stricter {\n"
      "  on request where method == INVITE\n"
      "  when count(by src.ip over 1m) > 2\n"
      "  then reject 486 \"Enough\"\n"
      "}\n";
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  sipward_rules* rules = NULL;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int i = 0; i < 2; ++i) CHECK(verdict_of(inspector).action == SIPWARD_ACTION_ALLOW);
  CHECK(make_rules(kStricter, &rules) == SIPWARD_OK);
  CHECK(sipward_engine_reload(engine, rules, NULL) == SIPWARD_OK);
  sipward_rules_destroy(rules);
  const sipward_verdict verdict = verdict_of(inspector);
  CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.sip_code == 486);
  CHECK(verdict.hit_count == 1 && is_text(verdict.hits[0].rule, "test.stricter"));
  CHECK(verdict.hits[0].values[0] == 3.0);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

static void test_what_does_not_fit_leaves_the_old_rules(void) {
  static const char kLarge[] =
      "version 1\n"
      "rule test.large { on request when count(by from.user ?? \"\" over 1m max 65536) > 1 "
      "then drop }\n";
  static const char kSmall[] = "version 1\nrule test.small { on request when true then alert }\n";
  sipward_rules* small = NULL;
  sipward_rules* large = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  const sipward_state_options options = {.struct_size = sizeof options, .bytes = 9 << 20};
  CHECK(make_rules(kSmall, &small) == SIPWARD_OK && make_rules(kLarge, &large) == SIPWARD_OK);
  CHECK(sipward_state_create(&options, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(small, state, NULL, &engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  CHECK(sipward_engine_reload(engine, large, &misfit) == SIPWARD_ERR_STATE_FULL);
  CHECK(misfit.bytes > misfit.room && misfit.signature_size > 4);
  const sipward_verdict verdict = verdict_of(inspector);
  CHECK(verdict.hit_count == 1 && is_text(verdict.hits[0].rule, "test.small"));
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(large);
  sipward_rules_destroy(small);
}

int main(void) {
  test_counts_go_on();
  test_what_does_not_fit_leaves_the_old_rules();
  return check_failures;
}
