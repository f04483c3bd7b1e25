// `sipward feed check`.
#ifndef SIPWARD_BINDINGS_CLI_FEED_COMMAND_H_
#define SIPWARD_BINDINGS_CLI_FEED_COMMAND_H_

#include <CLI/CLI.hpp>
#include <string>

namespace sipward::cli {

struct FeedRequest {
  std::string file;
  std::string kind = "network";
  std::string format = "auto";
  std::string column, ttl_column, reason_column;
  std::string home;
  std::string key, signature, allowed;  // paths; empty: none
  bool json = false;
};

class FeedOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const { return check_->parsed(); }
  // Returns the exit code.
  int Run() const;

 private:
  CLI::App* check_ = nullptr;
  FeedRequest request_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FEED_COMMAND_H_
