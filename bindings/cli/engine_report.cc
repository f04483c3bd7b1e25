#include "engine_report.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine_counts.h"
#include "handle.h"
#include "json.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

using Counts = sipward_statistics;
using RuleCounts = sipward_rule_statistics;

constexpr std::array<const char*, 3> kSeverities = {"error", "warning", "info"};
const char* SeverityName(uint32_t severity) {
  return kSeverities[std::min<size_t>(severity, kSeverities.size() - 1)];
}

bool Matched(const RuleCounts& rule) {
  return std::any_of(std::begin(kRuleOutcomes), std::end(kRuleOutcomes),
                     [&](const RuleOutcome& count) { return rule.*count.value != 0; });
}

std::string CountsText(const Counts& counted) {
  Table table;
  table.AddColumn("ENGINE");
  table.AddColumn("COUNT", Table::Align::kRight);
  for (const EngineCount& count : kEngineCounts) {
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
  for (const RuleOutcome& count : kRuleOutcomes) table.AddColumn(count.title, Table::Align::kRight);
  for (const RuleCounts& rule : rules) {
    if (!Matched(rule)) continue;
    std::vector<std::string> cells = {Printable(NameOf(rule))};
    for (const RuleOutcome& count : kRuleOutcomes) cells.push_back(Grouped(rule.*count.value));
    table.AddRow(std::move(cells));
  }
  return "\n" + table.Render();
}

std::string NoticesText(const std::vector<sipward_notice>& notices) {
  std::string out;
  for (const sipward_notice& notice : notices) out += NoticeText(notice) + '\n';
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
  for (const RuleOutcome& count : kRuleOutcomes) json->Key(count.name).UInt(rule.*count.value);
  json->EndObject();
}

void AppendCounts(JsonWriter* json, const Counts& counted) {
  json->BeginObject();
  for (const EngineCount& count : kEngineCounts) json->Key(count.name).UInt(counted.*count.value);
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

std::string NoticeText(const sipward_notice& notice) {
  std::string out = std::string(SeverityName(notice.severity)) + ": ";
  out += sipward_notice_sentence(notice.code);
  if (notice.subject_size > 0) out += " [" + Printable({notice.subject, notice.subject_size}) + "]";
  if (notice.key_size > 0) out += " " + Clip(Printable({notice.key, notice.key_size}), 40);
  if (notice.amount > 0) out += " " + Grouped(notice.amount);
  if (notice.limit > 0) out += " of " + Grouped(notice.limit);
  if (notice.omitted > 0) out += " (" + Grouped(notice.omitted) + " more like it)";
  return out;
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
