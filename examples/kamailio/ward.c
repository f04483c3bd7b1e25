#include "ward.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "core/dprint.h"
#include "shared.h"

static ward_settings settings;
static sipward_engine* engine = NULL;
static sipward_inspector* inspector = NULL; /* of this process, made when it first asks */
static uint32_t generation = 0;             /* of the rules that this process runs */

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t ward_monotonic_ns(void) { return now_ns(CLOCK_MONOTONIC); }

const sipward_engine* ward_engine(void) { return engine; }

static int32_t make_engine(const sipward_rules* rules) {
  sipward_state_options state_options = {.struct_size = sizeof state_options, .shared = 1};
  state_options.bytes = (uint64_t)settings.state_mib << 20;
  if (getrandom(state_options.seed, sizeof state_options.seed, 0) !=
      (ssize_t)sizeof state_options.seed) {
    return SIPWARD_ERR_NO_MEMORY;
  }
  const sipward_engine_options options = {.struct_size = sizeof options,
                                          .report_only = settings.report_only != 0};
  sipward_state* state = NULL;
  int32_t status = sipward_state_create(&state_options, &state);
  if (status == SIPWARD_OK) status = sipward_engine_create(rules, state, &options, &engine);
  sipward_state_destroy(state); /* the engine holds it */
  return status;
}

int ward_create(const ward_settings* given) {
  char why[RULE_TEXTS_WHY_BYTES];
  rule_texts texts;
  settings = *given;
  sipward_rules* rules = rule_texts_read(&settings.rules, &texts, why);
  if (rules == NULL) {
    LM_ERR("the rules cannot be used: %s\n", why);
    return -1;
  }
  const uint32_t count = sipward_rules_count(rules);
  const int32_t status = make_engine(rules);
  sipward_rules_destroy(rules);
  if (status != SIPWARD_OK) LM_ERR("no engine: %s\n", sipward_status_text(status));
  const int made = status == SIPWARD_OK ? shared_create(&texts) : -1;
  rule_texts_free(&texts);
  generation = 1;
  if (made == 0) LM_INFO("%u rules%s\n", count, settings.report_only ? ", which only report" : "");
  return made;
}

void ward_destroy(void) {
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  inspector = NULL;
  engine = NULL;
}

/* 1 if the engine has these rules now; else 0 with a sentence. */
static int put_in_place(const sipward_rules* rules, char* why) {
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  const int32_t status = sipward_engine_reload(engine, rules, &misfit);
  if (status == SIPWARD_ERR_STATE_FULL) {
    snprintf(why, RULE_TEXTS_WHY_BYTES, "state_mib is too small: %.*s needs %llu bytes",
             (int)misfit.signature_size, misfit.signature, (unsigned long long)misfit.bytes);
  } else if (status != SIPWARD_OK) {
    snprintf(why, RULE_TEXTS_WHY_BYTES, "%s", sipward_status_text(status));
  }
  return status == SIPWARD_OK;
}

void ward_follow(void) {
  if (generation == shared_generation()) return;
  rule_texts texts;
  char why[RULE_TEXTS_WHY_BYTES] = "no memory";
  const uint32_t taken = shared_take(&texts);
  sipward_rules* rules = taken != 0 ? rule_texts_compile(&settings.rules, &texts, why) : NULL;
  const int placed = rules != NULL && put_in_place(rules, why);
  if (!placed) {
    LM_ERR("this process goes on with the rules that it has: %s\n", why);
    ++shared_mine()->reload_failures;
  } else {
    shared_mine()->generation = taken;
  }
  /* Tried once: a message must not pay for it again and again. */
  if (taken != 0) generation = taken;
  sipward_rules_destroy(rules);
  if (taken != 0) rule_texts_free(&texts);
}

uint32_t ward_reload(char* why) {
  rule_texts texts;
  sipward_rules* rules = rule_texts_read(&settings.rules, &texts, why);
  if (rules == NULL) return 0;
  uint32_t published = 0;
  if (put_in_place(rules, why)) {
    published = shared_publish(&texts);
    if (published == 0) snprintf(why, RULE_TEXTS_WHY_BYTES, "no shared memory for the rules");
  }
  if (published != 0) generation = published;
  if (published != 0) shared_mine()->generation = published;
  sipward_rules_destroy(rules);
  rule_texts_free(&texts);
  return published;
}

static int be_ready(void) {
  if (inspector != NULL) return 1;
  const int32_t status = sipward_inspector_create(engine, &inspector);
  if (status != SIPWARD_OK) {
    LM_ERR("no inspector: %s\n", sipward_status_text(status));
    return 0;
  }
  shared_mine()->pid = (int32_t)getpid();
  shared_mine()->generation = generation;
  return 1;
}

int ward_inspect(const char* base, sipward_packet* packet, sipward_verdict* verdict) {
  if (!be_ready()) return -1;
  packet->wall_ns = now_ns(CLOCK_REALTIME);
  packet->monotonic_ns = ward_monotonic_ns();
  verdict->struct_size = sizeof *verdict;
  return sipward_inspector_inspect(inspector, base, packet, verdict) == SIPWARD_OK ? 0 : -1;
}
