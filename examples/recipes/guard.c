#include "guard.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { MOST_RULE_BYTES = 1 << 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sipward_rules* rules = NULL; /* held so that the texts of verdicts live */
static sipward_engine* engine = NULL;
static sipward_inspector* inspector = NULL;

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int32_t add_file(sipward_compiler* compiler, const char* path) {
  FILE* file = fopen(path, "rb");
  char* text = malloc(MOST_RULE_BYTES);
  int32_t status = SIPWARD_ERR_ARGUMENT;
  if (file != NULL && text != NULL) {
    const size_t size = fread(text, 1, MOST_RULE_BYTES, file);
    status = sipward_compiler_add_rules(compiler, path, strlen(path), text, size);
  }
  free(text);
  if (file != NULL) fclose(file);
  return status;
}

static int32_t open_all(const char* rule_file, sipward_compiler** compiler) {
  sipward_state* state = NULL;
  sipward_state_options options = {.struct_size = sizeof options};
  if (getrandom(options.seed, sizeof options.seed, 0) != (ssize_t)sizeof options.seed) {
    return SIPWARD_ERR_NO_MEMORY;
  }
  int32_t status = sipward_compiler_create(compiler);
  if (status == SIPWARD_OK) status = sipward_compiler_add_default_pack(*compiler);
  if (status == SIPWARD_OK && rule_file != NULL) status = add_file(*compiler, rule_file);
  if (status == SIPWARD_OK) status = sipward_compiler_build(*compiler, &rules);
  if (status == SIPWARD_OK) status = sipward_state_create(&options, &state);
  if (status == SIPWARD_OK) status = sipward_engine_create(rules, state, NULL, &engine);
  if (status == SIPWARD_OK) status = sipward_inspector_create(engine, &inspector);
  sipward_state_destroy(state);
  return status;
}

int guard_open(const char* rule_file) {
  sipward_compiler* compiler = NULL;
  const int32_t status = open_all(rule_file, &compiler);
  if (status != SIPWARD_OK) {
    sipward_diagnostic found = {.struct_size = sizeof found};
    fprintf(stderr, "sipward: %s\n", sipward_status_text(status));
    for (uint32_t i = 0; sipward_compiler_diagnostic(compiler, i, &found) == SIPWARD_OK; ++i) {
      fprintf(stderr, "sipward: line %u: %.*s\n", found.line, (int)found.message.size,
              found.message.data);
    }
    guard_close();
  }
  sipward_compiler_destroy(compiler);
  return status == SIPWARD_OK ? 0 : -1;
}

void guard_close(void) {
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_rules_destroy(rules);
  inspector = NULL;
  engine = NULL;
  rules = NULL;
}

int32_t guard_inspect(const char* base, sipward_packet* packet, sipward_verdict* verdict) {
  packet->wall_ns = now_ns(CLOCK_REALTIME);
  packet->monotonic_ns = now_ns(CLOCK_MONOTONIC);
  pthread_mutex_lock(&lock);
  const int32_t status = sipward_inspector_inspect(inspector, base, packet, verdict);
  pthread_mutex_unlock(&lock);
  return status;
}

int32_t guard_event(sipward_host_event* event, sipward_verdict* verdict) {
  event->wall_ns = now_ns(CLOCK_REALTIME);
  event->monotonic_ns = now_ns(CLOCK_MONOTONIC);
  pthread_mutex_lock(&lock);
  const int32_t status = sipward_inspector_event(inspector, event, verdict);
  pthread_mutex_unlock(&lock);
  return status;
}

int guard_text_fact(const char* field, const char* text, sipward_fact* out) {
  if (text == NULL || text[0] == '\0') return 0;
  memset(out, 0, sizeof *out);
  out->kind = SIPWARD_FACT_TEXT;
  out->text = text;
  out->text_size = strlen(text);
  return sipward_field_find(SIPWARD_EVENT_CALL_START, field, strlen(field), &out->field) ==
         SIPWARD_OK;
}

int guard_code(const sipward_verdict* verdict) {
  if (verdict->sip_code != 0) return (int)verdict->sip_code;
  return verdict->action == SIPWARD_ACTION_THROTTLE || verdict->action == SIPWARD_ACTION_HOLD ? 503
                                                                                              : 403;
}

void guard_reason(const sipward_verdict* verdict, char* out, size_t capacity) {
  if (verdict->sip_code != 0 && verdict->sip_reason.size > 0) {
    snprintf(out, capacity, "%.*s", (int)verdict->sip_reason.size, verdict->sip_reason.data);
  } else {
    snprintf(out, capacity, "%s", guard_code(verdict) == 503 ? "Service Unavailable" : "Forbidden");
  }
}

void guard_rule(const sipward_verdict* verdict, char* out, size_t capacity) {
  out[0] = '\0';
  for (uint32_t i = 0; i < verdict->hit_count; ++i) {
    const sipward_hit* hit = &verdict->hits[i];
    if (hit->action != verdict->action || !hit->enforced) continue;
    snprintf(out, capacity, "%.*s", (int)hit->rule.size, hit->rule.data);
    return;
  }
}
