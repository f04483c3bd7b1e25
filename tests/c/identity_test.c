/* Identity that the host checks: told with the packet, or later for a ticket. */
#include "check.h"
#include "sample.h"

static const char kPolicy[] =
    "version 1\n"
    "rule stale { on request where method == INVITE when identity.reason == IAT_STALE\n"
    "  then reject 403 \"Stale Date\" }\n"
    "rule other { on request where method == INVITE when identity.reason == OTHER then drop }\n"
    "rule old { on request where method == INVITE\n"
    "  when has(identity.age) and identity.age > 10s and (identity.attest ?? \"\") == \"B\" and\n"
    "    (identity.origid ?? \"\") == \"7\" and (identity.spc ?? \"\") == \"709J\" and\n"
    "    identity.div_count == 2 and identity.verstat == \"TN-Validation-Passed\"\n"
    "  then tag \"old\" }\n"
    "rule unknown { on request where method == INVITE when identity.result == pending\n"
    "  then tag \"unknown\" }\n";

static sipward_inspector* make_inspector(uint32_t by_host, sipward_engine** engine) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_inspector* inspector = NULL;
  sipward_engine_options options = {.struct_size = sizeof options, .identity_by_host = by_host};
  CHECK(make_rules(kPolicy, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, &options, engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(*engine, &inspector) == SIPWARD_OK);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  return inspector;
}

static sipward_identity_check stale(void) {
  return (sipward_identity_check){.struct_size = sizeof(sipward_identity_check),
                                  .result = SIPWARD_IDENTITY_FAILED,
                                  .reason = "IAT_STALE",
                                  .reason_size = 9};
}

static void test_with_the_packet(void) {
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = make_inspector(1, &engine);
  sipward_packet packet = make_packet(0, sizeof kValues - 1, 1);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_identity_check identity = stale();
  packet.identity = &identity;
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.flags == 0 && verdict.ticket == 0);
  CHECK(is_text(verdict.sip_reason, "Stale Date"));
  identity.reason = "OUR_OWN";
  identity.reason_size = 7;
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_DROP);
  identity = (sipward_identity_check){.struct_size = sizeof identity,
                                      .result = SIPWARD_IDENTITY_VERIFIED,
                                      .attest = "B",
                                      .attest_size = 1,
                                      .origid = "7",
                                      .origid_size = 1,
                                      .spc = "709J",
                                      .spc_size = 4,
                                      .verstat = "TN-Validation-Passed",
                                      .verstat_size = 20,
                                      .iat = packet.wall_ns / 1000000000 - 11,
                                      .div_count = 2};
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.tag_count == 1 && is_text(verdict.tags[0].text, "old"));
  identity.iat = 0;
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.tag_count == 0);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

static void test_later(void) {
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = make_inspector(1, &engine);
  sipward_packet packet = make_packet(0, sizeof kValues - 1, 1);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_statistics statistics = {.struct_size = sizeof statistics};
  const sipward_identity_check identity = stale();
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.flags == SIPWARD_VERDICT_PENDING && verdict.ticket != 0);
  CHECK(verdict.action == SIPWARD_ACTION_ALLOW && verdict.hit_count == 0);
  const uint64_t ticket = verdict.ticket;
  packet.identity = &identity;
  verdict.action = 4711;
  CHECK(sipward_inspector_resume(inspector, kValues, &packet, ticket ^ 1, &verdict) ==
        SIPWARD_ERR_TICKET);
  CHECK(verdict.action == 4711);
  for (int i = 0; i < 2; ++i) {
    CHECK(sipward_inspector_resume(inspector, kValues, &packet, ticket, &verdict) == SIPWARD_OK);
    CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.flags == 0 && verdict.ticket == 0);
    CHECK(verdict.hit_count == 1 && is_text(verdict.hits[0].rule, "stale"));
  }
  CHECK(sipward_engine_statistics(engine, &statistics) == SIPWARD_OK);
  CHECK(statistics.packets == 1 && statistics.pending == 1 && statistics.resumed == 2);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

static void test_nobody_checks(void) {
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = make_inspector(0, &engine);
  const sipward_packet packet = make_packet(0, sizeof kValues - 1, 1);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kValues, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.flags == 0 && verdict.tag_count == 1 && is_text(verdict.tags[0].text, "unknown"));
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

int main(void) {
  test_with_the_packet();
  test_later();
  test_nobody_checks();
  return check_failures;
}
