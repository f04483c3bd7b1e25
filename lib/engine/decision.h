// From the actions that rules ask for to the one that the guards permit, and what is remembered of
// it.
#ifndef SIPWARD_ENGINE_DECISION_H_
#define SIPWARD_ENGINE_DECISION_H_

#include "engine/engine.h"

namespace sipward::engine {

// A key whose score reaches this is banned for kScoreBanTime, if its source is proven.
inline constexpr double kScoreBanThreshold = 100;
inline constexpr Nanos kScoreHalfLife = 10 * kMinute;
inline constexpr Nanos kScoreBanTime = 10 * kMinute;

// Tables of the engine itself, beside those of the rules.
struct EngineTables {
  state::Region::Table bans, scores, throttles;
};

// The conditions under which a verdict is made.
struct Circumstances {
  bool report_only = false;
  bool allow_listed = false;
  bool emergency = false;
  bool strong_evidence = false;
  Nanos now = 0;
  IpAddress source;
};

// Fills verdict->action, sip_code, sip_reason, score and hits from what the rules asked for, and
// applies scores, throttles and bans.
void Decide(const rules::RuleSet& rules, const rules::Outcome& outcome,
            const Circumstances& circumstances, state::Region& region, const EngineTables& tables,
            Verdict* verdict);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DECISION_H_
