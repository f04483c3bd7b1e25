#include "watcher.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "clocks.h"
#include "file.h"
#include "text.h"
#include "watch_signals.h"

namespace sipward::cli {

EvidenceRequest EvidenceOf(const WatchRequest& request, const std::string& name) {
  EvidenceRequest evidence = request.evidence;
  // Of "worker 2: ".
  if (!name.empty()) evidence.folder += "/worker-" + name.substr(7, name.size() - 9);
  return evidence;
}

bool Watcher::Unusable(std::string_view why) const {
  Complain(parts_.name + std::string(why));
  return false;
}

bool Watcher::Begin() {
  sipward_inspector* inspector = nullptr;
  const int32_t status = sipward_inspector_create(parts_.engine->get(), &inspector);
  inspector_.reset(inspector);
  before_.engine = ReportOf(parts_.engine->get());
  before_.outputs = parts_.outputs->Counts();
  return status == SIPWARD_OK || Unusable(sipward_status_text(status));
}

bool Watcher::OpenEvidence() {
  const EvidenceRequest& request = parts_.request.evidence;
  if (request.folder.empty()) return true;
  if (!parts_.name.empty()) {
    std::error_code ignored;
    std::filesystem::create_directory(request.folder, ignored);
  }
  return evidence_.Open(EvidenceOf(parts_.request, parts_.name), "watch") &&
         evidence_.Begin(parts_.engine->rules(), inspector_.get());
}

bool Watcher::Done() const {
  const uint64_t count = parts_.request.count;
  return StopAsked() || (count != 0 && parts_.taken->load() >= count);
}

// Of --count, which all processes take their messages from.
bool Watcher::MayTake() {
  const uint64_t count = parts_.request.count;
  return count == 0 || parts_.taken->fetch_add(1) < count;
}

// The clock of windows is this machine's, whatever those who send HEP3 say that it is.
bool Watcher::Take(sipward_packet packet, std::string_view bytes) {
  if (!MayTake()) return true;
  packet.monotonic_ns = MonotonicNow();
  parts_.engine->callers().Provide(packet.wall_ns);
  auto verdict = Sized<sipward_verdict>();
  const int32_t status =
      sipward_inspector_inspect(inspector_.get(), bytes.data(), &packet, &verdict);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  if (!evidence_.Take(inspector_.get(), verdict, packet.wall_ns)) return false;
  const MessageView message(sipward_inspector_message(inspector_.get()));
  const Inspected inspected{packet, verdict, message};
  summary_.Add(inspected);
  findings_.Add(inspected);
  return parts_.outputs->Take(inspected, bytes) || parts_.outputs->Complained();
}

bool Watcher::ReadLive() {
  constexpr int kMostAtOnce = 4096;  // then the others have their turn
  io::CaptureItem item;
  for (int i = 0; i < kMostAtOnce && !Done(); ++i) {
    const io::CaptureStatus status = parts_.live->Next(&item);
    if (status == io::CaptureStatus::kQuiet) return true;
    if (status != io::CaptureStatus::kMessage) return Unusable(parts_.live->error());
    if (!Take(item.packet, {item.data, item.size})) return false;
  }
  hungry_ = true;
  return true;
}

bool Watcher::ReadHep() {
  bool good = true;
  parts_.hep->Read([&](const io::HepItem& item) {
    good = Take(item.packet, item.payload);
    return good && !Done();
  });
  return good;
}

bool Watcher::Turn(std::vector<pollfd> others, int64_t most_ns) {
  if (parts_.hep != nullptr) parts_.hep->AppendDescriptors(&others);
  if (parts_.live != nullptr) others.push_back({parts_.live->descriptor(), POLLIN, 0});
  most_ns = std::min(most_ns, evidence_.patience_ns());
  const int ready = WaitFor(&others, hungry_ ? 0 : most_ns);
  if (ready < 0) return Unusable("cannot wait for packets");
  idle_ = ready == 0 && !hungry_;
  hungry_ = false;
  if (parts_.live != nullptr && !ReadLive()) return false;
  if (parts_.hep != nullptr && !ReadHep()) return false;
  TellNotices();
  constexpr int64_t kTellEvery = 10'000'000'000;
  if (MonotonicNow() - told_at_ns_ >= kTellEvery) TellLosses();
  return evidence_.Tick() && (parts_.outputs->Flush() || parts_.outputs->Complained());
}

// That rules were loaded, the process says that has no name.
void Watcher::TellNotices() {
  auto notice = Sized<sipward_notice>();
  while (sipward_engine_notice_next(parts_.engine->get(), parts_.engine->notice_cursor(),
                                    &notice) == SIPWARD_OK) {
    if (!parts_.name.empty() && notice.code == SIPWARD_NOTICE_RULES_LOADED) continue;
    parts_.outputs->Tell(notice, parts_.name);
  }
}

void Watcher::TellLosses() {
  WatchCounts counts;
  AddSources(&counts);
  const uint64_t lost = counts.Lost() + counts.outputs.hep_lost;
  if (lost > told_lost_) {
    Complain(parts_.name + Counted(lost - told_lost_, "packet") + " came too fast and were lost");
  }
  told_lost_ = lost;
  told_at_ns_ = MonotonicNow();
}

bool Watcher::Reload() {
  std::string error;
  if (!parts_.outputs->Reopen(&error)) Complain(parts_.name + error);
  const bool good = parts_.engine->Reload(parts_.name);
  TellNotices();
  return good && evidence_.Begin(parts_.engine->rules(), inspector_.get());
}

void Watcher::AddSources(WatchCounts* counts) const {
  if (parts_.live != nullptr) {
    counts->capture = parts_.live->statistics();
    counts->live = parts_.live->Losses();
  }
  if (parts_.hep != nullptr) counts->hep = parts_.hep->statistics();
  counts->outputs = parts_.outputs->Counts();
}

WatchCounts Watcher::Numbers() const {
  WatchCounts counts;
  AddSources(&counts);
  counts.summary = summary_.Numbers();
  counts.engine = ReportOf(parts_.engine->get());
  counts.calls = CallMetricsOf(parts_.engine->get(), parts_.request.metrics_top);
  counts.Subtract(before_);
  return counts;
}

WatchCounts Watcher::TakeCounts() {
  WatchCounts counts = Numbers();
  counts.summary = std::move(summary_);
  counts.findings = std::move(findings_);
  return counts;
}

}  // namespace sipward::cli
