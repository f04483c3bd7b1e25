#include "watch_outputs.h"

#include <unistd.h>

#include "engine_report.h"
#include "eve.h"
#include "file.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostKept = 1 << 20;  // bytes that wait to be printed
constexpr const char* kLocalSyslog = "/dev/log";

// Whether a rule matched, or the verdict is more than a flag.
bool IsAnything(const sipward_verdict& verdict) {
  return verdict.hit_count != 0 || verdict.action > SIPWARD_ACTION_FLAG;
}

}  // namespace

bool WatchOutputs::OpenSyslog() {
  const std::string place = request_.syslog == "local" ? kLocalSyslog : request_.syslog;
  if (!syslog_.Open(place)) return Fail(syslog_.error());
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  syslog_head_.facility = SyslogFacility(request_.syslog_facility).value_or(syslog_head_.facility);
  syslog_head_.network = place.front() != '/';
  syslog_head_.host = host;
  syslog_head_.process = static_cast<uint32_t>(getpid());
  return true;
}

bool WatchOutputs::Open() {
  if (!request_.eve.empty()) {
    WholeLines* const lines = request_.eve == "-" ? printing_.get() : writing_.get();
    events_ = OpenEventFile(request_.eve, lines, &error_);
    if (events_ == nullptr) return false;
  }
  if (!request_.hep_out.empty() &&
      !hep_.Open(request_.hep_out, request_.hep_agent, request_.hep_key)) {
    return Fail(hep_.error());
  }
  return request_.syslog.empty() || OpenSyslog();
}

// What is told of a message is told once, wherever it goes.
void WatchOutputs::TakeNews(const Inspected& inspected) {
  if (!for_people() && !syslog_.is_open()) return;
  for (const NewFinding& finding : findings_.Of(inspected)) {
    if (for_people()) AppendWatchLine(&out_, inspected.packet.wall_ns, finding);
    if (!syslog_.is_open()) continue;
    line_.clear();
    AppendSyslogFinding(&line_, syslog_head_, inspected, finding);
    syslog_.Send(line_);
  }
}

bool WatchOutputs::Take(const Inspected& inspected, std::string_view bytes) {
  if (!request_.hep_out.empty()) hep_.Send(inspected.packet, bytes);
  if (events_ != nullptr) {
    std::string events;
    AppendEve(&events, inspected);
    if (!events_->Write(events)) return Fail("cannot write " + request_.eve);
  }
  TakeNews(inspected);
  if (request_.json && (request_.all || IsAnything(inspected.verdict)))
    AppendJson(&out_, inspected);
  // Usually once a turn; but what is told of hostile messages may be long.
  return out_.size() < kMostKept || Flush();
}

bool WatchOutputs::Complained() const {
  if (!error_.empty()) Complain(error_);
  return false;
}

void WatchOutputs::Tell(const sipward_notice& notice, const std::string& name) {
  if (notice.severity != SIPWARD_NOTICE_INFO) Complain(name + NoticeText(notice));
  if (!syslog_.is_open()) return;
  line_.clear();
  AppendSyslogNotice(&line_, syslog_head_, notice);
  syslog_.Send(line_);
}

bool WatchOutputs::Flush() {
  const bool printed = out_.empty() || PrintLines(printing_.get(), out_);
  out_.clear();
  if (events_ != nullptr && !events_->Flush()) return Fail("cannot write " + request_.eve);
  return printed;
}

}  // namespace sipward::cli
