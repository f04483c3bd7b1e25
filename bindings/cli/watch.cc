#include "watch.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <vector>

#include "evidence_sink.h"
#include "exit_code.h"
#include "file.h"
#include "findings.h"
#include "handle.h"
#include "inspected.h"
#include "io/hep_receiver.h"
#include "io/page_server.h"
#include "io/state_file.h"
#include "metrics_text.h"
#include "privileges.h"
#include "seed.h"
#include "summary.h"
#include "text.h"
#include "watch_metrics.h"
#include "watch_outputs.h"

namespace sipward::cli {
namespace {

// Set by signals, which come in only while the loop waits.
volatile std::sig_atomic_t g_stop = 0;
volatile std::sig_atomic_t g_reload = 0;

void OnStop(int) { g_stop = 1; }
void OnReload(int) { g_reload = 1; }

template <typename Clock>
int64_t NowOf() {
  return std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
}

class Watch {
 public:
  explicit Watch(const WatchRequest& request) : request_(request), outputs_(request) {}
  int Run();

 private:
  bool BuildEngine();
  bool OpenSources();
  bool OpenMetrics();
  bool GiveUpRights();
  bool OpenEvidence();
  LoadedRules ReadRules() const;
  bool Loop();
  bool Turn();
  bool ReadLive();
  bool Take(sipward_packet packet, std::string_view bytes);
  bool Flush() { return outputs_.Flush() || CannotWrite(); }
  bool CannotWrite() const { return outputs_.error().empty() ? false : Unusable(outputs_.error()); }
  void Reload();
  void TellNotices();
  void TellLosses(bool last);
  uint64_t Lost() const;
  bool SaveState();
  bool WriteReport();
  std::string SourcesText() const;
  static bool Unusable(std::string_view why) {
    Complain(why);
    return false;
  }
  bool Done() const {
    return g_stop != 0 || (request_.count != 0 && summary_.messages() >= request_.count);
  }

  const WatchRequest& request_;
  LoadedRules rules_;
  StateHandle state_;
  EngineHandle engine_;
  InspectorHandle inspector_;
  io::CaptureReader live_;
  io::HepReceiver hep_;
  WatchOutputs outputs_;
  EvidenceSink evidence_;
  Findings findings_;
  Summary summary_;
  io::PageServer metrics_;
  int64_t begin_wall_ns_ = NowOf<std::chrono::system_clock>();
  uint64_t notice_cursor_ = 0;
  bool hungry_ = false;  // sources may have more
  uint64_t told_lost_ = 0;
  int64_t told_at_ns_ = 0;
};

LoadedRules Watch::ReadRules() const {
  RuleSource source = request_.rules;
  source.keep_source = !request_.evidence.folder.empty();
  return LoadRules(source);
}

bool Watch::BuildEngine() {
  rules_ = ReadRules();
  if (rules_.rules == nullptr) {
    std::fwrite(rules_.errors.data(), 1, rules_.errors.size(), stderr);
    return false;
  }
  auto state_options = Sized<sipward_state_options>();
  const std::string kept = request_.state.empty() ? "" : request_.state + ".seed";
  const std::string why = ReadSeed(kept, &state_options);
  if (!why.empty()) return Unusable(why);
  sipward_state* state = nullptr;
  int32_t status = sipward_state_create(&state_options, &state);
  state_.reset(state);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  if (!request_.state.empty()) {
    auto moment = Sized<sipward_moment>();
    moment.wall_ns = NowOf<std::chrono::system_clock>();
    moment.monotonic_ns = NowOf<std::chrono::steady_clock>();
    const auto restored = io::StateFile(request_.state).Restore(state, moment);
    if (restored.outcome == io::StateFile::Outcome::kRefused) return Unusable(restored.why);
    if (!restored.why.empty()) Complain(restored.why);
  }
  auto options = Sized<sipward_engine_options>();
  options.report_only = request_.report_only ? 1 : 0;
  sipward_engine* engine = nullptr;
  status = sipward_engine_create(rules_.rules.get(), state, &options, &engine);
  engine_.reset(engine);
  sipward_inspector* inspector = nullptr;
  if (status == SIPWARD_OK) status = sipward_inspector_create(engine, &inspector);
  inspector_.reset(inspector);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  return request_.feeds.Fill(engine, NowOf<std::chrono::steady_clock>());
}

bool Watch::OpenSources() {
  if (!outputs_.Open()) return Unusable(outputs_.error());
  if (!request_.hep.empty() && !hep_.Open(request_.hep, request_.hep_key)) {
    return Unusable(hep_.error());
  }
  if (!request_.live.interface.empty() && !live_.OpenLive(request_.live)) {
    return Unusable(live_.error());
  }
  return request_.metrics.empty() || OpenMetrics();
}

bool Watch::OpenMetrics() {
  const auto write = [this] {
    return MetricsOf(
        {engine_.get(), summary_, live_.Losses(), hep_.statistics(), outputs_, begin_wall_ns_});
  };
  return metrics_.Open(request_.metrics, "/metrics", kMetricsType, write) ||
         Unusable(metrics_.error());
}

bool Watch::GiveUpRights() {
  std::string user = request_.user;
  if (user.empty() && geteuid() == 0) user = "nobody";
  if (user.empty()) return true;
  const std::string why = BecomeUser(user);
  return why.empty() || Unusable(why);
}

// The clock of windows is this machine's, whatever those who send HEP3 say that it is.
bool Watch::Take(sipward_packet packet, std::string_view bytes) {
  packet.monotonic_ns = NowOf<std::chrono::steady_clock>();
  auto verdict = Sized<sipward_verdict>();
  const int32_t status =
      sipward_inspector_inspect(inspector_.get(), bytes.data(), &packet, &verdict);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  if (!evidence_.Take(inspector_.get(), verdict, packet.wall_ns)) return false;
  const MessageView message(sipward_inspector_message(inspector_.get()));
  const Inspected inspected{packet, verdict, message};
  summary_.Add(inspected);
  findings_.Add(inspected);
  return outputs_.Take(inspected, bytes) || CannotWrite();
}

bool Watch::ReadLive() {
  constexpr int kMostAtOnce = 4096;  // then the others have their turn
  io::CaptureItem item;
  for (int i = 0; i < kMostAtOnce && !Done(); ++i) {
    const io::CaptureStatus status = live_.Next(&item);
    if (status == io::CaptureStatus::kQuiet) return true;
    if (status != io::CaptureStatus::kMessage) return Unusable(live_.error());
    if (!Take(item.packet, {item.data, item.size})) return false;
  }
  hungry_ = true;
  return true;
}

// Rules that are wrong are said, and the old ones go on.
void Watch::Reload() {
  g_reload = 0;
  std::string error;
  if (!outputs_.Reopen(&error)) Complain(error);
  LoadedRules loaded = ReadRules();
  if (loaded.rules == nullptr) {
    std::fwrite(loaded.errors.data(), 1, loaded.errors.size(), stderr);
    return Complain("the rules stay as they were");
  }
  const int32_t status = sipward_engine_reload(engine_.get(), loaded.rules.get(), nullptr);
  if (status != SIPWARD_OK) {
    return Complain(std::string("the rules stay as they were: ") + sipward_status_text(status));
  }
  rules_ = std::move(loaded);
  if (evidence_.Begin(rules_.rules.get(), inspector_.get())) Complain("the rules were read again");
}

uint64_t Watch::Lost() const {
  const io::LiveLosses losses = live_.Losses();
  return losses.by_kernel + losses.by_interface + hep_.statistics().lost + outputs_.hep().lost();
}

void Watch::TellNotices() {
  auto notice = Sized<sipward_notice>();
  while (sipward_engine_notice_next(engine_.get(), &notice_cursor_, &notice) == SIPWARD_OK)
    outputs_.Tell(notice);
}

// Overload is said while it lasts, every ten seconds.
void Watch::TellLosses(bool last) {
  constexpr int64_t kEvery = 10'000'000'000;
  const int64_t now = NowOf<std::chrono::steady_clock>();
  if (!last && now - told_at_ns_ < kEvery) return;
  const uint64_t lost = Lost();
  if (lost > told_lost_) {
    Complain(Counted(lost - told_lost_, "packet") + " came too fast and were lost");
  }
  told_lost_ = lost;
  told_at_ns_ = now;
}

// What has come since, from all sources; then as long as nothing does, up to a second.
bool Watch::Turn() {
  std::vector<pollfd> descriptors;
  if (!request_.hep.empty()) hep_.AppendDescriptors(&descriptors);
  if (!request_.live.interface.empty()) descriptors.push_back({live_.descriptor(), POLLIN, 0});
  if (metrics_.is_open()) descriptors.push_back({metrics_.descriptor(), POLLIN, 0});
  sigset_t none;
  sigemptyset(&none);
  const timespec wait{hungry_ ? 0 : 1, 0};
  if (ppoll(descriptors.data(), descriptors.size(), &wait, &none) < 0 && errno != EINTR) {
    return Unusable("cannot wait for packets");
  }
  hungry_ = false;
  if (g_reload != 0) Reload();
  if (!request_.live.interface.empty() && !ReadLive()) return false;
  bool good = true;
  if (!request_.hep.empty()) {
    hep_.Read([&](const io::HepItem& item) {
      good = Take(item.packet, item.payload);
      return good && !Done();
    });
  }
  if (metrics_.is_open()) metrics_.Serve();
  TellNotices();
  TellLosses(false);
  return good && evidence_.Tick() && Flush();
}

// Behind the giving up of rights: the files belong to who goes on with them.
bool Watch::OpenEvidence() {
  return evidence_.Open(request_.evidence, "watch") &&
         evidence_.Begin(rules_.rules.get(), inspector_.get());
}

bool Watch::Loop() {
  // Signals interrupt the waiting and nothing else.
  sigset_t blocked;
  sigemptyset(&blocked);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&blocked, number);
    struct sigaction action {};
    action.sa_handler = number == SIGHUP ? OnReload : OnStop;
    sigaction(number, &action, nullptr);
  }
  sigprocmask(SIG_BLOCK, &blocked, nullptr);
  std::string where = request_.live.interface;
  if (!request_.hep.empty()) {
    const std::string host = request_.hep.substr(0, request_.hep.rfind(':'));
    where += (where.empty() ? "HEP3 at " : ", HEP3 at ") + host + ":" + std::to_string(hep_.port());
  }
  if (metrics_.is_open()) where += ", metrics at port " + std::to_string(metrics_.port());
  TellNotices();
  Complain("watching " + where);
  while (!Done()) {
    if (!Turn()) return false;
  }
  TellLosses(true);
  return true;
}

bool Watch::SaveState() {
  if (request_.state.empty()) return true;
  auto moment = Sized<sipward_moment>();
  moment.wall_ns = NowOf<std::chrono::system_clock>();
  moment.monotonic_ns = NowOf<std::chrono::steady_clock>();
  const std::string why = io::StateFile(request_.state).Save(state_.get(), moment);
  return why.empty() || Unusable(why);
}

std::string Watch::SourcesText() const {
  std::string text;
  const auto part = [&text](std::string_view label, uint64_t number) {
    if (number == 0) return;
    text += std::string(label) + " " + Grouped(number) + "\n";
  };
  const io::LiveLosses losses = live_.Losses();
  const io::HepStatistics& hep = hep_.statistics();
  part("HEP3 packets            ", hep.packets);
  part("  that hold no SIP      ", hep.not_sip);
  part("  without the key       ", hep.wrong_key);
  part("no HEP3                 ", hep.malformed);
  part("connections refused     ", hep.refused_connections);
  part("lost by the HEP3 socket ", hep.lost);
  part("lost by the kernel      ", losses.by_kernel);
  part("lost by the interface   ", losses.by_interface);
  part("sent as HEP3            ", outputs_.hep().sent());
  part("not sent as HEP3        ", outputs_.hep().lost());
  part("sent to syslog          ", outputs_.syslog().sent());
  part("not sent to syslog      ", outputs_.syslog().lost());
  part("findings not told of    ", outputs_.findings().untold());
  return text;
}

bool Watch::WriteReport() {
  if (!outputs_.for_people()) return true;
  return Print("\n" + findings_.Render() + "\n" + summary_.Render(live_.statistics(), 0) +
               SourcesText());
}

int Watch::Run() {
  if (!BuildEngine() || !OpenSources() || !GiveUpRights() || !OpenEvidence()) return kExitUnusable;
  const bool good = Loop();
  const bool ended = evidence_.Close() && Flush() && SaveState() && WriteReport();
  if (!good || !ended) return kExitUnusable;
  return Finish(summary_.above_flag() ? kExitFound : kExitOk);
}

}  // namespace

int RunWatch(const WatchRequest& request) { return Watch(request).Run(); }

}  // namespace sipward::cli
