// `sipward watch`: messages come in as they are sent, verdicts come out at once.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_H_
#define SIPWARD_BINDINGS_CLI_WATCH_H_

#include <cstdint>
#include <string>

#include "caller_files.h"
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
  std::string eve;           // a file for EVE JSON; "-": the standard output; or none
  std::string metrics;       // ADDRESS:PORT to serve them at; or none
  uint32_t metrics_top = 0;  // keys of each dimension that they show
  std::string syslog;        // "local", the path of a socket, or ADDRESS:PORT; or none
  std::string syslog_facility = "daemon";
  std::string state;  // as of `sipward inspect`
  EvidenceRequest evidence;
  CallerRequest callers;
  std::string user;    // to become when all is open; empty: nobody, if this is root
  uint64_t count = 0;  // messages after which it ends; 0: none
  static constexpr uint32_t kMostWorkers = 64;
  uint32_t workers = 1;  // processes that share the work
};

// Until SIGINT or SIGTERM; SIGHUP reads the rules anew and opens the file of EVE again. Returns the
// exit code.
int RunWatch(const WatchRequest& request);

// Whom to become once everything is open; empty: nobody else.
std::string UserOf(const WatchRequest& request);
// "watching eth0, HEP3 at ...": what is said when it begins. A port of 0: no metrics.
std::string WatchingText(const WatchRequest& request, uint16_t hep_port, uint16_t metrics_port);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_H_
