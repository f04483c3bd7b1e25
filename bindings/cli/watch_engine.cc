#include "watch_engine.h"

#include <algorithm>
#include <cstdio>

#include "clocks.h"
#include "file.h"
#include "io/state_file.h"
#include "seed.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kMetricsRows = 256;  // of each dimension, where metrics are served

bool Unusable(std::string_view why) {
  Complain(why);
  return false;
}

sipward_moment Now() {
  auto moment = Sized<sipward_moment>();
  moment.wall_ns = WallNow();
  moment.monotonic_ns = MonotonicNow();
  return moment;
}

}  // namespace

bool WatchEngine::MakeState(bool shared) {
  auto options = Sized<sipward_state_options>();
  options.shared = shared ? 1 : 0;
  const std::string why =
      ReadSeed(request_.state.empty() ? "" : request_.state + ".seed", &options);
  if (!why.empty()) return Unusable(why);
  sipward_state* state = nullptr;
  const int32_t status = sipward_state_create(&options, &state);
  state_.reset(state);
  return status == SIPWARD_OK || Unusable(sipward_status_text(status));
}

bool WatchEngine::RestoreState() {
  if (request_.state.empty()) return true;
  const auto restored = io::StateFile(request_.state).Restore(state_.get(), Now());
  if (restored.outcome == io::StateFile::Outcome::kRefused) return Unusable(restored.why);
  if (!restored.why.empty()) Complain(restored.why);
  return true;
}

LoadedRules WatchEngine::ReadRules() const {
  RuleSource source = request_.rules;
  source.keep_source = !request_.evidence.folder.empty();
  return LoadRules(source);
}

bool WatchEngine::Build(bool shared) {
  rules_ = ReadRules();
  if (rules_.rules == nullptr) {
    std::fwrite(rules_.errors.data(), 1, rules_.errors.size(), stderr);
    return false;
  }
  if (!callers_.Load(request_.callers) || !MakeState(shared) || !RestoreState()) return false;
  auto options = Sized<sipward_engine_options>();
  options.trust = callers_.trust();
  options.report_only = request_.report_only ? 1 : 0;
  if (!request_.metrics.empty()) {
    options.analytics_rows = std::max(kMetricsRows, 4 * request_.metrics_top);
  }
  sipward_engine* engine = nullptr;
  const int32_t status = sipward_engine_create(rules_.rules.get(), state_.get(), &options, &engine);
  engine_.reset(engine);
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  return request_.feeds.Fill(engine, MonotonicNow());
}

bool WatchEngine::Reload(const std::string& name) {
  LoadedRules loaded = ReadRules();
  if (loaded.rules == nullptr) {
    std::fwrite(loaded.errors.data(), 1, loaded.errors.size(), stderr);
    return Unusable(name + "the rules stay as they were");
  }
  const int32_t status = sipward_engine_reload(engine_.get(), loaded.rules.get(), nullptr);
  if (status != SIPWARD_OK) {
    return Unusable(name + "the rules stay as they were: " + sipward_status_text(status));
  }
  rules_ = std::move(loaded);
  return true;
}

bool WatchEngine::SaveState() const {
  if (request_.state.empty()) return true;
  const std::string why = io::StateFile(request_.state).Save(state_.get(), Now());
  return why.empty() || Unusable(why);
}

}  // namespace sipward::cli
