#include "engine_report.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "handle.h"
#include "json.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

using Counts = sipward_statistics;
using RuleCounts = sipward_rule_statistics;

struct Count {
  const char* name;
  uint64_t Counts::*value;
};
constexpr Count kCounts[] = {
    {"packets", &Counts::packets},
    {"events", &Counts::events},
    {"not_sip", &Counts::not_sip},
    {"keep_alives", &Counts::keep_alives},
    {"malformed", &Counts::malformed},
    {"over_limit", &Counts::over_limit},
    {"retransmissions", &Counts::retransmissions},
    {"pending", &Counts::pending},
    {"resumed", &Counts::resumed},
    {"banned", &Counts::banned},
    {"allow_listed", &Counts::allow_listed},
    {"emergency", &Counts::emergency},
    {"overload", &Counts::overload},
    {"alerts", &Counts::alerts},
    {"captures", &Counts::captures},
    {"matches", &Counts::matches},
    {"matches_reported", &Counts::matches_reported},
    {"matches_withheld", &Counts::matches_withheld},
    {"bans", &Counts::bans},
    {"bans_withheld", &Counts::bans_withheld},
    {"list_entries", &Counts::list_entries},
    {"displaced", &Counts::displaced},
    {"evictions", &Counts::evictions},
    {"feedback_fraud", &Counts::feedback_fraud},
    {"feedback_legitimate", &Counts::feedback_legitimate},
    {"feedback_repeated", &Counts::feedback_repeated},
    {"reloads", &Counts::reloads},
    {"reloads_refused", &Counts::reloads_refused},
    {"calls_untracked", &Counts::calls_untracked},
    {"calls_given_up", &Counts::calls_given_up},
    {"calls_lost", &Counts::calls_lost},
    {"notices", &Counts::notices},
    {"notices_omitted", &Counts::notices_omitted},
    {"state_bytes", &Counts::state_bytes},
    {"state_used", &Counts::state_used},
    {"state_insertions", &Counts::state_insertions},
    {"state_sketches_refused", &Counts::state_sketches_refused},
};

struct RuleCount {
  const char* name;
  const char* title;
  uint64_t RuleCounts::*value;
};
constexpr RuleCount kRuleCounts[] = {
    {"enforced", "ENFORCED", &RuleCounts::enforced},
    {"reported", "REPORTED", &RuleCounts::reported},
    {"allow_listed", "ALLOW-LISTED", &RuleCounts::allow_listed},
    {"emergency", "EMERGENCY", &RuleCounts::emergency},
    {"weak_evidence", "WEAK EVIDENCE", &RuleCounts::weak_evidence},
    {"too_late", "TOO LATE", &RuleCounts::too_late},
    {"again", "AGAIN", &RuleCounts::again},
};

constexpr std::array<const char*, 3> kSeverities = {"error", "warning", "info"};
const char* SeverityName(uint32_t severity) {
  return kSeverities[std::min<size_t>(severity, kSeverities.size() - 1)];
}

std::string_view NameOf(const RuleCounts& rule) { return {rule.name, rule.name_size}; }

bool Matched(const RuleCounts& rule) {
  return std::any_of(std::begin(kRuleCounts), std::end(kRuleCounts),
                     [&](const RuleCount& count) { return rule.*count.value != 0; });
}

std::string CountsText(const Counts& counted) {
  Table table;
  table.AddColumn("ENGINE");
  table.AddColumn("COUNT", Table::Align::kRight);
  for (const Count& count : kCounts) {
    if (counted.*count.value == 0) continue;
    std::string name = count.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    table.AddRow({name, Grouped(counted.*count.value)});
  }
  return table.Render();
}

std::string RulesText(const std::vector<RuleCounts>& rules) {
  if (std::none_of(rules.begin(), rules.end(), Matched)) return "";
  Table table;
  table.AddColumn("RULE");
  for (const RuleCount& count : kRuleCounts) table.AddColumn(count.title, Table::Align::kRight);
  for (const RuleCounts& rule : rules) {
    if (!Matched(rule)) continue;
    std::vector<std::string> cells = {Printable(NameOf(rule))};
    for (const RuleCount& count : kRuleCounts) cells.push_back(Grouped(rule.*count.value));
    table.AddRow(std::move(cells));
  }
  return "\n" + table.Render();
}

std::string NoticesText(const std::vector<sipward_notice>& notices) {
  std::string out;
  for (const sipward_notice& notice : notices) {
    out += std::string(SeverityName(notice.severity)) + ": ";
    out += sipward_notice_sentence(notice.code);
    if (notice.subject_size > 0)
      out += " [" + Printable({notice.subject, notice.subject_size}) + "]";
    if (notice.key_size > 0) out += " " + Clip(Printable({notice.key, notice.key_size}), 40);
    if (notice.amount > 0) out += " " + Grouped(notice.amount);
    if (notice.limit > 0) out += " of " + Grouped(notice.limit);
    if (notice.omitted > 0) out += " (" + Grouped(notice.omitted) + " more like it)";
    out += '\n';
  }
  return out.empty() ? out : "\n" + out;
}

void AppendNotice(JsonWriter* json, const sipward_notice& notice) {
  json->BeginObject();
  json->Key("name").String(sipward_notice_name(notice.code));
  json->Key("severity").String(SeverityName(notice.severity));
  json->Key("subject").String({notice.subject, notice.subject_size});
  json->Key("key").String({notice.key, notice.key_size});
  json->Key("amount").UInt(notice.amount);
  json->Key("limit").UInt(notice.limit);
  json->Key("omitted").UInt(notice.omitted);
  json->Key("lost").UInt(notice.lost);
  json->EndObject();
}

void AppendRule(JsonWriter* json, const RuleCounts& rule) {
  json->BeginObject();
  json->Key("rule").String(NameOf(rule));
  for (const RuleCount& count : kRuleCounts) json->Key(count.name).UInt(rule.*count.value);
  json->EndObject();
}

void AppendCounts(JsonWriter* json, const Counts& counted) {
  json->BeginObject();
  for (const Count& count : kCounts) json->Key(count.name).UInt(counted.*count.value);
  json->Key("by_action").BeginObject();
  for (uint32_t i = 0; i < std::size(counted.by_action); ++i) {
    json->Key(sipward_action_name(i)).UInt(counted.by_action[i]);
  }
  json->EndObject();
  json->Key("by_kind").BeginObject();
  for (uint32_t i = 0; i < std::size(counted.by_kind); ++i) {
    const char* name = sipward_event_name(i);
    if (name != nullptr) json->Key(name).UInt(counted.by_kind[i]);
  }
  json->EndObject();
  json->EndObject();
}

}  // namespace

EngineReport ReportOf(const sipward_engine* engine) {
  EngineReport report;
  report.counted = Sized<Counts>();
  sipward_engine_statistics(engine, &report.counted);
  auto rule = Sized<RuleCounts>();
  for (uint32_t i = 0; sipward_engine_rule_statistics(engine, i, &rule) == SIPWARD_OK; ++i) {
    report.rules.push_back(rule);
  }
  uint64_t cursor = 0;
  auto notice = Sized<sipward_notice>();
  while (sipward_engine_notice_next(engine, &cursor, &notice) == SIPWARD_OK) {
    report.notices.push_back(notice);
  }
  return report;
}

std::string RenderReport(const EngineReport& report) {
  return CountsText(report.counted) + RulesText(report.rules) + NoticesText(report.notices);
}

std::string ReportJson(const EngineReport& report) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("statistics");
  AppendCounts(&json, report.counted);
  json.Key("rules").BeginArray();
  for (const RuleCounts& rule : report.rules) AppendRule(&json, rule);
  json.EndArray();
  json.Key("notices").BeginArray();
  for (const sipward_notice& notice : report.notices) AppendNotice(&json, notice);
  json.EndArray();
  json.EndObject();
  out += '\n';
  return out;
}

}  // namespace sipward::cli
