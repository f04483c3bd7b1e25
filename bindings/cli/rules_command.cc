#include "rules_command.h"

#include <algorithm>
#include <cstdio>

#include "exit_code.h"
#include "file.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

std::vector<sipward_rule_info> Infos(const sipward_rules* rules) {
  std::vector<sipward_rule_info> infos;
  const uint32_t count = sipward_rules_count(rules);
  for (uint32_t i = 0; i < count; ++i) {
    auto info = Sized<sipward_rule_info>();
    if (sipward_rules_describe(rules, i, &info) == SIPWARD_OK) infos.push_back(info);
  }
  return infos;
}

void PrintError(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void AddExplanation(Table* table, const sipward_rule_info& info) {
  table->AddRow(
      {Printable(View(info.name)), std::string(View(info.mode)), std::to_string(info.stage),
       info.severity.size > 0 ? Printable(View(info.severity)) : "-", Grouped(info.aggregates),
       Grouped(info.state_bytes), Grouped(info.worst_ns), Clip(Printable(View(info.actions)), 60),
       Printable(View(info.file)) + ":" + std::to_string(info.line)});
}

std::string TotalsLine(std::string_view what, const std::vector<sipward_rule_info>& infos) {
  uint64_t state_bytes = 0;
  for (const sipward_rule_info& info : infos) state_bytes += info.state_bytes;
  return std::string(what) + Counted(infos.size(), "rule") + ", " + Counted(state_bytes, "byte") +
         " of state\n";
}

// Of all tables, those of lists too, which are no rule's.
std::string BudgetLine(const sipward_rules* rules) {
  auto budget = Sized<sipward_rule_budget>();
  if (sipward_rules_budget(rules, &budget) != SIPWARD_OK) return {};
  return "with the lists that rules fill: " + Counted(budget.state_bytes, "byte") +
         " of state\nan event that concerns every rule for its kind: at most " +
         Grouped(budget.event_ns) + " ns\n";
}

}  // namespace

// All files together, as they are used: one may name what another defines.
int RunRulesCheck(const RuleSource& given) {
  RuleSource source = given;
  source.tests = true;
  const LoadedRules loaded = LoadRules(source);
  PrintError(loaded.warnings);
  if (loaded.rules == nullptr) {
    PrintError(loaded.errors);
    return Finish(kExitUnusable);
  }
  const auto infos = Infos(loaded.rules.get());
  for (const std::string& file : source.files) {
    const auto own = std::count_if(infos.begin(), infos.end(), [&](const sipward_rule_info& info) {
      return View(info.file) == file;
    });
    if (!Print(Printable(file) + ": ok, " + Counted(static_cast<uint64_t>(own), "rule") + "\n")) {
      return kExitUnusable;
    }
  }
  return Finish(kExitOk);
}

int RunRulesExplain(const RuleSource& source) {
  const LoadedRules loaded = LoadRules(source);
  if (loaded.rules == nullptr) {
    PrintError(loaded.errors);
    return kExitUnusable;
  }
  const auto all = Infos(loaded.rules.get());
  std::vector<sipward_rule_info> shown;
  // The pack is listed where it was asked for: alone, by its name, or by an import instead of by
  // default. What the files import is theirs.
  const auto& files = source.files;
  const bool pack = files.empty() || !source.default_pack ||
                    std::any_of(files.begin(), files.end(), [](const std::string& file) {
                      return file.starts_with(kPackFolder);
                    });
  std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
               [&](const sipward_rule_info& info) {
                 return pack || !View(info.file).starts_with(kPackFolder);
               });
  Table table;
  table.AddColumn("RULE");
  table.AddColumn("MODE");
  table.AddColumn("STAGE", Table::Align::kRight);
  table.AddColumn("SEVERITY");
  table.AddColumn("AGGREGATES", Table::Align::kRight);
  table.AddColumn("STATE BYTES", Table::Align::kRight);
  table.AddColumn("WORST NS", Table::Align::kRight);
  table.AddColumn("ACTIONS");
  table.AddColumn("FILE");
  for (const sipward_rule_info& info : shown) AddExplanation(&table, info);
  std::string text = table.Render() + "\n" + TotalsLine("", shown);
  if (shown.size() != all.size()) text += TotalsLine("with the default pack: ", all);
  text += BudgetLine(loaded.rules.get());
  return Print(text) ? Finish(kExitOk) : kExitUnusable;
}

}  // namespace sipward::cli
