#include "engine/engine.h"

#include "engine/decision.h"

namespace sipward::engine {
namespace {

constexpr uint32_t kBanCapacity = 16'384;
constexpr uint32_t kScoreCapacity = 65'536;
constexpr uint32_t kThrottleCapacity = 16'384;
constexpr uint32_t kEmergencyDialogCapacity = 8'192;  // two entries for each
constexpr uint32_t kEmergencyCallerCapacity = 4'096;

}  // namespace

std::shared_ptr<const Engine> Engine::Create(std::shared_ptr<const rules::RuleSet> rules,
                                             std::shared_ptr<state::Region> region,
                                             const Options& options) {
  const std::shared_ptr<Engine> engine(new Engine());
  const auto open = [&](const state::TableSpec& spec, state::Region::Table* table) {
    const auto opened = region->Open(spec);
    if (opened) *table = *opened;
    return opened.has_value();
  };
  using state::TableKind;
  if (!open({TableKind::kBan, 0, kBanCapacity, "engine.bans"}, &engine->tables_.bans) ||
      !open({TableKind::kScore, kScoreHalfLife, kScoreCapacity, "engine.scores"},
            &engine->tables_.scores) ||
      !open({TableKind::kBucket, 0, kThrottleCapacity, "engine.throttles"},
            &engine->tables_.throttles) ||
      !open({TableKind::kMember, 0, kEmergencyDialogCapacity, "engine.emergency_dialogs"},
            &engine->tables_.emergency_dialogs) ||
      !open({TableKind::kMember, 0, kEmergencyCallerCapacity, "engine.emergency_callers"},
            &engine->tables_.emergency_callers)) {
    return nullptr;
  }
  for (const state::TableSpec& spec : rules->tables()) {
    if (!open(spec, &engine->rule_tables_.emplace_back())) return nullptr;
  }
  engine->rules_ = std::move(rules);
  engine->region_ = std::move(region);
  engine->options_ = options;
  return engine;
}

Statistics Engine::statistics() const {
  Statistics result;
  result.packets = counters_.packets.load(std::memory_order_relaxed);
  result.not_sip = counters_.not_sip.load(std::memory_order_relaxed);
  result.events = counters_.events.load(std::memory_order_relaxed);
  result.malformed = counters_.malformed.load(std::memory_order_relaxed);
  for (size_t i = 0; i < result.by_action.size(); ++i) {
    result.by_action[i] = counters_.by_action[i].load(std::memory_order_relaxed);
  }
  return result;
}

}  // namespace sipward::engine
