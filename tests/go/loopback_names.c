/* Loaded before a Go test, so that every name is one of loopback. */
#include "tests/c/loopback_names.h"

__attribute__((constructor)) static void begin(void) { set_loopback_names(); }
