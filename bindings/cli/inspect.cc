#include "inspect.h"

#include <chrono>
#include <cstdio>

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
  int Unusable(std::string_view why);

  const InspectRequest& request_;
  LoadedRules rules_;
  InspectorHandle inspector_;
  io::CaptureReader reader_;
  Spool lines_;
  Findings findings_;
  Summary summary_;
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
  const EngineHandle engine_handle(engine);
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

  const bool written = request_.json
                           ? lines_.PrintAll()
                           : Print(findings_.Render() + "\n" +
                                   summary_.Render(reader_.statistics(), seconds.count()));
  if (!written) {
    if (!lines_.error().empty()) Complain(lines_.error());
    return kExitUnusable;
  }
  return Finish(summary_.above_flag() ? kExitFound : kExitOk);
}

}  // namespace

int RunInspect(const InspectRequest& request) { return Inspection(request).Run(); }

}  // namespace sipward::cli
