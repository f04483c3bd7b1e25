/* Every _create, the default pack, and the whole way from nothing to a verdict. */
#include "out_of_memory.h"
#include "sample.h"

void destroy_world(world* made) {
  sipward_inspector_destroy(made->inspector);
  sipward_engine_destroy(made->engine);
  sipward_state_destroy(made->state);
  sipward_rules_destroy(made->rules);
  sipward_compiler_destroy(made->compiler);
  sipward_framer_destroy(made->framer);
  sipward_message_destroy(made->message);
}

int32_t make_engine_of(world* made) {
  int32_t status = SIPWARD_OK;
  if (made->rules == NULL && made->engine == NULL) {
    status = sipward_compiler_build(made->compiler, &made->rules);
  }
  if (status == SIPWARD_OK && made->state == NULL && made->engine == NULL) {
    status = sipward_state_create(NULL, &made->state);
  }
  if (status == SIPWARD_OK && made->engine == NULL) {
    status = sipward_engine_create(made->rules, made->state, NULL, &made->engine);
  }
  if (status == SIPWARD_OK && made->inspector == NULL) {
    status = sipward_inspector_create(made->engine, &made->inspector);
  }
  return status;
}

int finds_options(world* made) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  return make_engine_of(made) == SIPWARD_OK &&
         sipward_inspector_inspect(made->inspector, kOptions, &packet, &verdict) == SIPWARD_OK &&
         verdict.hit_count > 0;
}

static int nothing(const scenario* self, world* made) { return self != NULL && made != NULL; }

static int32_t create_message(const scenario* self, world* made) {
  (void)self;
  return sipward_message_create(&made->message);
}
static int parses(const scenario* self, world* made) {
  (void)self;
  return sipward_message_parse(made->message, kOk, sizeof kOk - 1, NULL) == SIPWARD_OK;
}

static int32_t create_framer(const scenario* self, world* made) {
  return sipward_framer_create((uint32_t)self->number, &made->framer);
}
static int frames(const scenario* self, world* made) {
  size_t taken = 0, size = 0;
  const char* data = NULL;
  if (self->number == 1) return sipward_framer_pending(made->framer) == 0;
  return sipward_framer_push(made->framer, kOk, sizeof kOk - 1, &taken) == SIPWARD_OK &&
         sipward_framer_next(made->framer, &data, &size, NULL) == SIPWARD_OK;
}

static int32_t create_compiler(const scenario* self, world* made) {
  (void)self;
  return sipward_compiler_create(&made->compiler);
}
static int compiles(const scenario* self, world* made) {
  (void)self;
  return sipward_compiler_add_rules(made->compiler, "a", 1, kRules, sizeof kRules - 1) ==
             SIPWARD_OK &&
         finds_options(made);
}

static int with_compiler(const scenario* self, world* made) {
  return create_compiler(self, made) == SIPWARD_OK;
}
static int32_t add_default_pack(const scenario* self, world* made) {
  (void)self;
  return sipward_compiler_add_default_pack(made->compiler);
}

static int32_t create_state(const scenario* self, world* made) {
  const sipward_state_options options = {.struct_size = sizeof options, .bytes = self->number};
  return sipward_state_create(&options, &made->state);
}
static int holds_an_engine(const scenario* self, world* made) {
  return with_compiler(self, made) && compiles(self, made);
}

static int with_rules_and_small_state(const scenario* self, world* made) {
  return make_rules(kRules, &made->rules) == SIPWARD_OK && create_state(self, made) == SIPWARD_OK;
}
static int32_t create_engine(const scenario* self, world* made) {
  (void)self;
  return sipward_engine_create(made->rules, made->state, NULL, &made->engine);
}

static int with_pack(const scenario* self, world* made) {
  return with_compiler(self, made) && add_default_pack(self, made) == SIPWARD_OK;
}
static int32_t build(const scenario* self, world* made) {
  (void)self;
  return sipward_compiler_build(made->compiler, &made->rules);
}
static int32_t create_inspector(const scenario* self, world* made) {
  (void)self;
  return sipward_inspector_create(made->engine, &made->inspector);
}
/* The rules are built once and stay: that takes longer than all that is tested here. */
static int with_pack_engine(const scenario* self, world* made) {
  static sipward_rules* rules = NULL;
  if (rules == NULL) {
    world own = {0};
    if (!with_pack(self, &own) || build(self, &own) != SIPWARD_OK) return 0;
    rules = own.rules;
    own.rules = NULL;
    destroy_world(&own);
  }
  return sipward_state_create(NULL, &made->state) == SIPWARD_OK &&
         sipward_engine_create(rules, made->state, NULL, &made->engine) == SIPWARD_OK;
}
static int knows_a_scanner(const scenario* self, world* made) {
  static const char kScanner[] =
      "OPTIONS sip:100@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bK1\r\n"
      "Max-Forwards: 70\r\nTo: <sip:100@192.0.2.1>\r\nFrom: <sip:100@192.0.2.1>;tag=1\r\n"
      "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nUser-Agent: friendly-scanner\r\n\r\n";
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet packet = make_packet(0, sizeof kScanner - 1, 7);
  (void)self;
  return make_engine_of(made) == SIPWARD_OK &&
         sipward_inspector_inspect(made->inspector, kScanner, &packet, &verdict) == SIPWARD_OK &&
         verdict.action == SIPWARD_ACTION_DROP;
}

/* An engine that counts calls. */
static int with_counting_engine(const scenario* self, world* made) {
  const sipward_engine_options options = {.struct_size = sizeof options, .analytics_rows = 4};
  (void)self;
  return make_rules(kRules, &made->rules) == SIPWARD_OK &&
         sipward_state_create(NULL, &made->state) == SIPWARD_OK &&
         sipward_engine_create(made->rules, made->state, &options, &made->engine) == SIPWARD_OK;
}
static int with_counting_inspector(const scenario* self, world* made) {
  return with_counting_engine(self, made) && finds_options(made);
}
static int32_t take_analytics(const scenario* self, world* made) {
  sipward_analytics* analytics = NULL;
  (void)self;
  const int32_t status = sipward_engine_analytics(made->engine, &analytics);
  sipward_analytics_destroy(analytics);
  return status;
}
static int counts_calls(const scenario* self, world* made) {
  return finds_options(made) && take_analytics(self, made) == SIPWARD_OK;
}

/* What a host does at its start; on failure it gives back what it has. */
static int32_t everything(const scenario* self, world* made) {
  world own = {0};
  int32_t status = create_compiler(self, &own);
  if (status == SIPWARD_OK) {
    status = sipward_compiler_add_rules(own.compiler, "a", 1, kRules, sizeof kRules - 1);
  }
  if (status == SIPWARD_OK) status = make_engine_of(&own);
  if (status == SIPWARD_OK) status = create_message(self, &own);
  if (status == SIPWARD_OK) status = sipward_framer_create(0, &own.framer);
  if (status != SIPWARD_OK) {
    destroy_world(&own);
  } else {
    *made = own;
  }
  return status;
}
static int works(const scenario* self, world* made) {
  return finds_options(made) && parses(self, made) && frames(self, made);
}

enum { kSmallState = 1 << 17, kLargeState = 256 << 20 };

static const scenario kScenarios[] = {
    {"message", NULL, 0, nothing, create_message, SIPWARD_OK, parses},
    {"framer of 1 byte", NULL, 1, nothing, create_framer, SIPWARD_OK, frames},
    {"framer of 64 KiB", NULL, 1 << 16, nothing, create_framer, SIPWARD_OK, frames},
    {"framer of the default size", NULL, 0, nothing, create_framer, SIPWARD_OK, frames},
    {"framer of 64 MiB", NULL, 1 << 26, nothing, create_framer, SIPWARD_OK, frames},
    {"compiler", NULL, 0, nothing, create_compiler, SIPWARD_OK, compiles},
    {"state of the default size", NULL, 0, nothing, create_state, SIPWARD_OK, holds_an_engine},
    {"state of 256 MiB", NULL, kLargeState, nothing, create_state, SIPWARD_OK, holds_an_engine},
    {"engine in a state that is too small", NULL, kSmallState, with_rules_and_small_state,
     create_engine, SIPWARD_ERR_STATE_FULL, nothing},
    {"whole set-up", NULL, 0, nothing, everything, SIPWARD_OK, works},
    {"add the default pack", NULL, 0, with_compiler, add_default_pack, SIPWARD_OK, knows_a_scanner},
    {"build the default pack", NULL, 0, with_pack, build, SIPWARD_OK, knows_a_scanner},
    {"inspector that counts calls", NULL, 0, with_counting_engine, create_inspector, SIPWARD_OK,
     counts_calls},
    {"analytics", NULL, 0, with_counting_inspector, take_analytics, SIPWARD_OK, counts_calls},
    {"inspector of the default pack", NULL, 0, with_pack_engine, create_inspector, SIPWARD_OK,
     knows_a_scanner},
};

const scenario* object_scenarios(size_t* count) {
  *count = sizeof kScenarios / sizeof kScenarios[0];
  return kScenarios;
}
