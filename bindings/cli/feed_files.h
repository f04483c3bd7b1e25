// `--feed LIST=FILE`: feeds that fill lists of the rules before anything is judged.
#ifndef SIPWARD_BINDINGS_CLI_FEED_FILES_H_
#define SIPWARD_BINDINGS_CLI_FEED_FILES_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "sipward.h"

namespace sipward::cli {

class FeedFiles {
 public:
  void AddOption(CLI::App* command);
  // As of `now_ns`, the time of the first message or record: entries stand for a year. False: one
  // cannot be read, or has no list; it has been said. Entries that are refused are said as well.
  bool Fill(const sipward_engine* engine, int64_t now_ns) const;

 private:
  std::vector<std::string> given_;  // LIST=FILE
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FEED_FILES_H_
