/* Every struct_size of a struct that goes in or comes out. */
#ifndef SIPWARD_TESTS_C_SWEEP_H_
#define SIPWARD_TESTS_C_SWEEP_H_

#include <stdint.h>
#include <string.h>

#include "check.h"
#include "sipward.h"

enum { kRoom = 16384 + 64, kLeast = 8, kMost = 16384 };

static _Alignas(16) unsigned char buffer[kRoom];

/* The first member of every struct is its size. */
static inline void fill(unsigned char byte, uint32_t struct_size) {
  memset(buffer, byte, sizeof buffer);
  memcpy(buffer, &struct_size, sizeof struct_size);
}

/* An output of `known` bytes: refused sizes write nothing, others write what both sides know and
 * nothing behind it. */
static inline void sweep_output(size_t known, int32_t (*call)(void* out, void* context),
                                void* context) {
  static _Alignas(16) unsigned char whole[kRoom];
  fill(0xA5, (uint32_t)known);
  CHECK(call(buffer, context) == SIPWARD_OK);
  memcpy(whole, buffer, sizeof whole);
  const uint32_t sizes[] = {0,
                            1,
                            4,
                            7,
                            kLeast,
                            12,
                            (uint32_t)known - 4,
                            (uint32_t)known - 1,
                            (uint32_t)known,
                            (uint32_t)known + 1,
                            (uint32_t)known + 64,
                            kMost,
                            kMost + 1,
                            UINT32_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    const uint32_t size = sizes[i];
    const int usable = size >= kLeast && size <= kMost;
    const size_t written = !usable ? sizeof size : size < known ? size : known;
    fill(0xA5, size);
    CHECK(call(buffer, context) == (usable ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT));
    CHECK(memcmp(buffer, &size, sizeof size) == 0);
    CHECK(memcmp(buffer + sizeof size, whole + sizeof size, written - sizeof size) == 0);
    for (size_t at = written; at < sizeof buffer; ++at) {
      if (buffer[at] != 0xA5) {
        CHECK(buffer[at] == 0xA5);
        break;
      }
    }
  }
}

/* An input of `known` bytes: a larger one may only hold zeros that the library does not know. */
static inline void sweep_larger(const void* exact, size_t known,
                                int32_t (*call)(const void* in, void* context), void* context) {
  for (uint32_t size = 0; size < kLeast; ++size) {
    fill(0, size);
    CHECK(call(buffer, context) == SIPWARD_ERR_ARGUMENT);
  }
  const uint32_t larger[] = {(uint32_t)known + 1, (uint32_t)known + 8, kMost};
  for (int i = 0; i < 3; ++i) {
    fill(0, larger[i]);
    memcpy(buffer + 4, (const unsigned char*)exact + 4, known - 4);
    CHECK(call(buffer, context) == SIPWARD_OK);
    buffer[larger[i] - 1] = 1;
    CHECK(call(buffer, context) == SIPWARD_ERR_ARGUMENT);
    buffer[larger[i] - 1] = 0;
    buffer[larger[i]] = 1; /* behind the struct */
    CHECK(call(buffer, context) == SIPWARD_OK);
  }
  const uint32_t absurd[] = {kMost + 1, UINT32_MAX};
  for (int i = 0; i < 2; ++i) {
    fill(0, absurd[i]);
    CHECK(call(buffer, context) == SIPWARD_ERR_ARGUMENT);
  }
}

/* And an older caller: what it does not hold is zero, whatever stands behind it. */
static inline void sweep_input(const void* exact, size_t known,
                               int32_t (*call)(const void* in, void* context), void* context) {
  sweep_larger(exact, known, call, context);
  fill(0xFF, kLeast);
  memset(buffer + 4, 0, 4);
  CHECK(call(buffer, context) == SIPWARD_OK);
}

#endif /* SIPWARD_TESTS_C_SWEEP_H_ */
