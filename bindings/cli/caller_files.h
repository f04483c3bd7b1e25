// `--anchors`, `--chain` and `--crl` of commands that judge: whom to trust for who calls, with the
// certificates as files, since nothing is fetched.
#ifndef SIPWARD_BINDINGS_CLI_CALLER_FILES_H_
#define SIPWARD_BINDINGS_CLI_CALLER_FILES_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sipward/sipward.h"

namespace sipward::cli {

struct CallerRequest {
  std::vector<std::string> anchors;  // none: no identity is checked
  std::vector<std::string> chains;   // URL=FILE
  std::vector<std::string> crls;
};
// `request` must outlive the command.
void AddCallerOptions(CLI::App* command, CallerRequest* request);

class CallerFiles {
 public:
  // False: it has been said why.
  bool Load(const CallerRequest& request);
  // For the options of an engine; null: nobody is trusted.
  const sipward_trust* trust() const { return store_ ? store_->c_trust() : nullptr; }
  // Before a packet of this time is inspected: the certificates are as if fetched a while before.
  void Provide(int64_t wall_ns) {
    if (!chains_.empty() && (wall_ns < from_ns_ || wall_ns > until_ns_)) ProvideAll(wall_ns);
  }

 private:
  struct Chain {
    std::string url, document;
  };
  void ProvideAll(int64_t wall_ns);

  std::optional<TrustStore> store_;
  std::vector<Chain> chains_;
  int64_t from_ns_ = 0, until_ns_ = -1;  // they are provided for these times
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CALLER_FILES_H_
