// `sipward watch --workers`: several processes that share the work, and one that looks after them.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_CREW_H_
#define SIPWARD_BINDINGS_CLI_WATCH_CREW_H_

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "io/hep_receiver.h"
#include "io/page_server.h"
#include "shared_memory.h"
#include "watch.h"
#include "watch_board.h"
#include "watch_counts.h"
#include "watch_engine.h"
#include "watch_metrics.h"
#include "watch_outputs.h"

namespace sipward::cli {

// Rules are read, and sockets and outputs opened, before the fork; the state is one for all. This
// process takes no messages: it begins workers anew that die, hands signals on, and tells what all
// of them counted.
class WatchCrew {
 public:
  explicit WatchCrew(const WatchRequest& request);
  // The exit code.
  int Run();

 private:
  struct Worker {
    pid_t process = 0;  // 0: it does not run
    int64_t begun_ns = 0;
    int64_t begin_at_ns = 0;  // when it is to be begun again
    int64_t patience_ns = 0;  // how long that was put off
    WatchBoard board;
    WatchCounts past;     // of those that died
    uint64_t deaths = 0;  // with which findings were lost
    bool dead = false;    // the last one died, and no other was begun
  };
  // What workers and this process have in common besides the state.
  struct Common {
    std::atomic<uint64_t> taken{0};    // for --count
    std::atomic<uint64_t> reloads{0};  // that were asked for
    struct Reload {
      std::atomic<uint64_t> done{0};    // the number of the last one
      std::atomic<uint64_t> failed{0};  // the number of the last one that did
    };
    std::array<Reload, WatchRequest::kMostWorkers> by_worker;
  };

  bool Open();
  bool OpenHep();
  bool OpenMetrics();
  bool Begin(size_t which);
  int Work(size_t which, io::CaptureReader* live);
  bool WorkLoop(size_t which, class Watcher* watcher);
  bool LookAfter();
  void TellNotices();
  void Reap();
  void Bury(size_t which, int status);
  void PutOff(size_t which, const std::string& why);
  void BeginAgain();
  void AskToReload();
  void NoteReload();
  void Stop();
  bool SettleDead(size_t which);
  size_t Running() const;
  int64_t NextTurn() const;
  WatchCounts CountsOf(size_t which) const;
  WatchCounts All() const;
  CrewCounts Crew() const;
  bool WriteReport(const WatchCounts& counts);

  const WatchRequest& request_;
  WatchEngine engine_;
  WatchOutputs outputs_;
  std::vector<std::unique_ptr<io::HepReceiver>> hep_;  // one for each worker, or none
  int32_t group_ = io::LiveSource::kNewGroup;
  io::PageServer metrics_;
  std::vector<Worker> workers_;
  Shared<Common> common_ = MakeShared<Common>();
  uint64_t restarts_ = 0;
  uint64_t reload_told_ = 0;
  bool over_ = false;    // a worker has reached --count
  bool failed_ = false;  // or cannot go on, and none could
  int64_t begin_wall_ns_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_CREW_H_
