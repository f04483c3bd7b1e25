// What the engine counted during an inspection, for people and as JSON.
#ifndef SIPWARD_BINDINGS_CLI_ENGINE_REPORT_H_
#define SIPWARD_BINDINGS_CLI_ENGINE_REPORT_H_

#include <string>
#include <vector>

#include "sipward.h"

namespace sipward::cli {

struct EngineReport {
  sipward_statistics counted{};
  std::vector<sipward_rule_statistics> rules;  // in the order of the rules
  std::vector<sipward_notice> notices;         // the last ones
};

EngineReport ReportOf(const sipward_engine* engine);
// One line for people: "warning: ... [subject] key amount of limit".
std::string NoticeText(const sipward_notice& notice);
// Counts that are not zero, rules that matched, notices.
std::string RenderReport(const EngineReport& report);
// One line: statistics, rules and notices, all of them.
std::string ReportJson(const EngineReport& report);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ENGINE_REPORT_H_
