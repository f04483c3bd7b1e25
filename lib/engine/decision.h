// From the actions that rules ask for to the one that the guards permit, and what is remembered of
// it.
#ifndef SIPWARD_ENGINE_DECISION_H_
#define SIPWARD_ENGINE_DECISION_H_

#include "engine/circumstances.h"
#include "engine/engine.h"
#include "facts/tape.h"

namespace sipward::engine {

// A source, account or trunk whose score reaches this is banned for kScoreBanTime. Only what proven
// messages gave counts: a forger could else collect points in the name of another.
inline constexpr double kScoreBanThreshold = 100;
inline constexpr Nanos kScoreHalfLife = 10 * kMinute;
inline constexpr Nanos kScoreBanTime = 10 * kMinute;

// Whether an action is all that is to be said to a message, so that rules of the second stage have
// nothing left to decide.
constexpr bool IsFinal(Action action) { return action > Action::kFlag && action != Action::kHold; }

// Adds to verdict->action, sip_code, sip_reason, score, alert, capture, hits and tags what the
// rules asked for, and applies scores, throttles, bans and what is added to lists. What became of
// each rule is counted. What it reads of the state is recorded on the tape, if there is one; while
// that plays, the state is neither read nor changed.
void Decide(const Generation& generation, const rules::Outcome& outcome,
            const Circumstances& circumstances, state::Region& region, const EngineTables& tables,
            Tally& tally, facts::Tape* tape, Verdict* verdict);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DECISION_H_
