#include "inspect.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>

#include "analytics_page.h"
#include "analytics_report.h"
#include "capture_page.h"
#include "engine_report.h"
#include "exit_code.h"
#include "file.h"
#include "findings.h"
#include "inspected.h"
#include "io/capture.h"
#include "io/state_file.h"
#include "judge.h"
#include "progress.h"
#include "report_file.h"
#include "spool.h"
#include "summary.h"

namespace sipward::cli {
namespace {

class Inspection {
 public:
  explicit Inspection(const InspectRequest& request) : request_(request) {}
  int Run();

 private:
  bool BuildEngine();
  bool RestoreState(const sipward_moment& moment);
  bool SaveState();
  bool ReadCapture();
  bool ReadOn(io::CaptureItem item);
  bool Take(const io::CaptureItem& item);
  bool WriteReport(double seconds);
  bool WriteBans();
  bool WritePage();
  bool Unusable(std::string_view why);

  const InspectRequest& request_;
  LoadedRules rules_;
  StateHandle state_;
  EngineHandle engine_;
  InspectorHandle inspector_;
  io::CaptureReader reader_;
  Spool lines_;
  EvidenceSink evidence_;
  CallerFiles callers_;
  Findings findings_;
  Summary summary_;
  std::unique_ptr<CapturePage> page_;  // if there is to be one
  Progress progress_;
  int64_t latest_ns_ = std::numeric_limits<int64_t>::min();
  int64_t latest_wall_ns_ = 0;
};

bool Inspection::Unusable(std::string_view why) {
  progress_.Clear();
  Complain(why);
  return false;
}

bool Inspection::BuildEngine() {
  auto engine_options = Sized<sipward_engine_options>();
  engine_options.report_only = request_.report_only ? 1 : 0;
  engine_options.trust = callers_.trust();
  engine_options.analytics_rows = request_.analytics ? kAnalyticsRows : 0;
  const int32_t status =
      MakeInspector(rules_.rules.get(), state_, engine_options, &engine_, &inspector_);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  return evidence_.Begin(rules_.rules.get(), inspector_.get());
}

bool Inspection::RestoreState(const sipward_moment& moment) {
  if (request_.state.empty()) return true;
  const auto result = io::StateFile(request_.state).Restore(state_.get(), moment);
  if (result.outcome == io::StateFile::Outcome::kRefused) return Unusable(result.why);
  if (!result.why.empty()) Complain(result.why);
  return true;
}

bool Inspection::SaveState() {
  if (request_.state.empty() || summary_.messages() == 0) return true;
  auto moment = Sized<sipward_moment>();
  moment.wall_ns = latest_wall_ns_;
  moment.monotonic_ns = latest_ns_;
  const std::string why = io::StateFile(request_.state).Save(state_.get(), moment);
  return why.empty() || Unusable(why);
}

bool Inspection::Take(const io::CaptureItem& item) {
  callers_.Provide(item.packet.wall_ns);
  auto verdict = Sized<sipward_verdict>();
  const int32_t status =
      sipward_inspector_inspect(inspector_.get(), item.data, &item.packet, &verdict);
  if (status != SIPWARD_OK) {
    return Unusable("frame " + std::to_string(item.frame) + ": " + sipward_status_text(status));
  }
  std::optional<uint64_t> entry;
  if (!evidence_.Take(inspector_.get(), verdict, item.packet.wall_ns, &entry)) return false;
  if (item.packet.monotonic_ns > latest_ns_) {
    latest_ns_ = item.packet.monotonic_ns;
    latest_wall_ns_ = item.packet.wall_ns;
  }
  const MessageView message(sipward_inspector_message(inspector_.get()));
  const Inspected inspected{item.packet, verdict, message};
  summary_.Add(inspected);
  if (page_ != nullptr) page_->Add(inspected, item.frame, entry);
  if (!request_.json) {
    findings_.Add(inspected);
    return true;
  }
  std::string line;
  AppendJson(&line, inspected);
  return lines_.Append(line) || Unusable(lines_.error());
}

// What is left of an earlier capture comes back at the time of the first message of this one.
bool Inspection::ReadCapture() {
  auto moment = Sized<sipward_moment>();
  io::CaptureItem item;
  const io::CaptureStatus first = reader_.Next(&item);
  if (first == io::CaptureStatus::kError) return Unusable(reader_.error());
  if (first == io::CaptureStatus::kEnd) {
    return BuildEngine() && request_.feeds.Fill(engine_.get(), 0);
  }
  moment.wall_ns = item.packet.wall_ns;
  moment.monotonic_ns = item.packet.monotonic_ns;
  return RestoreState(moment) && BuildEngine() &&
         request_.feeds.Fill(engine_.get(), moment.monotonic_ns) && ReadOn(item);
}

bool Inspection::ReadOn(io::CaptureItem item) {
  io::CaptureStatus status = io::CaptureStatus::kMessage;
  while (status == io::CaptureStatus::kMessage) {
    if (!Take(item)) return false;
    progress_.Update(reader_.position(), reader_.size(), summary_.messages());
    status = reader_.Next(&item);
  }
  return status == io::CaptureStatus::kEnd || Unusable(reader_.error());
}

bool Inspection::WriteReport(double seconds) {
  if (request_.bans == "-") return true;
  bool written =
      request_.json
          ? lines_.PrintAll()
          : Print(findings_.Render() + "\n" + summary_.Render(reader_.statistics(), seconds));
  if (!written && !lines_.error().empty()) Complain(lines_.error());
  if (!written) return false;
  if (const AnalyticsHandle analytics = AnalyticsOf(engine_.get()); analytics != nullptr) {
    const bool told = Print(request_.json ? AnalyticsJson(analytics.get())
                                          : "\n" + RenderAnalytics(analytics.get()));
    if (!told) return false;
  }
  if (!request_.stats) return true;
  const EngineReport report = ReportOf(engine_.get());
  return Print(request_.json ? ReportJson(report) : "\n" + RenderReport(report));
}

// Time is that of the last packet: so long ago the bans were made.
bool Inspection::WriteBans() {
  if (request_.bans.empty()) return true;
  const std::string text =
      RenderBans(BansOf(engine_.get(), latest_ns_), latest_ns_, request_.ban_format);
  if (request_.bans == "-") return Print(text);
  std::string error;
  if (WriteFile(request_.bans, text, &error)) return true;
  Complain("cannot write " + request_.bans + ": " + error);
  return false;
}

bool Inspection::WritePage() {
  if (page_ == nullptr) return true;
  HtmlReport report = page_->Take(summary_, reader_.statistics());
  report.subject = request_.capture == "-" ? "standard input" : request_.capture;
  const AnalyticsHandle analytics = AnalyticsOf(engine_.get());
  if (analytics != nullptr) AddAnalytics(analytics.get(), &report);
  return WriteHtmlReport(&report, rules_.rules.get(), request_.html);
}

int Inspection::Run() {
  if (!request_.html.empty()) {
    if (!CanWriteReport()) return kExitUnusable;
    page_ = std::make_unique<CapturePage>();
  }
  RuleSource source = request_.rules;
  source.keep_source = !request_.evidence.folder.empty();
  rules_ = LoadRules(source);
  if (rules_.rules == nullptr) {
    std::fwrite(rules_.errors.data(), 1, rules_.errors.size(), stderr);
    return kExitUnusable;
  }
  const int32_t status = MakeState(&state_);
  if (status != SIPWARD_OK) Complain(sipward_status_text(status));
  if (status != SIPWARD_OK) return kExitUnusable;
  if (!reader_.Open(request_.capture)) {
    Complain(reader_.error());
    return kExitUnusable;
  }

  if (!callers_.Load(request_.callers)) return kExitUnusable;
  if (!evidence_.Open(request_.evidence, "inspect")) return kExitUnusable;
  const auto begin = std::chrono::steady_clock::now();
  if (!ReadCapture()) return kExitUnusable;
  progress_.Clear();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

  if (!evidence_.Close() || !SaveState() || !WriteBans() || !WritePage() ||
      !WriteReport(seconds.count())) {
    return kExitUnusable;
  }
  return Finish(summary_.above_flag() ? kExitFound : kExitOk);
}

}  // namespace

int RunInspect(const InspectRequest& request) { return Inspection(request).Run(); }

}  // namespace sipward::cli
