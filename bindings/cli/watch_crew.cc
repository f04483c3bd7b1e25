#include "watch_crew.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "clocks.h"
#include "exit_code.h"
#include "file.h"
#include "metrics_text.h"
#include "privileges.h"
#include "text.h"
#include "watch_signals.h"
#include "watcher.h"

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kPostEvery = kSecond / 4;  // what a worker counted
constexpr int64_t kFirstPatience = kSecond / 10, kMostPatience = 30 * kSecond;
constexpr int64_t kLongLife = 60 * kSecond;  // who lived so long is begun again at once
constexpr int64_t kLastPatience = 30 * kSecond;
constexpr int kExitDied = 70;  // of a worker that met with something unforeseen

std::string NameOf(size_t which) { return "worker " + std::to_string(which + 1); }

bool Unusable(std::string_view why) {
  Complain(why);
  return false;
}

std::string EndText(int status) {
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
  return "ended with code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

WatchCrew::WatchCrew(const WatchRequest& request)
    : request_(request),
      engine_(request),
      outputs_(request),
      workers_(request.workers),
      begin_wall_ns_(WallNow()) {}

bool WatchCrew::OpenHep() {
  if (request_.hep.empty()) return true;
  for (size_t i = 0; i < workers_.size(); ++i) hep_.push_back(std::make_unique<io::HepReceiver>());
  return io::HepReceiver::OpenAll(request_.hep, request_.hep_key, &hep_) ||
         Unusable(hep_.front()->error());
}

bool WatchCrew::OpenMetrics() {
  const auto write = [this] {
    const CrewCounts crew = Crew();
    return MetricsOf(All(), begin_wall_ns_, &crew);
  };
  return request_.metrics.empty() ||
         metrics_.Open(request_.metrics, "/metrics", kMetricsType, write) ||
         Unusable(metrics_.error());
}

// Interfaces are opened for each worker when it is begun, for which a right is kept: the kernel
// gives what comes to all that are open, whether or not somebody reads there.
bool WatchCrew::Open() {
  if (!outputs_.Open()) return Unusable(outputs_.error());
  if (!OpenHep() || !OpenMetrics()) return false;
  for (Worker& worker : workers_) {
    if (!worker.board.Open()) return Unusable("there is no memory for what workers count");
  }
  const std::string user = UserOf(request_);
  const Keep keep = request_.live.interface.empty() ? Keep::kNothing : Keep::kCapture;
  const std::string why = user.empty() ? "" : BecomeUser(user, keep);
  return why.empty() || Unusable(why);
}

// False: it has been said why.
bool WatchCrew::Begin(size_t which) {
  io::CaptureReader live;
  if (!request_.live.interface.empty()) {
    io::LiveSource source = request_.live;
    source.group = group_;
    if (!live.OpenLive(source)) return Unusable(live.error());
    group_ = live.group();
  }
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process < 0) return Unusable("cannot begin " + NameOf(which));
  if (process == 0) {
    // A worker without the process that looks after it ends.
    const bool alone = prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent;
    std::exit(alone ? kExitUnusable : Work(which, &live));
  }
  Worker& worker = workers_[which];
  worker.process = process;
  worker.begun_ns = MonotonicNow();
  worker.dead = false;
  common_->by_worker[which].done = common_->reloads.load();  // it has the rules of this process
  return true;
}

// In the worker.
int WatchCrew::Work(size_t which, io::CaptureReader* live) try {
  for (size_t i = 0; i < hep_.size(); ++i) {
    if (i != which) hep_[i].reset();
  }
  const bool capture = !request_.live.interface.empty() && geteuid() != 0;
  const std::string why = capture ? GiveUpCapture() : "";
  if (!why.empty()) {
    Complain(NameOf(which) + ": " + why);
    return kExitUnusable;
  }
  Watcher watcher({request_, &engine_, &outputs_, hep_.empty() ? nullptr : hep_[which].get(),
                   request_.live.interface.empty() ? nullptr : live, &common_->taken,
                   NameOf(which) + ": "});
  if (!watcher.Begin() || !watcher.OpenEvidence()) return kExitUnusable;
  const bool good = WorkLoop(which, &watcher);
  watcher.TellLosses();
  const bool ended = watcher.CloseEvidence() && (outputs_.Flush() || outputs_.Complained());
  const WatchCounts counts = watcher.TakeCounts();
  if (!workers_[which].board.Post(counts.Pack())) Complain(NameOf(which) + ": its counts are lost");
  if (!good || !ended) return kExitUnusable;
  return counts.summary.above_flag() ? kExitFound : kExitOk;
} catch (const std::exception& error) {
  Complain(NameOf(which) + ": " + error.what());
  return kExitDied;
}

bool WatchCrew::WorkLoop(size_t which, Watcher* watcher) {
  Common::Reload& reload = common_->by_worker[which];
  int64_t posted_ns = 0;
  bool posted = false;  // all that it counted
  while (!watcher->Done()) {
    if (!watcher->Turn({}, posted ? kSecond : kPostEvery)) return false;
    posted = posted && watcher->idle();
    if (TakeReload()) {
      const uint64_t number = common_->reloads;
      if (!watcher->Reload()) reload.failed = number;
      reload.done = number;
    }
    const int64_t now = MonotonicNow();
    if (posted || now - posted_ns < kPostEvery) continue;
    posted = workers_[which].board.Post(watcher->Numbers().Pack());
    posted_ns = now;
  }
  return true;
}

void WatchCrew::TellNotices() {
  auto notice = Sized<sipward_notice>();
  while (sipward_engine_notice_next(engine_.get(), engine_.notice_cursor(), &notice) == SIPWARD_OK)
    outputs_.Tell(notice, "");
}

size_t WatchCrew::Running() const {
  size_t running = 0;
  for (const Worker& worker : workers_) running += worker.process != 0 ? 1 : 0;
  return running;
}

WatchCounts WatchCrew::CountsOf(size_t which) const {
  WatchCounts counts;
  const std::string posted = workers_[which].board.Read();
  if (!posted.empty() && !counts.Unpack(posted)) Complain(NameOf(which) + ": its counts are lost");
  return counts;
}

void WatchCrew::PutOff(size_t which, const std::string& why) {
  Worker& worker = workers_[which];
  const int64_t now = MonotonicNow();
  const bool fresh = worker.patience_ns == 0 || now - worker.begun_ns >= kLongLife;
  worker.patience_ns = fresh ? kFirstPatience : std::min(2 * worker.patience_ns, kMostPatience);
  worker.begin_at_ns = now + worker.patience_ns;
  const int64_t tenths = worker.patience_ns / (kSecond / 10);
  Complain(why + "; it begins again in " + std::to_string(tenths / 10) + "." +
           std::to_string(tenths % 10) + " seconds");
}

// A worker that came to its end. What it counted stays, up to what it posted last.
void WatchCrew::Bury(size_t which, int status) {
  Worker& worker = workers_[which];
  const std::string process = " (process " + std::to_string(worker.process) + ") ";
  worker.process = 0;
  worker.past.Add(CountsOf(which));
  worker.board.Clear();
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : kExitDied;
  if (code == kExitUnusable) failed_ = true;  // it has said why
  const bool ended = code == kExitOk || code == kExitFound;
  if (ended) over_ = true;
  worker.dead = !ended;
  if (!ended) ++worker.deaths;
  if (over_ || failed_ || StopAsked()) return;
  ++restarts_;
  if (!hep_.empty()) hep_[which]->GoOnAfter(worker.past.hep.lost);
  PutOff(which, NameOf(which) + process + EndText(status));
}

void WatchCrew::Reap() {
  for (size_t i = 0; i < workers_.size(); ++i) {
    int status = 0;
    const pid_t process = workers_[i].process;
    if (process != 0 && waitpid(process, &status, WNOHANG) == process) Bury(i, status);
  }
}

void WatchCrew::BeginAgain() {
  for (size_t i = 0; i < workers_.size(); ++i) {
    if (workers_[i].process != 0 || MonotonicNow() < workers_[i].begin_at_ns) continue;
    if (!Begin(i)) PutOff(i, NameOf(i) + " cannot be begun");
  }
}

// This process first: where the rules are wrong it says so once, and nobody else reads them.
void WatchCrew::AskToReload() {
  std::string error;
  if (!outputs_.Reopen(&error)) Complain(error);
  const bool good = engine_.Reload("");
  TellNotices();
  if (!good) return;
  ++common_->reloads;
  for (const Worker& worker : workers_) {
    if (worker.process != 0) kill(worker.process, SIGHUP);
  }
}

// Said once, when all that run have read them.
void WatchCrew::NoteReload() {
  const uint64_t asked = common_->reloads;
  if (asked == reload_told_) return;
  bool failed = false;
  for (size_t i = 0; i < workers_.size(); ++i) {
    const Common::Reload& reload = common_->by_worker[i];
    if (workers_[i].process != 0 && reload.done != asked) return;
    failed = failed || reload.failed == asked;
  }
  reload_told_ = asked;
  Complain(failed ? "the rules were read again, but not by all workers"
                  : "the rules were read again");
}

int64_t WatchCrew::NextTurn() const {
  int64_t wait = common_->reloads == reload_told_ ? kSecond : kSecond / 50;
  const int64_t now = MonotonicNow();
  for (const Worker& worker : workers_) {
    if (worker.process == 0) wait = std::min(wait, std::max<int64_t>(worker.begin_at_ns - now, 0));
  }
  return wait;
}

bool WatchCrew::LookAfter() {
  while (!StopAsked() && !over_ && !failed_) {
    std::vector<pollfd> descriptors;
    if (metrics_.is_open()) descriptors.push_back({metrics_.descriptor(), POLLIN, 0});
    if (WaitFor(&descriptors, NextTurn()) < 0) return Unusable("cannot wait for workers");
    Reap();
    if (StopAsked() || over_ || failed_) break;
    BeginAgain();
    if (TakeReload()) AskToReload();
    NoteReload();
    TellNotices();
    if (metrics_.is_open()) metrics_.Serve();
  }
  return !failed_;
}

// Each writes what it still has. Who does not end is made to.
void WatchCrew::Stop() {
  for (const Worker& worker : workers_) {
    if (worker.process != 0) kill(worker.process, SIGTERM);
  }
  const int64_t until = MonotonicNow() + kLastPatience;
  std::vector<pollfd> none;
  over_ = true;
  for (Reap(); Running() > 0 && MonotonicNow() < until; Reap()) WaitFor(&none, kSecond / 10);
  for (size_t i = 0; i < workers_.size(); ++i) {
    if (workers_[i].process == 0) continue;
    Complain(NameOf(i) + " does not end, and is killed");
    kill(workers_[i].process, SIGKILL);
    int status = 0;
    if (waitpid(workers_[i].process, &status, 0) > 0) Bury(i, status);
  }
}

// What it left when nobody was begun in its place: a log without an end, and packets that wait.
bool WatchCrew::SettleDead(size_t which) {
  constexpr int kMostTurns = 1024;  // somebody may go on sending
  uint64_t left = 0, before = 1;
  for (int i = 0; !hep_.empty() && i < kMostTurns && left != before; ++i) {
    before = left;
    hep_[which]->Read([&left](const io::HepItem&) { return ++left != 0; });
  }
  if (left != 0)
    Complain(NameOf(which) + ": " + Counted(left, "packet") + " waited for it in vain");
  if (request_.evidence.folder.empty()) return true;
  EvidenceSink log;
  return log.Open(EvidenceOf(request_, NameOf(which) + ": "), "watch") && log.Close();
}

WatchCounts WatchCrew::All() const {
  WatchCounts all;
  all.engine = ReportOf(engine_.get());
  all.outputs = outputs_.Counts();
  for (size_t i = 0; i < workers_.size(); ++i) {
    all.Add(workers_[i].past);
    all.Add(CountsOf(i));
  }
  return all;
}

CrewCounts WatchCrew::Crew() const {
  CrewCounts crew;
  crew.restarts = restarts_;
  for (size_t i = 0; i < workers_.size(); ++i) {
    WatchCounts counts = CountsOf(i);
    counts.Add(workers_[i].past);
    crew.workers.push_back({counts.summary.messages(), counts.Lost(), workers_[i].process != 0});
  }
  return crew;
}

bool WatchCrew::WriteReport(const WatchCounts& counts) {
  if (!outputs_.for_people()) return true;
  const CrewCounts crew = Crew();
  std::string text;
  for (size_t i = 0; i < workers_.size(); ++i) {
    const uint64_t deaths = workers_[i].deaths;
    if (deaths == 0) continue;
    text += NameOf(i) + " died " + (deaths == 1 ? "once" : Counted(deaths, "time")) +
            ": what it had found until then is missing here\n";
  }
  text += (text.empty() ? "" : "\n") + ReportText(counts);
  for (size_t i = 0; i < crew.workers.size(); ++i) {
    text += NameOf(i) + " took " + Counted(crew.workers[i].messages, "message");
    if (crew.workers[i].lost > 0) text += ", " + Grouped(crew.workers[i].lost) + " lost";
    text += "\n";
  }
  if (restarts_ > 0) text += "workers begun again      " + Grouped(restarts_) + "\n";
  return Print(text);
}

int WatchCrew::Run() {
  if (!engine_.Build(true) || !Open()) return kExitUnusable;
  HoldSignals();
  bool good = true;
  for (size_t i = 0; i < workers_.size() && good; ++i) good = Begin(i);
  if (good) {
    TellNotices();
    Complain(WatchingText(request_, hep_.empty() ? 0 : hep_.front()->port(),
                          metrics_.is_open() ? metrics_.port() : 0) +
             ", by " + std::to_string(workers_.size()) + " workers");
    good = LookAfter();
  }
  Stop();
  for (size_t i = 0; i < workers_.size() && good && !failed_; ++i) {
    if (workers_[i].dead) good = SettleDead(i);
  }
  const WatchCounts counts = All();
  if (!engine_.SaveState() || !good || failed_ || !WriteReport(counts)) return kExitUnusable;
  return Finish(counts.summary.above_flag() ? kExitFound : kExitOk);
}

}  // namespace sipward::cli
