// How `sipward identity` is called.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "identity_command.h"

namespace sipward::cli {

class IdentityOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const;
  // The command that was named. Returns the exit code.
  int Run();

 private:
  void AddVerify(CLI::App* identity);
  void AddSign(CLI::App* identity);
  void AddInspect(CLI::App* identity);

  CLI::App* verify_ = nullptr;
  CLI::App* sign_ = nullptr;
  CLI::App* inspect_ = nullptr;
  IdentityVerifyRequest verify_request_;
  IdentitySignRequest sign_request_;
  IdentityInspectRequest inspect_request_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_OPTIONS_H_
