// What one process of `sipward watch` does: takes messages in, judges them, tells of them.
#ifndef SIPWARD_BINDINGS_CLI_WATCHER_H_
#define SIPWARD_BINDINGS_CLI_WATCHER_H_

#include <poll.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence_sink.h"
#include "findings.h"
#include "handle.h"
#include "io/capture.h"
#include "io/hep_receiver.h"
#include "summary.h"
#include "watch.h"
#include "watch_counts.h"
#include "watch_engine.h"
#include "watch_outputs.h"

namespace sipward::cli {

// Where a process keeps its evidence; `name` as below.
EvidenceRequest EvidenceOf(const WatchRequest& request, const std::string& name);

class Watcher {
 public:
  struct Parts {
    const WatchRequest& request;
    WatchEngine* engine;
    WatchOutputs* outputs;
    io::HepReceiver* hep;          // or null
    io::CaptureReader* live;       // or null
    std::atomic<uint64_t>* taken;  // messages of all processes, for --count
    std::string name;              // before what is said: "worker 2: "; or empty
  };
  explicit Watcher(Parts parts) : parts_(std::move(parts)) {}

  // False: it has been said why. So with Turn.
  bool Begin();
  // The log of evidence, if there is to be one: in the rights with which it is gone on. Several
  // processes have a folder each.
  bool OpenEvidence();
  bool CloseEvidence() { return evidence_.Close(); }
  // What has come since, from all sources; then as long as nothing does, up to so long. `others` is
  // what it waits for besides.
  bool Turn(std::vector<pollfd> others, int64_t most_ns);
  bool Done() const;
  // Whether nothing had come in the last turn.
  bool idle() const { return idle_; }
  // Says what the engine noticed; Turn does, too.
  void TellNotices();
  // Says what was lost since it was said last.
  void TellLosses();
  // The rules and the files of outputs; false: the rules stay as they were.
  bool Reload();

  // All but sources and findings, which may be many.
  WatchCounts Numbers() const;
  // And these; they are gone here then.
  WatchCounts TakeCounts();

 private:
  bool ReadLive();
  bool ReadHep();
  bool Take(sipward_packet packet, std::string_view bytes);
  bool MayTake();
  void AddSources(WatchCounts* counts) const;
  bool Unusable(std::string_view why) const;

  const Parts parts_;
  InspectorHandle inspector_;
  EvidenceSink evidence_;
  Summary summary_;  // TakeCounts takes them away
  Findings findings_;
  WatchCounts before_;   // what engine and outputs had counted, in the process that forked this one
  bool hungry_ = false;  // sources may have more
  bool idle_ = false;
  uint64_t told_lost_ = 0;
  int64_t told_at_ns_ = 0;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCHER_H_
