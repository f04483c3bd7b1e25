/* Preloaded into Python: every name is 127.0.0.1, and so is the resolver of the fetcher in it. */
#include "tests/c/loopback_names.h"

__attribute__((constructor)) static void begin(void) { set_loopback_names(); }
