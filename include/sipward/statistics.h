// What an engine counts: in all, and by rule.
//
//   const sipward::Statistics counted = engine.statistics();
//   for (const sipward::RuleStatistics& rule : engine.RulesCounted()) ...
#ifndef SIPWARD_STATISTICS_H_
#define SIPWARD_STATISTICS_H_

#include <sipward.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace sipward {

// Since the engine was made, of this process alone; what begins with `state_` is of all that share
// the state.
struct Statistics {
  uint64_t packets = 0;
  uint64_t not_sip = 0;                 // neither a request nor a response
  uint64_t malformed = 0;               // refused by the parser
  std::array<uint64_t, 7> by_action{};  // indexed by Action, from kAllow
  uint64_t evictions = 0;               // living entries that state tables gave up for new ones
  uint64_t events = 0;                  // that were told by fields; they count in by_action as well
  uint64_t pending = 0;                 // packets whose verdict was pending
  uint64_t resumed = 0;                 // and those that went on; both verdicts count
  uint64_t keep_alives = 0;             // packets that keep a NAT open: not judged
  uint64_t over_limit = 0;              // of `malformed`: beyond a limit of the parser
  uint64_t retransmissions = 0;         // they do not count in `matches` and what begins like it
  std::array<uint64_t, 10> by_kind{};   // by EventKind: requests, responses, and events
  std::array<uint64_t, 4> by_anomaly{};  // by AnomalyClass: packets with at least one of the class
  uint64_t banned = 0;                   // packets and events of who was banned before
  uint64_t allow_listed = 0;
  uint64_t emergency = 0;
  uint64_t overload = 0;          // emergency calls: more than there should be
  uint64_t alerts = 0;            // verdicts that say `alert`
  uint64_t captures = 0;          // and `capture`
  uint64_t matches = 0;           // rules that matched, once for each packet or event
  uint64_t matches_reported = 0;  // of them: of rules in report mode
  uint64_t matches_withheld = 0;  // of them: held back by a guard
  uint64_t bans = 0;              // made by rules and scores
  uint64_t bans_withheld = 0;     // of sources that are not proven
  uint64_t list_entries = 0;      // added by rules
  uint64_t displaced = 0;         // bans and list entries that a living one gave way to
  uint64_t feedback_fraud = 0;
  uint64_t feedback_legitimate = 0;
  uint64_t feedback_repeated = 0;  // said before: counted here alone
  uint64_t reloads = 0;            // the first rules are one
  uint64_t reloads_refused = 0;
  uint64_t calls_untracked = 0;  // that began and had no room: no end is told of them
  uint64_t calls_given_up = 0;   // that ended because others needed their room
  uint64_t calls_lost = 0;       // that no message ended, but time
  uint64_t notices = 0;          // of Engine::NextNotice
  uint64_t notices_omitted = 0;  // too many of their kind
  uint64_t state_bytes = 0;
  uint64_t state_used = 0;
  uint64_t state_insertions = 0;
  uint64_t state_sketches_refused = 0;
  uint64_t identity_checks =
      0;  // Identity headers of a packet verified, by the engine's TrustStore
};

// What became of a rule's matches; each counts once.
struct RuleStatistics {
  std::string name;         // the first 128 bytes of a longer one
  uint64_t generation = 0;  // of the rules that run: 1, and one more with each reload
  uint64_t since = 0;       // the generation that the counts begin with
  uint64_t enforced = 0;
  uint64_t reported = 0;       // mode report
  uint64_t allow_listed = 0;   // withheld: the source is on the list `allowed`
  uint64_t emergency = 0;      // withheld by the emergency guard
  uint64_t weak_evidence = 0;  // withheld: a ban of a source that is not proven
  uint64_t too_late = 0;       // withheld: what it judged had happened already
  uint64_t again = 0;          // on retransmissions
};

// The host's word on a call that is over.
enum class Feedback : uint8_t {
  kFraud = SIPWARD_FEEDBACK_FRAUD,
  kLegitimate = SIPWARD_FEEDBACK_LEGITIMATE,
};

namespace detail {

inline Statistics ToStatistics(const sipward_statistics& c) noexcept {
  Statistics out;
  out.packets = c.packets;
  out.not_sip = c.not_sip;
  out.malformed = c.malformed;
  for (size_t i = 0; i < out.by_action.size(); ++i) out.by_action[i] = c.by_action[i];
  out.evictions = c.evictions;
  out.events = c.events;
  out.pending = c.pending;
  out.resumed = c.resumed;
  out.keep_alives = c.keep_alives;
  out.over_limit = c.over_limit;
  out.retransmissions = c.retransmissions;
  for (size_t i = 0; i < out.by_kind.size(); ++i) out.by_kind[i] = c.by_kind[i];
  for (size_t i = 0; i < out.by_anomaly.size(); ++i) out.by_anomaly[i] = c.by_anomaly[i];
  out.banned = c.banned;
  out.allow_listed = c.allow_listed;
  out.emergency = c.emergency;
  out.overload = c.overload;
  out.alerts = c.alerts;
  out.captures = c.captures;
  out.matches = c.matches;
  out.matches_reported = c.matches_reported;
  out.matches_withheld = c.matches_withheld;
  out.bans = c.bans;
  out.bans_withheld = c.bans_withheld;
  out.list_entries = c.list_entries;
  out.displaced = c.displaced;
  out.feedback_fraud = c.feedback_fraud;
  out.feedback_legitimate = c.feedback_legitimate;
  out.feedback_repeated = c.feedback_repeated;
  out.reloads = c.reloads;
  out.reloads_refused = c.reloads_refused;
  out.calls_untracked = c.calls_untracked;
  out.calls_given_up = c.calls_given_up;
  out.calls_lost = c.calls_lost;
  out.notices = c.notices;
  out.notices_omitted = c.notices_omitted;
  out.state_bytes = c.state_bytes;
  out.state_used = c.state_used;
  out.state_insertions = c.state_insertions;
  out.state_sketches_refused = c.state_sketches_refused;
  out.identity_checks = c.identity_checks;
  return out;
}

inline RuleStatistics ToRuleStatistics(const sipward_rule_statistics& c) {
  RuleStatistics out;
  out.name.assign(c.name, c.name_size);
  out.generation = c.generation;
  out.since = c.since;
  out.enforced = c.enforced;
  out.reported = c.reported;
  out.allow_listed = c.allow_listed;
  out.emergency = c.emergency;
  out.weak_evidence = c.weak_evidence;
  out.too_late = c.too_late;
  out.again = c.again;
  return out;
}

}  // namespace detail
}  // namespace sipward

#endif  // SIPWARD_STATISTICS_H_
