/* Inspects every SIP message of a capture with the default rules, and prints a line for each that
 * is not let through without a word: its frame, the verdict, the rule and why.
 *
 *   ./c_capture calls.pcap
 *
 * Exit: 0; 1 if there was such a message; 2 if the capture cannot be read. */
#include <sipward.h>
#include <sipward/c/capture.h>
#include <stdio.h>
#include <string.h>

static int fail(int32_t status) {
  fprintf(stderr, "%s\n", sipward_status_text(status));
  return 2;
}

/* An inspector with the rules that come with the library; it holds what it needs. */
static int32_t make_inspector(sipward_inspector** out) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  /* A host that faces the world puts 16 random bytes here, so that nobody can foresee its hashes.
   */
  const sipward_state_options options = {.struct_size = sizeof options, .seed = {0}};
  int32_t status = sipward_compiler_create(&compiler);
  if (status == SIPWARD_OK) status = sipward_compiler_add_default_pack(compiler);
  if (status == SIPWARD_OK) status = sipward_compiler_build(compiler, &rules);
  if (status == SIPWARD_OK) status = sipward_state_create(&options, &state);
  if (status == SIPWARD_OK) status = sipward_engine_create(rules, state, NULL, &engine);
  if (status == SIPWARD_OK) status = sipward_inspector_create(engine, out);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  return status;
}

static void print(uint64_t frame, const sipward_verdict* verdict) {
  printf("%llu %s", (unsigned long long)frame, sipward_action_name(verdict->action));
  if (verdict->hit_count > 0) {
    const sipward_hit* hit = &verdict->hits[0];
    printf(" %.*s: %.*s", (int)hit->rule.size, hit->rule.data, (int)hit->why.size, hit->why.data);
  }
  printf("\n");
}

/* SIPWARD_END, or what went wrong. */
static int32_t inspect_all(sipward_capture* capture, sipward_inspector* inspector, int* found) {
  sipward_capture_item item = {.struct_size = sizeof item};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  int32_t status;
  while ((status = sipward_capture_next(capture, &item)) == SIPWARD_OK) {
    status = sipward_inspector_inspect(inspector, item.data, item.packet, &verdict);
    if (status != SIPWARD_OK) break;
    if (verdict.action == SIPWARD_ACTION_ALLOW) continue;
    print(item.frame, &verdict);
    *found = 1;
  }
  return status;
}

int main(int argc, char** argv) {
  sipward_inspector* inspector = NULL;
  sipward_capture* capture = NULL;
  int found = 0;
  if (argc != 2) return 2;
  int32_t status = make_inspector(&inspector);
  if (status == SIPWARD_OK) status = sipward_capture_create(&capture);
  if (status != SIPWARD_OK) return fail(status);

  status = sipward_capture_open(capture, argv[1], strlen(argv[1]));
  if (status == SIPWARD_OK) status = inspect_all(capture, inspector, &found);
  if (status == SIPWARD_ERR_CAPTURE) {
    sipward_text error;
    sipward_capture_error(capture, &error);
    fprintf(stderr, "%.*s\n", (int)error.size, error.data);
  } else if (status != SIPWARD_END) {
    fail(status);
  }
  sipward_capture_destroy(capture);
  sipward_inspector_destroy(inspector);
  return status == SIPWARD_END ? found : 2;
}
