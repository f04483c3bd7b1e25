/* Certificates and keys that tests/identity/pki_cases.py writes when the tests are built. */
#ifndef SIPWARD_TESTS_C_PKI_FILE_H_
#define SIPWARD_TESTS_C_PKI_FILE_H_

#include <stdio.h>
#include <stdlib.h>

#include "sipward.h"

/* The time for which they are made. */
enum { kPkiNow = 1800000000 };

/* Lives until the program ends; no data if there is no such file. */
static sipward_text pki_file(const char* name) {
  enum { kMost = 1 << 16 };
  static char rooms[8][kMost];
  static int used = 0;
  char path[512];
  snprintf(path, sizeof path, "%s/%s", SIPWARD_TEST_PKI, name);
  FILE* file = used < 8 ? fopen(path, "rb") : NULL;
  if (file == NULL) return (sipward_text){NULL, 0};
  char* room = rooms[used++];
  const size_t size = fread(room, 1, kMost, file);
  fclose(file);
  return (sipward_text){room, size};
}

#endif /* SIPWARD_TESTS_C_PKI_FILE_H_ */
