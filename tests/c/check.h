/* The smallest test harness: CHECK counts what fails, main returns the count. */
#ifndef SIPWARD_TESTS_C_CHECK_H_
#define SIPWARD_TESTS_C_CHECK_H_

#include <stdio.h>
#include <string.h>

static int check_failures = 0;

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
      ++check_failures;                                                       \
    }                                                                         \
  } while (0)

/* For what the rest of a test stands on. */
#define REQUIRE(condition)                                                      \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: required: %s\n", __FILE__, __LINE__, #condition); \
      return 1;                                                                 \
    }                                                                           \
  } while (0)

#endif /* SIPWARD_TESTS_C_CHECK_H_ */
