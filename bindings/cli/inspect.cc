#include "inspect.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

#include "exit_code.h"
#include "file.h"
#include "findings.h"
#include "inspected.h"
#include "io/capture.h"
#include "progress.h"
#include "spool.h"
#include "summary.h"

namespace sipward::cli {
namespace {

class Inspection {
 public:
  explicit Inspection(const InspectRequest& request) : request_(request) {}
  int Run();

 private:
  int32_t BuildEngine();
  bool ReadCapture();
  bool Take(const io::CaptureItem& item);
  bool WriteReport(double seconds);
  bool WriteBans();
  int Unusable(std::string_view why);

  const InspectRequest& request_;
  LoadedRules rules_;
  EngineHandle engine_;
  InspectorHandle inspector_;
  io::CaptureReader reader_;
  Spool lines_;
  Findings findings_;
  Summary summary_;
  int64_t latest_ns_ = std::numeric_limits<int64_t>::min();
};

int Inspection::Unusable(std::string_view why) {
  Complain(why);
  return kExitUnusable;
}

// The seed of the state is zero: the same capture gives the same verdicts again.
int32_t Inspection::BuildEngine() {
  const auto state_options = Sized<sipward_state_options>();
  sipward_state* state = nullptr;
  int32_t status = sipward_state_create(&state_options, &state);
  const StateHandle state_handle(state);
  if (status != SIPWARD_OK) return status;

  auto engine_options = Sized<sipward_engine_options>();
  engine_options.report_only = request_.report_only ? 1 : 0;
  sipward_engine* engine = nullptr;
  status = sipward_engine_create(rules_.rules.get(), state, &engine_options, &engine);
  engine_.reset(engine);
  if (status != SIPWARD_OK) return status;

  sipward_inspector* inspector = nullptr;
  status = sipward_inspector_create(engine, &inspector);
  inspector_.reset(inspector);
  return status;
}

bool Inspection::Take(const io::CaptureItem& item) {
  auto verdict = Sized<sipward_verdict>();
  const int32_t status =
      sipward_inspector_inspect(inspector_.get(), item.data, &item.packet, &verdict);
  if (status != SIPWARD_OK) {
    Complain("frame " + std::to_string(item.frame) + ": " + sipward_status_text(status));
    return false;
  }
  latest_ns_ = std::max(latest_ns_, item.packet.monotonic_ns);
  const MessageView message(sipward_inspector_message(inspector_.get()));
  const Inspected inspected{item.packet, verdict, message};
  summary_.Add(inspected);
  if (!request_.json) {
    findings_.Add(inspected);
    return true;
  }
  std::string line;
  AppendJson(&line, inspected);
  if (lines_.Append(line)) return true;
  Complain(lines_.error());
  return false;
}

bool Inspection::ReadCapture() {
  Progress progress;
  io::CaptureItem item;
  for (;;) {
    switch (reader_.Next(&item)) {
      case io::CaptureStatus::kEnd:
        return true;
      case io::CaptureStatus::kError:
        progress.Clear();
        Complain(reader_.error());
        return false;
      case io::CaptureStatus::kMessage:
        if (!Take(item)) return false;
        progress.Update(reader_.position(), reader_.size(), summary_.messages());
        break;
    }
  }
}

bool Inspection::WriteReport(double seconds) {
  if (request_.bans == "-") return true;
  const bool written =
      request_.json
          ? lines_.PrintAll()
          : Print(findings_.Render() + "\n" + summary_.Render(reader_.statistics(), seconds));
  if (!written && !lines_.error().empty()) Complain(lines_.error());
  return written;
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

int Inspection::Run() {
  rules_ = LoadRules(request_.rules);
  if (rules_.rules == nullptr) {
    std::fwrite(rules_.errors.data(), 1, rules_.errors.size(), stderr);
    return kExitUnusable;
  }
  const int32_t status = BuildEngine();
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  if (!reader_.Open(request_.capture)) return Unusable(reader_.error());

  const auto begin = std::chrono::steady_clock::now();
  if (!ReadCapture()) return kExitUnusable;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

  if (!WriteBans() || !WriteReport(seconds.count())) return kExitUnusable;
  return Finish(summary_.above_flag() ? kExitFound : kExitOk);
}

}  // namespace

int RunInspect(const InspectRequest& request) { return Inspection(request).Run(); }

}  // namespace sipward::cli
