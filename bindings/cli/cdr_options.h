// How `sipward cdr` is called.
#ifndef SIPWARD_BINDINGS_CLI_CDR_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_CDR_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "cdr.h"

namespace sipward::cli {

class CdrOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const { return cdr_->parsed(); }
  // Returns the exit code.
  int Run() { return RunCdr(request_); }

 private:
  void AddFormat();

  CLI::App* cdr_ = nullptr;
  CdrRequest request_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_OPTIONS_H_
