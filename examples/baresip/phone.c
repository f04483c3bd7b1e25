#include "phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* Read while the phone starts. */
typedef struct document {
  char* text;
  size_t size;
} document;

typedef struct making {
  sipward_compiler* compiler;
  sipward_trust* trust;
} making;

enum { MOST_BYTES = 4 << 20 };

static int read_document(const char* path, document* out) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) {
    (void)re_fprintf(stderr, "sipward: cannot read %s\n", path);
    return 0;
  }
  out->text = malloc(MOST_BYTES);
  out->size = out->text != NULL ? fread(out->text, 1, MOST_BYTES, file) : 0;
  const int whole = out->text != NULL && feof(file);
  fclose(file);
  if (!whole) {
    (void)re_fprintf(stderr, "sipward: %s is too large\n", path);
    free(out->text);
  }
  return whole;
}

/* The value of a line as a text with a NUL behind it. */
static int copy_value(const struct pl* value, char* out, size_t capacity) {
  return pl_strcpy(value, out, capacity) == 0;
}

static void tell(const making* phone, int32_t status) {
  sipward_diagnostic found = {.struct_size = sizeof found};
  (void)re_fprintf(stderr, "sipward: %s\n", sipward_status_text(status));
  for (uint32_t i = 0; sipward_compiler_diagnostic(phone->compiler, i, &found) == SIPWARD_OK; ++i) {
    (void)re_fprintf(stderr, "sipward: %b:%u:%u: %b\n", found.file.data, found.file.size,
                     found.line, found.column, found.message.data, found.message.size);
  }
}

/* What follows is called for each line of its name; anything but 0 ends it. */

static int add_rules(const struct pl* value, void* arg) {
  making* phone = arg;
  char path[512];
  document rules;
  if (!copy_value(value, path, sizeof path) || !read_document(path, &rules)) return ENOENT;
  const int32_t status =
      sipward_compiler_add_rules(phone->compiler, path, strlen(path), rules.text, rules.size);
  free(rules.text);
  if (status != SIPWARD_OK) tell(phone, status);
  return status == SIPWARD_OK ? 0 : EINVAL;
}

static int add_anchors(const struct pl* value, void* arg) {
  making* phone = arg;
  char path[512];
  document anchors;
  sipward_text reason = {"", 0};
  if (!copy_value(value, path, sizeof path) || !read_document(path, &anchors)) return ENOENT;
  const int32_t status = sipward_trust_set_anchors(phone->trust, anchors.text, anchors.size,
                                                   (int64_t)time(NULL), &reason);
  free(anchors.text);
  if (status == SIPWARD_OK) return 0;
  (void)re_fprintf(stderr, "sipward: %s: %b\n", path, reason.data, reason.size);
  return EINVAL;
}

static int add_certificate(const struct pl* value, void* arg) {
  making* phone = arg;
  struct pl url, path;
  char name[512];
  document chain;
  sipward_text reason = {"", 0};
  if (re_regex(value->p, value->l, "[^=]+=[^ ]+", &url, &path)) {
    (void)re_fprintf(stderr, "sipward: sipward_certificate is URL=FILE, not %r\n", value);
    return EINVAL;
  }
  if (!copy_value(&path, name, sizeof name) || !read_document(name, &chain)) return ENOENT;
  const int32_t status = sipward_trust_provide(phone->trust, url.p, url.l, chain.text, chain.size,
                                               (int64_t)time(NULL), -1, &reason);
  free(chain.text);
  if (status == SIPWARD_OK) return 0;
  (void)re_fprintf(stderr, "sipward: %s: %b\n", name, reason.data, reason.size);
  return EINVAL;
}

static int32_t make_inspector(const making* phone, sipward_inspector** out) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_state_options state_options = {.struct_size = sizeof state_options};
  const sipward_engine_options options = {.struct_size = sizeof options, .trust = phone->trust};
  int32_t status = SIPWARD_ERR_NO_MEMORY;
  if (getrandom(state_options.seed, sizeof state_options.seed, 0) ==
      (ssize_t)sizeof state_options.seed) {
    status = sipward_compiler_build(phone->compiler, &rules);
  }
  if (status == SIPWARD_OK) status = sipward_state_create(&state_options, &state);
  if (status == SIPWARD_OK) status = sipward_engine_create(rules, state, &options, &engine);
  if (status == SIPWARD_OK) status = sipward_inspector_create(engine, out);
  if (status != SIPWARD_OK) tell(phone, status);
  sipward_engine_destroy(engine); /* the inspector holds what it needs */
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  return status;
}

static int configure(making* phone, const struct conf* conf) {
  bool default_rules = true;
  (void)conf_get_bool(conf, "sipward_default_rules", &default_rules);
  if (default_rules && sipward_compiler_add_default_pack(phone->compiler) != SIPWARD_OK) return 0;
  return conf_apply(conf, "sipward_rules", add_rules, phone) == 0 &&
         conf_apply(conf, "sipward_anchors", add_anchors, phone) == 0 &&
         conf_apply(conf, "sipward_certificate", add_certificate, phone) == 0;
}

sipward_inspector* phone_create(const struct conf* conf) {
  making phone = {NULL, NULL};
  sipward_inspector* inspector = NULL;
  sipward_trust_options options = {.struct_size = sizeof options};
  if (getrandom(options.seed, sizeof options.seed, 0) == (ssize_t)sizeof options.seed &&
      sipward_compiler_create(&phone.compiler) == SIPWARD_OK &&
      sipward_trust_create(&options, &phone.trust) == SIPWARD_OK && configure(&phone, conf)) {
    (void)make_inspector(&phone, &inspector);
  }
  sipward_trust_destroy(phone.trust);
  sipward_compiler_destroy(phone.compiler);
  return inspector;
}
