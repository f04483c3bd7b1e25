// `sipward cdr`: call records go in, findings come out.
#ifndef SIPWARD_BINDINGS_CLI_CDR_H_
#define SIPWARD_BINDINGS_CLI_CDR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "evidence_sink.h"
#include "feed_files.h"
#include "rule_files.h"

namespace sipward::cli {

struct CdrRequest {
  std::vector<std::string> files;
  RuleSource rules;
  FeedFiles feeds;
  EvidenceRequest evidence;
  std::string home;     // ISO code of a country; or none
  std::string rates;    // file; or none
  std::string columns;  // file; or none
  uint32_t format = 0;  // SIPWARD_CDR_...
  int32_t utc_offset_s = 0;
  bool json = false;
  bool analytics = false;  // calls in numbers, behind the report or the findings
  bool summary = false;    // with json: a last line that counts
  std::string html;        // file for the report as a page; or none
};

// Returns the exit code.
int RunCdr(const CdrRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_H_
