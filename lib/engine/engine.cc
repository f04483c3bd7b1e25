#include "engine/engine.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "engine/decision.h"
#include "engine/held.h"
#include "engine/response_times.h"
#include "engine/transactions.h"

namespace sipward::engine {
namespace {

constexpr uint32_t kBanCapacity = 16'384;
constexpr uint32_t kScoreCapacity = 65'536;
constexpr uint32_t kThrottleCapacity = 16'384;
constexpr uint32_t kEmergencyDialogCapacity = 8'192;  // two entries for each
constexpr uint32_t kEmergencyCallerCapacity = 4'096;

// Transactions take a twentieth of the region: of the usual 64 MiB, room for 2,000 new ones a
// second for as long as they are remembered.
uint32_t TransactionCapacity(uint64_t region_bytes) {
  return static_cast<uint32_t>(std::clamp<uint64_t>(region_bytes / 1024, 256, 65'536));
}

// Half as many requests, for as long as they may be answered.
uint32_t ResponseCapacity(uint64_t region_bytes) { return TransactionCapacity(region_bytes) / 2; }

}  // namespace

// The tables of the engine itself stay open as long as the region lives: bans outlast engines.
std::shared_ptr<Engine> Engine::Create(std::shared_ptr<const rules::RuleSet> rules,
                                       std::shared_ptr<state::Region> region,
                                       const Options& options, Misfit* misfit) {
  std::shared_ptr<Engine> engine(new Engine());
  constexpr platform::Sharing kPrivate = platform::Sharing::kPrivate;
  if (!engine->reload_.Init(kPrivate) || !engine->current_.Init(kPrivate) ||
      !engine->ledger_.Init()) {
    throw std::bad_alloc();
  }
  const auto open = [&](const state::TableSpec& spec, state::Region::Table* table) {
    const auto opened = region->Open(spec);
    if (opened) {
      *table = *opened;
    } else if (misfit != nullptr) {
      *misfit = {spec.signature, state::TableBytes(spec), region->LargestRoom()};
    }
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
            &engine->tables_.emergency_callers) ||
      !open({TableKind::kRepeat, kTransactionTime, TransactionCapacity(region->stats().bytes),
             "engine.transactions"},
            &engine->tables_.transactions) ||
      !open({TableKind::kRepeat, kFeedbackTime, kFeedbackCapacity, "engine.feedback"},
            &engine->tables_.feedback)) {
    return nullptr;
  }
  if (!options.calls_by_host) {
    const auto specs = calls::TableSpecs(region->stats().bytes, options.call_capacity);
    calls::Tables& tables = engine->tables_.calls;
    if (!open(specs[0], &tables.calls) || !open(specs[1], &tables.requests) ||
        !open(specs[2], &tables.nonces)) {
      return nullptr;
    }
  }
  if (options.analytics.rows != 0) {
    if (!open({TableKind::kRepeat, kResponseTime, ResponseCapacity(region->stats().bytes),
               "engine.responses"},
              &engine->tables_.responses)) {
      return nullptr;
    }
    engine->books_ = std::make_unique<AnalyticsBooks>(options.analytics, region->secret());
  }
  if (!CallerCheck::Prepare(options.trust, region.get(), misfit)) return nullptr;
  engine->region_ = std::move(region);
  engine->options_ = options;
  if (!engine->Reload(std::move(rules), misfit)) return nullptr;
  return engine;
}

bool Engine::Reload(std::shared_ptr<const rules::RuleSet> rules, Misfit* misfit) {
  const Held alone(reload_);
  const uint64_t number = number_.load(std::memory_order_relaxed) + 1;
  const std::string hash(rules->content_hash());
  Misfit why;
  std::shared_ptr<const Generation> made =
      Generation::Create(std::move(rules), region_, number, generation().get(), &why);
  if (made == nullptr) {
    ledger_.NoteReload(false, {.subject = why.signature, .amount = why.bytes, .limit = why.room});
    if (misfit != nullptr) *misfit = std::move(why);
    return false;
  }
  {
    const Held lock(current_);
    generation_.swap(made);
    number_.store(number, std::memory_order_release);
  }
  ledger_.NoteReload(true, {.key = hash, .amount = number});
  return true;  // what was swapped out is freed here, without the lock
}

std::optional<analytics::Report> Engine::analytics() const {
  if (books_ == nullptr) return std::nullopt;
  return books_->Report();
}

std::shared_ptr<const Generation> Engine::generation() const {
  const Held lock(current_);
  return generation_;
}

}  // namespace sipward::engine
