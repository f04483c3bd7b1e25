// `sipward feed check`, and what every reader of feeds needs.
#ifndef SIPWARD_BINDINGS_CLI_FEED_COMMAND_H_
#define SIPWARD_BINDINGS_CLI_FEED_COMMAND_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "handle.h"

namespace sipward::cli {

using FeedHandle = std::unique_ptr<sipward_feed, Destroyer<sipward_feed_destroy>>;

inline constexpr size_t kMostFeedBytes = size_t{64} << 20;

// A whole update at once, as sipward_feed_begin and sipward_feed_step make it; `engine`: or null.
int32_t UpdateFeed(sipward_feed* feed, const std::string& bytes, const std::string& signature,
                   const sipward_engine* engine, int64_t now_ns,
                   sipward_feed_statistics* statistics);

// A line for every entry that was refused, the first 64 of them: where it stands, and why.
std::string FeedRefusals(const sipward_feed* feed, const std::string& file);

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
