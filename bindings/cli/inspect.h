// `sipward inspect`: a capture goes in, verdicts come out.
#ifndef SIPWARD_BINDINGS_CLI_INSPECT_H_
#define SIPWARD_BINDINGS_CLI_INSPECT_H_

#include <string>

#include "ban_list.h"
#include "caller_files.h"
#include "evidence_sink.h"
#include "feed_files.h"
#include "rule_files.h"

namespace sipward::cli {

struct InspectRequest {
  std::string capture;
  RuleSource rules;
  FeedFiles feeds;
  bool json = false;
  bool report_only = false;
  std::string bans;  // file for the bans that stand at the end; "-": instead of the report; or none
  BanFormat ban_format = BanFormat::kText;
  std::string state;  // where counts, bans and lists of before are, and are left; or none
  EvidenceRequest evidence;
  CallerRequest callers;
  bool analytics = false;  // calls in numbers, behind the report
  bool stats = false;      // what the engine counted, behind that
  std::string html;        // file for the report as a page; or none
};

// Returns the exit code. A capture that is damaged or cut off prints nothing but the message that
// says so.
int RunInspect(const InspectRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_INSPECT_H_
