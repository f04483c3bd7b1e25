#include "engine/statistics.h"

#include <algorithm>
#include <span>

#include "engine/held.h"

namespace sipward::engine {
namespace {

// What a clock may go back without a word: events of several sources are not sorted to the second.
constexpr Nanos kLateness = kSecond;

std::span<uint64_t> NumbersOf(Statistics& statistics) {
  static_assert(sizeof statistics % sizeof(uint64_t) == 0);
  return {reinterpret_cast<uint64_t*>(&statistics), sizeof statistics / sizeof(uint64_t)};
}

// `from` may be written meanwhile, by its one owner.
void AddTo(Statistics& sum, Statistics& from) {
  const auto to = NumbersOf(sum);
  const auto counts = NumbersOf(from);
  for (size_t i = 0; i < to.size(); ++i) {
    to[i] += std::atomic_ref<uint64_t>(counts[i]).load(std::memory_order_relaxed);
  }
}

}  // namespace

Tally::Tally(Ledger& ledger) : ledger_(ledger) {
  const Held lock(ledger_.lock_);
  ledger_.tallies_.push_back(this);
}

Tally::~Tally() {
  const Held lock(ledger_.lock_);
  std::erase(ledger_.tallies_, this);
  AddTo(ledger_.departed_, counts);
  if (now_ > ledger_.now_) {
    ledger_.now_ = now_;
    ledger_.wall_ = wall_;
  }
}

void Tally::Begin(Nanos now, Nanos wall, bool resumed) {
  const Nanos before = now_.load(std::memory_order_relaxed);
  if (resumed && now < before) return;
  now_.store(now, std::memory_order_relaxed);
  wall_.store(wall, std::memory_order_relaxed);
  if (SaturatingSum(now, kLateness) < before) {
    Tell(NoticeCode::kClockBack,
         {.amount = static_cast<uint64_t>(before) - static_cast<uint64_t>(now)});
  }
}

void Tally::EndPacket(const sip::Message& message, bool keep_alive, const Verdict& verdict) {
  Add(counts.packets);
  if (keep_alive) Add(counts.keep_alives);
  switch (message.start().kind) {
    case sip::StartKind::kNone:
      Add(counts.not_sip);
      break;
    case sip::StartKind::kRequest:
      Add(counts.by_kind[static_cast<size_t>(facts::EventKind::kRequest)]);
      break;
    case sip::StartKind::kResponse:
      Add(counts.by_kind[static_cast<size_t>(facts::EventKind::kResponse)]);
      break;
  }
  if (verdict.parse_status != sip::ParseStatus::kOk) Add(counts.malformed);
  if (verdict.parse_status == sip::ParseStatus::kLimit) Add(counts.over_limit);
  for (size_t i = 0; i < counts.by_anomaly.size(); ++i) {
    if (message.anomalies().HasClass(static_cast<sip::AnomalyClass>(i))) {
      Add(counts.by_anomaly[i]);
    }
  }
  EndVerdict(verdict);
}

void Tally::EndResumed(const Verdict& verdict) {
  Add(counts.resumed);
  EndVerdict(verdict);
}

void Tally::EndEvent(facts::EventKind kind, const Verdict& verdict) {
  Add(counts.events);
  Add(counts.by_kind[static_cast<size_t>(kind)]);
  EndVerdict(verdict);
}

void Tally::EndVerdict(const Verdict& verdict) {
  Add(counts.by_action[static_cast<size_t>(verdict.action)]);
  if (verdict.pending) Add(counts.pending);
  if (verdict.banned) Add(counts.banned);
  if (verdict.allow_listed) Add(counts.allow_listed);
  if (verdict.emergency) Add(counts.emergency);
  if (verdict.alert) Add(counts.alerts);
  if (verdict.capture) Add(counts.captures);
  if (verdict.overload) {
    Add(counts.overload);
    Tell(NoticeCode::kOverload, {});
  }
  if (verdict.hits_omitted != 0) {
    Tell(NoticeCode::kMatchesOmitted, {.amount = uint64_t{verdict.hit_count} + verdict.hits_omitted,
                                       .limit = Verdict::kMaxHits});
  }
}

void Tally::Match(RuleTally& rule, MatchFate fate) {
  rule.by_fate[static_cast<size_t>(fate)].fetch_add(1, std::memory_order_relaxed);
  if (fate == MatchFate::kAgain) return;
  Add(counts.matches);
  if (fate == MatchFate::kReported) {
    Add(counts.matches_reported);
  } else if (fate != MatchFate::kEnforced) {
    Add(counts.matches_withheld);
  }
}

void Tally::Tell(NoticeCode code, const NoticeText& text) {
  ledger_.notices.Put(code, now_.load(std::memory_order_relaxed),
                      wall_.load(std::memory_order_relaxed), text);
}

void Tally::NotePressure(double pressure) {
  const bool under = ledger_.under_pressure_.load(std::memory_order_relaxed);
  if (under ? pressure >= Ledger::kPressure / 2 : pressure < Ledger::kPressure) return;
  if (ledger_.under_pressure_.exchange(!under, std::memory_order_relaxed) != under) return;
  Tell(under ? NoticeCode::kPressureOver : NoticeCode::kPressure,
       {.amount = static_cast<uint64_t>(pressure * 100),
        .limit = static_cast<uint64_t>(Ledger::kPressure * 100)});
}

Statistics Ledger::Sum() const {
  const Held lock(lock_);
  Statistics sum = departed_;
  for (Tally* tally : tallies_) AddTo(sum, tally->counts);
  return sum;
}

void Ledger::Tell(NoticeCode code, const NoticeText& text) {
  Nanos now = 0;
  Nanos wall = 0;
  {
    const Held lock(lock_);
    now = now_;
    wall = wall_;
    for (const Tally* tally : tallies_) {
      const Nanos seen = tally->now_.load(std::memory_order_relaxed);
      if (seen == INT64_MIN || seen < now) continue;
      now = seen;
      wall = tally->wall_.load(std::memory_order_relaxed);
    }
  }
  notices.Put(code, now, wall, text);
}

void Ledger::NoteReload(bool loaded, const NoticeText& text) {
  {
    const Held lock(lock_);
    ++(loaded ? departed_.reloads : departed_.reloads_refused);
  }
  Tell(loaded ? NoticeCode::kRulesLoaded : NoticeCode::kStateFull, text);
}

void Ledger::CountFeedback(FeedbackVerdict verdict, bool again) {
  const Held lock(lock_);
  ++(again ? departed_.feedback_again : departed_.feedback[static_cast<size_t>(verdict)]);
}

}  // namespace sipward::engine
