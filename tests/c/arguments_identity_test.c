/* Identity and tickets, argument by argument: NULL, misaligned, a size or value that cannot be. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_resume(sipward_inspector* it) {
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 4711};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  REFUSED(sipward_inspector_resume(NULL, kOptions, &packet, 1, &verdict));
  REFUSED(sipward_inspector_resume(MISALIGNED(sipward_inspector), kOptions, &packet, 1, &verdict));
  REFUSED(sipward_inspector_resume(it, NULL, &packet, 1, &verdict));
  REFUSED(sipward_inspector_resume(it, kOptions, NULL, 1, &verdict));
  REFUSED(sipward_inspector_resume(it, kOptions, MISALIGNED(sipward_packet), 1, &verdict));
  REFUSED(sipward_inspector_resume(it, kOptions, &packet, 1, NULL));
  REFUSED(sipward_inspector_resume(it, kOptions, &packet, 1, MISALIGNED(sipward_verdict)));
  CHECK(sipward_inspector_resume(it, kOptions, &packet, 1, &verdict) == SIPWARD_ERR_TICKET);
  CHECK(verdict.action == 4711);
}

static void refuse(sipward_inspector* it, sipward_identity_check identity) {
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 4711};
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  packet.identity = &identity;
  REFUSED(sipward_inspector_inspect(it, kOptions, &packet, &verdict));
  REFUSED(sipward_inspector_resume(it, kOptions, &packet, 1, &verdict));
  CHECK(verdict.action == 4711);
}

static void test_identity(sipward_inspector* it) {
  const sipward_identity_check good = {.struct_size = sizeof good};
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  packet.identity = &good;
  CHECK(sipward_inspector_inspect(it, kOptions, &packet, &verdict) == SIPWARD_OK);
  packet.identity = MISALIGNED(sipward_identity_check);
  REFUSED(sipward_inspector_inspect(it, kOptions, &packet, &verdict));
  sipward_identity_check bad = good;
  bad.struct_size = 0;
  refuse(it, bad);
  bad = good, bad.result = SIPWARD_IDENTITY_VERIFIED + 1;
  refuse(it, bad);
  bad = good, bad.reserved = 1;
  refuse(it, bad);
  bad = good, bad.reason_size = 1;
  refuse(it, bad);
  bad = good, bad.attest_size = 1;
  refuse(it, bad);
  bad = good, bad.origid_size = 1;
  refuse(it, bad);
  bad = good, bad.spc_size = 1;
  refuse(it, bad);
  bad = good, bad.verstat_size = 1;
  refuse(it, bad);
  bad = good, bad.verstat = "x", bad.verstat_size = kTooMuch;
  refuse(it, bad);
}

int main(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  REQUIRE(engine != NULL);
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  test_resume(inspector);
  test_identity(inspector);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
