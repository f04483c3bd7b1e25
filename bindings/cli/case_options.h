// How `sipward case` is called.
#ifndef SIPWARD_BINDINGS_CLI_CASE_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_CASE_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "case_event.h"

namespace sipward::cli {

class CaseOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const { return case_->parsed(); }
  // Returns the exit code.
  int Run() const;

 private:
  CLI::Option* AddSubject(const char* name, CaseSubject::Kind kind, const char* about,
                          const char* type);

  CLI::App* case_ = nullptr;
  CaseRequest request_;
  bool named_ = false;  // the subject
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_OPTIONS_H_
