// The rules that stand in a log, compiled when a decision of theirs is to be read.
#ifndef SIPWARD_BINDINGS_CLI_EVIDENCE_BOOK_H_
#define SIPWARD_BINDINGS_CLI_EVIDENCE_BOOK_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/evidence.h"
#include "handle.h"

namespace sipward::cli {

using ReplayerHandle = std::unique_ptr<sipward_replayer, Destroyer<sipward_replayer_destroy>>;

class EvidenceBook {
 public:
  // An entry of the kind `rules`.
  void Take(const evidence::Entry& entry);
  // What judges by these rules; null if the log does not have them or they do not compile.
  sipward_replayer* Find(const std::string& hash);
  // The hash of the rules that a record is of.
  static std::string HashOf(std::string_view record);

 private:
  struct Rules {
    std::string source;
    bool compiled = false;
    ReplayerHandle replayer;
  };
  static ReplayerHandle Compile(const std::string& source, const std::string& hash);

  std::map<std::string, Rules> rules_;  // by hash
};

// The record as JSON for people; empty if it cannot be read by these rules.
std::string DescribeRecord(sipward_replayer* replayer, std::string_view record);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVIDENCE_BOOK_H_
