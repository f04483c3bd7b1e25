/* Inspects one SIP message from standard input with the default rules and prints the verdict.
 *
 *   printf 'OPTIONS sip:100@192.0.2.1 SIP/2.0\r\n...' | ./c_minimal
 */
#include <sipward.h>
#include <stdio.h>

static char message[65535];

/* Compiles the rules that come with the library into an engine; NULL if that fails. */
static sipward_engine* make_engine(void) {
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
  if (status != SIPWARD_OK) fprintf(stderr, "%s\n", sipward_status_text(status));
  /* The engine holds what it needs. */
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  return engine;
}

int main(void) {
  sipward_engine* engine = make_engine();
  sipward_inspector* inspector = NULL;
  if (engine == NULL || sipward_inspector_create(engine, &inspector) != SIPWARD_OK) return 2;

  sipward_packet packet = {
      .struct_size = sizeof packet,
      .transport = SIPWARD_TRANSPORT_UDP,
      .direction = SIPWARD_DIRECTION_INBOUND,
      .size = fread(message, 1, sizeof message, stdin),
      .source = {{[10] = 0xFF, [11] = 0xFF, [12] = 198, [13] = 51, [14] = 100, [15] = 7}, 5060, 0},
      .destination = {{[10] = 0xFF, [11] = 0xFF, [12] = 192, [14] = 2, [15] = 1}, 5060, 0},
  };
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const int32_t status = sipward_inspector_inspect(inspector, message, &packet, &verdict);
  if (status == SIPWARD_OK) {
    printf("%s\n", sipward_action_name(verdict.action));
    for (uint32_t i = 0; i < verdict.hit_count; ++i) {
      const sipward_hit* hit = &verdict.hits[i];
      printf("  %.*s: %.*s\n", (int)hit->rule.size, hit->rule.data, (int)hit->why.size,
             hit->why.data);
    }
  }
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return status == SIPWARD_OK ? 0 : 2;
}
