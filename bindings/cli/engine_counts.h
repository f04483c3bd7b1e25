// What an engine counts, by name.
#ifndef SIPWARD_BINDINGS_CLI_ENGINE_COUNTS_H_
#define SIPWARD_BINDINGS_CLI_ENGINE_COUNTS_H_

#include <cstdint>
#include <string_view>

#include "sipward.h"

namespace sipward::cli {

struct EngineCount {
  const char* name;
  const char* suffix;  // of the metric of that name: _total, if it only grows
  const char* help;
  uint64_t sipward_statistics::*value;
};
inline constexpr EngineCount kEngineCounts[] = {
    {"packets", "_total", "Packets that were inspected", &sipward_statistics::packets},
    {"events", "_total", "Events that the host told of, and call records",
     &sipward_statistics::events},
    {"not_sip", "_total", "Packets that are neither a request nor a response",
     &sipward_statistics::not_sip},
    {"keep_alives", "_total", "Packets that keep a NAT open", &sipward_statistics::keep_alives},
    {"malformed", "_total", "Packets that the parser refused", &sipward_statistics::malformed},
    {"over_limit", "_total", "Packets that were refused as beyond a limit of the parser",
     &sipward_statistics::over_limit},
    {"retransmissions", "_total", "Packets that repeat one of before",
     &sipward_statistics::retransmissions},
    {"pending", "_total", "Packets whose verdict was pending", &sipward_statistics::pending},
    {"resumed", "_total", "Verdicts that were resumed", &sipward_statistics::resumed},
    {"banned", "_total", "Packets and events of who was banned before",
     &sipward_statistics::banned},
    {"allow_listed", "_total", "Packets and events of who is on the list allowed",
     &sipward_statistics::allow_listed},
    {"emergency", "_total", "Packets and events that the emergency guard protects",
     &sipward_statistics::emergency},
    {"overload", "_total", "Of these, more than there should be", &sipward_statistics::overload},
    {"alerts", "_total", "Verdicts with an alert", &sipward_statistics::alerts},
    {"captures", "_total", "Verdicts that ask to keep the message", &sipward_statistics::captures},
    {"matches", "_total", "Rules that matched, each once for a packet or event",
     &sipward_statistics::matches},
    {"matches_reported", "_total", "Matches of rules in report mode",
     &sipward_statistics::matches_reported},
    {"matches_withheld", "_total", "Matches that a guard held back",
     &sipward_statistics::matches_withheld},
    {"bans", "_total", "Bans that rules and scores made", &sipward_statistics::bans},
    {"bans_withheld", "_total", "Bans that were asked for of a source that is not proven",
     &sipward_statistics::bans_withheld},
    {"list_entries", "_total", "Entries that rules added to lists",
     &sipward_statistics::list_entries},
    {"displaced", "_total", "Bans and list entries that gave way to others",
     &sipward_statistics::displaced},
    {"evictions", "_total", "Living entries that tables gave up for new ones",
     &sipward_statistics::evictions},
    {"feedback_fraud", "_total", "Calls that the host calls fraud",
     &sipward_statistics::feedback_fraud},
    {"feedback_legitimate", "_total", "Calls that the host calls legitimate",
     &sipward_statistics::feedback_legitimate},
    {"feedback_repeated", "_total", "Words of the host that it had said before",
     &sipward_statistics::feedback_repeated},
    {"reloads", "_total", "Times that rules were loaded", &sipward_statistics::reloads},
    {"reloads_refused", "_total", "Times that the state had no room for new rules",
     &sipward_statistics::reloads_refused},
    {"calls_untracked", "_total", "Calls that began and had no room",
     &sipward_statistics::calls_untracked},
    {"calls_given_up", "_total", "Calls that ended because others needed their room",
     &sipward_statistics::calls_given_up},
    {"calls_lost", "_total", "Calls that no message ended, but time",
     &sipward_statistics::calls_lost},
    {"notices", "_total", "Notices to the operator", &sipward_statistics::notices},
    {"notices_omitted", "_total", "Notices that were too many of their kind",
     &sipward_statistics::notices_omitted},
    {"state_bytes", "", "Size of the state", &sipward_statistics::state_bytes},
    {"state_used", "_bytes", "Of the state, what tables take", &sipward_statistics::state_used},
    {"state_insertions", "_total", "Entries made in tables of the state",
     &sipward_statistics::state_insertions},
    {"state_sketches_refused", "_total", "Times that a key had to go on without a sketch",
     &sipward_statistics::state_sketches_refused},
};

// What becomes of a rule's match.
struct RuleOutcome {
  const char* name;
  const char* title;
  uint64_t sipward_rule_statistics::*value;
};
inline constexpr RuleOutcome kRuleOutcomes[] = {
    {"enforced", "ENFORCED", &sipward_rule_statistics::enforced},
    {"reported", "REPORTED", &sipward_rule_statistics::reported},
    {"allow_listed", "ALLOW-LISTED", &sipward_rule_statistics::allow_listed},
    {"emergency", "EMERGENCY", &sipward_rule_statistics::emergency},
    {"weak_evidence", "WEAK EVIDENCE", &sipward_rule_statistics::weak_evidence},
    {"too_late", "TOO LATE", &sipward_rule_statistics::too_late},
    {"again", "AGAIN", &sipward_rule_statistics::again},
};

inline std::string_view NameOf(const sipward_rule_statistics& rule) {
  return {rule.name, rule.name_size};
}

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ENGINE_COUNTS_H_
