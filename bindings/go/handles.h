/* The handles of the C interface as types of a size, for cgo alone.
 *
 * cgo keeps what it only knows by name out of Go's heap, and a pointer to such a type is put into
 * memory of its own at every call, where it is checked: an allocation for each message. Nothing
 * looks into these. */
#ifndef SIPWARD_BINDINGS_GO_HANDLES_H_
#define SIPWARD_BINDINGS_GO_HANDLES_H_

struct sipward_analytics {
  char opaque;
};
struct sipward_cdr_reader {
  char opaque;
};
struct sipward_compiler {
  char opaque;
};
struct sipward_engine {
  char opaque;
};
struct sipward_feed {
  char opaque;
};
struct sipward_framer {
  char opaque;
};
struct sipward_inspector {
  char opaque;
};
struct sipward_message {
  char opaque;
};
struct sipward_rates {
  char opaque;
};
struct sipward_replayer {
  char opaque;
};
struct sipward_rules {
  char opaque;
};
struct sipward_signer {
  char opaque;
};
struct sipward_state {
  char opaque;
};
struct sipward_token {
  char opaque;
};
struct sipward_trust {
  char opaque;
};
struct sipward_verifier {
  char opaque;
};

#include <sipward.h>

#endif /* SIPWARD_BINDINGS_GO_HANDLES_H_ */
