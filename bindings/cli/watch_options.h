// How `sipward watch` is called.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "watch.h"

namespace sipward::cli {

class WatchOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const { return watch_->parsed(); }
  // Returns the exit code.
  int Run() { return RunWatch(request_); }

 private:
  void AddSources();
  void AddOutputs();

  CLI::App* watch_ = nullptr;
  WatchRequest request_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_OPTIONS_H_
