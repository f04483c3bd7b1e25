#include "watch.h"

#include <unistd.h>

#include <cstdio>

#include "clocks.h"
#include "exit_code.h"
#include "file.h"
#include "io/page_server.h"
#include "metrics_text.h"
#include "privileges.h"
#include "watch_crew.h"
#include "watch_metrics.h"
#include "watch_signals.h"
#include "watcher.h"

namespace sipward::cli {
namespace {

// One process that does everything.
class WatchAlone {
 public:
  explicit WatchAlone(const WatchRequest& request)
      : request_(request), engine_(request), outputs_(request) {}
  int Run();

 private:
  bool OpenSources();
  bool OpenMetrics();
  bool GiveUpRights();
  bool Loop();
  bool WriteReport();
  static bool Unusable(std::string_view why) {
    Complain(why);
    return false;
  }

  const WatchRequest& request_;
  WatchEngine engine_;
  WatchOutputs outputs_;
  io::CaptureReader live_;
  io::HepReceiver hep_;
  io::PageServer metrics_;
  std::atomic<uint64_t> taken_ = 0;
  Watcher watcher_{{request_, &engine_, &outputs_, request_.hep.empty() ? nullptr : &hep_,
                    request_.live.interface.empty() ? nullptr : &live_, &taken_, ""}};
  int64_t begin_wall_ns_ = WallNow();
};

bool WatchAlone::OpenSources() {
  if (!outputs_.Open()) return Unusable(outputs_.error());
  if (!request_.hep.empty() && !hep_.Open(request_.hep, request_.hep_key)) {
    return Unusable(hep_.error());
  }
  if (!request_.live.interface.empty() && !live_.OpenLive(request_.live)) {
    return Unusable(live_.error());
  }
  return request_.metrics.empty() || OpenMetrics();
}

bool WatchAlone::OpenMetrics() {
  const auto write = [this] { return MetricsOf(watcher_.Numbers(), begin_wall_ns_, nullptr); };
  return metrics_.Open(request_.metrics, "/metrics", kMetricsType, write) ||
         Unusable(metrics_.error());
}

bool WatchAlone::GiveUpRights() {
  const std::string user = UserOf(request_);
  const std::string why = user.empty() ? "" : BecomeUser(user, Keep::kNothing);
  return why.empty() || Unusable(why);
}

bool WatchAlone::Loop() {
  constexpr int64_t kSecond = 1'000'000'000;
  HoldSignals();
  watcher_.TellNotices();
  Complain(WatchingText(request_, hep_.port(), metrics_.is_open() ? metrics_.port() : 0));
  while (!watcher_.Done()) {
    std::vector<pollfd> others;
    if (metrics_.is_open()) others.push_back({metrics_.descriptor(), POLLIN, 0});
    if (!watcher_.Turn(std::move(others), kSecond)) return false;
    if (metrics_.is_open()) metrics_.Serve();
    if (TakeReload() && watcher_.Reload()) Complain("the rules were read again");
  }
  watcher_.TellLosses();
  return true;
}

bool WatchAlone::WriteReport() {
  if (!outputs_.for_people()) return true;
  return Print(ReportText(watcher_.TakeCounts()));
}

int WatchAlone::Run() {
  if (!engine_.Build(false) || !watcher_.Begin() || !OpenSources() || !GiveUpRights() ||
      !watcher_.OpenEvidence()) {
    return kExitUnusable;
  }
  const bool good = Loop();
  const bool found = watcher_.Numbers().summary.above_flag();
  const bool ended = watcher_.CloseEvidence() && (outputs_.Flush() || outputs_.Complained()) &&
                     engine_.SaveState() && WriteReport();
  if (!good || !ended) return kExitUnusable;
  return Finish(found ? kExitFound : kExitOk);
}

}  // namespace

std::string UserOf(const WatchRequest& request) {
  return request.user.empty() && geteuid() == 0 ? "nobody" : request.user;
}

std::string WatchingText(const WatchRequest& request, uint16_t hep_port, uint16_t metrics_port) {
  std::string text = "watching " + request.live.interface;
  if (!request.hep.empty()) {
    const std::string host = request.hep.substr(0, request.hep.rfind(':'));
    text += (request.live.interface.empty() ? "HEP3 at " : ", HEP3 at ") + host + ":" +
            std::to_string(hep_port);
  }
  if (metrics_port != 0) text += ", metrics at port " + std::to_string(metrics_port);
  return text;
}

int RunWatch(const WatchRequest& request) {
  return request.workers > 1 ? WatchCrew(request).Run() : WatchAlone(request).Run();
}

}  // namespace sipward::cli
