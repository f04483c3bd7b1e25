#include "rule_texts.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILE_BYTES = 64 << 20, MOST_PATH_BYTES = 1024 };

/* Where texts come from: files that are read and kept, or what was kept before. */
typedef struct supply {
  rule_texts* kept;
  int replays;
  size_t position; /* of the next text, if it replays */
  char* why;
} supply;

static int keep(rule_texts* texts, const char* text, size_t size) {
  const uint64_t length = size;
  char* grown = realloc(texts->data, texts->size + sizeof length + size);
  if (grown == NULL) return 0;
  memcpy(grown + texts->size, &length, sizeof length);
  if (size > 0) memcpy(grown + texts->size + sizeof length, text, size);
  texts->data = grown;
  texts->size += sizeof length + size;
  return 1;
}

/* The contents of a file, malloc'd; NULL with the reason in errno. */
static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) return NULL;
  char* text = NULL;
  size_t capacity = 0;
  *size = 0;
  for (;;) {
    if (*size == capacity) {
      capacity = capacity == 0 ? 65536 : 2 * capacity;
      char* grown = capacity <= MOST_FILE_BYTES ? realloc(text, capacity) : NULL;
      if (grown == NULL) {
        errno = EFBIG;
        break;
      }
      text = grown;
    }
    const size_t got = fread(text + *size, 1, capacity - *size, file);
    *size += got;
    if (got > 0) continue;
    if (ferror(file)) break;
    fclose(file);
    return text;
  }
  const int reason = errno;
  free(text);
  fclose(file);
  errno = reason;
  return NULL;
}

/* The next text: a view into what is kept. */
static int next_text(supply* from, const char* path, const char** text, size_t* size) {
  uint64_t length = 0;
  if (!from->replays) {
    size_t read = 0;
    char* fresh = read_file(path, &read);
    if (fresh == NULL) {
      snprintf(from->why, RULE_TEXTS_WHY_BYTES, "cannot read %s: %s", path, strerror(errno));
      return 0;
    }
    const int kept = keep(from->kept, fresh, read);
    free(fresh);
    if (!kept) {
      snprintf(from->why, RULE_TEXTS_WHY_BYTES, "no memory for %s", path);
      return 0;
    }
  }
  if (from->kept->size - from->position < sizeof length) {
    snprintf(from->why, RULE_TEXTS_WHY_BYTES, "%s was not read before", path);
    return 0;
  }
  memcpy(&length, from->kept->data + from->position, sizeof length);
  *text = from->kept->data + from->position + sizeof length;
  *size = (size_t)length;
  from->position += sizeof length + *size;
  return 1;
}

/* `path` as seen from the file that names it. 0 if it is too long. */
static int resolve(sipward_text path, sipward_text named_by, char* out) {
  size_t folder = 0;
  if (path.size > 0 && path.data[0] != '/') {
    folder = named_by.size;
    while (folder > 0 && named_by.data[folder - 1] != '/') --folder;
  }
  if (folder + path.size >= MOST_PATH_BYTES) return 0;
  memcpy(out, named_by.data, folder);
  memcpy(out + folder, path.data, path.size);
  out[folder + path.size] = '\0';
  return 1;
}

/* The first error of the compiler, or the status in words. */
static void explain(const sipward_compiler* compiler, int32_t status, char* why) {
  if (why[0] != '\0') return;
  sipward_diagnostic found = {.struct_size = sizeof found};
  for (uint32_t i = 0; sipward_compiler_diagnostic(compiler, i, &found) == SIPWARD_OK; ++i) {
    if (found.severity != SIPWARD_SEVERITY_ERROR) continue;
    snprintf(why, RULE_TEXTS_WHY_BYTES, "%.*s:%u:%u: %.*s", (int)found.file.size, found.file.data,
             found.line, found.column, (int)found.message.size, found.message.data);
    return;
  }
  snprintf(why, RULE_TEXTS_WHY_BYTES, "%s", sipward_status_text(status));
}

static int32_t add_everything(sipward_compiler* compiler, const rule_source* source, supply* from) {
  int32_t status = SIPWARD_OK;
  const char* text = NULL;
  size_t size = 0;
  if (source->default_pack) status = sipward_compiler_add_default_pack(compiler);
  for (int i = 0; status == SIPWARD_OK && i < source->file_count; ++i) {
    const char* file = source->files[i];
    if (!next_text(from, file, &text, &size)) return SIPWARD_ERR_RULES;
    status = sipward_compiler_add_rules(compiler, file, strlen(file), text, size);
  }
  sipward_text path, named_by;
  for (uint32_t i = 0; status == SIPWARD_OK; ++i) {
    if (sipward_compiler_file(compiler, i, &path, &named_by) != SIPWARD_OK) break;
    char place[MOST_PATH_BYTES];
    if (!resolve(path, named_by, place)) {
      snprintf(from->why, RULE_TEXTS_WHY_BYTES, "the path of a file is too long: %.*s",
               (int)path.size, path.data);
      return SIPWARD_ERR_RULES;
    }
    if (!next_text(from, place, &text, &size)) return SIPWARD_ERR_RULES;
    status = sipward_compiler_set_file(compiler, i, text, size);
  }
  return status;
}

static sipward_rules* compile(const rule_source* source, supply* from) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  from->why[0] = '\0';
  int32_t status = sipward_compiler_create(&compiler);
  if (status == SIPWARD_OK) status = add_everything(compiler, source, from);
  if (status == SIPWARD_OK) status = sipward_compiler_build(compiler, &rules);
  if (status != SIPWARD_OK) explain(compiler, status, from->why);
  sipward_compiler_destroy(compiler);
  return rules;
}

sipward_rules* rule_texts_read(const rule_source* source, rule_texts* texts, char* why) {
  texts->data = NULL;
  texts->size = 0;
  supply from = {.kept = texts, .replays = 0, .position = 0, .why = why};
  sipward_rules* rules = compile(source, &from);
  if (rules == NULL) rule_texts_free(texts);
  return rules;
}

sipward_rules* rule_texts_compile(const rule_source* source, const rule_texts* texts, char* why) {
  rule_texts kept = *texts;
  supply from = {.kept = &kept, .replays = 1, .position = 0, .why = why};
  return compile(source, &from);
}

void rule_texts_free(rule_texts* texts) {
  free(texts->data);
  texts->data = NULL;
  texts->size = 0;
}
