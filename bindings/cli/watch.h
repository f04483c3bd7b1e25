// `sipward watch`: messages come in as they are sent, verdicts come out at once.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_H_
#define SIPWARD_BINDINGS_CLI_WATCH_H_

#include <cstdint>
#include <string>

#include "evidence_sink.h"
#include "feed_files.h"
#include "io/capture.h"
#include "rule_files.h"

namespace sipward::cli {

struct WatchRequest {
  io::LiveSource live;  // no interface: none is read
  std::string hep;      // ADDRESS:PORT to take HEP3 at; or none
  std::string hep_key;
  std::string hep_out;  // ADDRESS:PORT to send HEP3 to; or none
  uint32_t hep_agent = 0;
  RuleSource rules;
  FeedFiles feeds;
  bool json = false;
  bool all = false;  // JSON for every message, not for findings alone
  bool report_only = false;
  std::string eve;      // a file for EVE JSON; "-": the standard output; or none
  std::string metrics;  // ADDRESS:PORT to serve them at; or none
  std::string syslog;   // "local", the path of a socket, or ADDRESS:PORT; or none
  std::string syslog_facility = "daemon";
  std::string state;   // as of `sipward inspect`
  EvidenceRequest evidence;
  std::string user;    // to become when all is open; empty: nobody, if this is root
  uint64_t count = 0;  // messages after which it ends; 0: none
};

// Until SIGINT or SIGTERM; SIGHUP reads the rules anew and opens the file of EVE again. Returns the
// exit code.
int RunWatch(const WatchRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_H_
