// Where `sipward watch` sends what it finds.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_OUTPUTS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_OUTPUTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "event_outlet.h"
#include "inspected.h"
#include "io/datagram_sender.h"
#include "io/hep_sender.h"
#include "new_findings.h"
#include "syslog_line.h"
#include "watch.h"
#include "watch_counts.h"
#include "whole_lines.h"

namespace sipward::cli {

// Workers that are forked after Open share what they print and write line by line.
class WatchOutputs {
 public:
  explicit WatchOutputs(const WatchRequest& request) : request_(request) {}
  WatchOutputs(const WatchOutputs&) = delete;
  WatchOutputs& operator=(const WatchOutputs&) = delete;

  // False, with error(), if a place cannot be used.
  bool Open();
  // Events and lines of a message; false, with error(), if they cannot be written.
  bool Take(const Inspected& inspected, std::string_view bytes);
  // Something that the operator should hear of: to the standard error output, behind `name`, and
  // to syslog.
  void Tell(const sipward_notice& notice, const std::string& name);
  bool Flush();
  // With SIGHUP.
  bool Reopen(std::string* error) { return events_ == nullptr || events_->Reopen(error); }

  // Whether the standard output is for people.
  bool for_people() const { return !request_.json && request_.eve != "-"; }
  // Empty if it is the standard output that cannot be written to, which is said there.
  const std::string& error() const { return error_; }
  // Says it; false, so that it can be returned.
  bool Complained() const;
  OutputCounts Counts() const {
    return {hep_.sent(), hep_.lost(), syslog_.sent(), syslog_.lost(), findings_.untold()};
  }

 private:
  bool Fail(const std::string& why) {
    error_ = why;
    return false;
  }
  bool OpenSyslog();
  void TakeNews(const Inspected& inspected);

  const WatchRequest& request_;
  std::unique_ptr<EventOutlet> events_;
  io::HepSender hep_;
  io::DatagramSender syslog_;
  SyslogHead syslog_head_;
  NewFindings findings_;
  // Of the standard output, and of the file of events.
  Shared<WholeLines> printing_ = MakeShared<WholeLines>(), writing_ = MakeShared<WholeLines>();
  std::string out_;   // what is to be printed
  std::string line_;  // of syslog
  std::string error_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_OUTPUTS_H_
