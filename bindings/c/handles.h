// What stands behind the opaque types. Whoever needs an object counts as one of its holders, so
// that the caller may give objects back in any order.
#ifndef SIPWARD_BINDINGS_C_HANDLES_H_
#define SIPWARD_BINDINGS_C_HANDLES_H_

#include <memory>
#include <vector>

#include "engine/engine.h"
#include "message_handle.h"
#include "rules/rules.h"
#include "sipward.h"
#include "state/state.h"

struct sipward_compiler {
  sipward::rules::Compiler compiler;
  size_t pack_texts_added = 0;
  // The files that they name, which come with them: the first and the one behind the last of each
  // text, in the order of their numbers.
  struct PackFiles {
    size_t begin, end;
    bool set;
  };
  std::vector<PackFiles> pack_files;
  bool built = false;
};

struct sipward_rules {
  std::shared_ptr<const sipward::rules::RuleSet> rules;
};

struct sipward_state {
  std::shared_ptr<sipward::state::Region> region;
};

struct sipward_trust {
  std::shared_ptr<sipward::identity::TrustStore> store;
};

struct sipward_engine {
  std::shared_ptr<sipward::engine::Engine> engine;
};

struct sipward_inspector {
  explicit sipward_inspector(std::shared_ptr<const sipward::engine::Engine> engine)
      : inspector(std::move(engine)) {
    message.message = &inspector.message();
  }

  std::unique_ptr<sipward::facts::Tape> tape;  // what is recorded; outlives the inspector
  sipward::engine::Inspector inspector;
  sipward::facts::HostEvent event;
  sipward::facts::Identity identity;  // of the packet
  sipward::facts::Packet packet;      // of the last inspection: message() may be read after it
  sipward::engine::Verdict verdict;
  sipward_message message;
};

#endif  // SIPWARD_BINDINGS_C_HANDLES_H_
