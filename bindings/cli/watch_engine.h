// What judges in `sipward watch`: rules, state and engine.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_ENGINE_H_
#define SIPWARD_BINDINGS_CLI_WATCH_ENGINE_H_

#include <cstdint>
#include <string>

#include "handle.h"
#include "rule_files.h"
#include "watch.h"

namespace sipward::cli {

class WatchEngine {
 public:
  explicit WatchEngine(const WatchRequest& request) : request_(request) {}

  // Reads rules, feeds and what was kept of the state, which is `shared` with processes that are
  // forked later. False: it has been said why.
  bool Build(bool shared);
  // The rules again, for this process. Where they are wrong that is said, by `name`, and the old
  // ones go on: false.
  bool Reload(const std::string& name);
  // Keeps the state, if that was asked for. False: it has been said why.
  bool SaveState() const;

  const sipward_engine* get() const { return engine_.get(); }
  const sipward_rules* rules() const { return rules_.rules.get(); }
  CallerFiles& callers() { return callers_; }
  // Those of this process; the first notice of its own begins there.
  uint64_t* notice_cursor() { return &notice_cursor_; }

 private:
  LoadedRules ReadRules() const;
  bool MakeState(bool shared);
  bool RestoreState();

  const WatchRequest& request_;
  LoadedRules rules_;
  CallerFiles callers_;
  StateHandle state_;
  EngineHandle engine_;
  uint64_t notice_cursor_ = 0;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_ENGINE_H_
