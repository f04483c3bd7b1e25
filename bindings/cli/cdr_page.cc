#include "cdr_page.h"

#include <algorithm>
#include <utility>

#include "handle.h"
#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kCalls = 0, kFindings = 1, kCost = 2, kAtRisk = 3;  // series
constexpr size_t kMostShown = 50;
constexpr size_t kMostText = 160;
constexpr int64_t kMinuteNs = 60'000'000'000;

HtmlValue Number(uint64_t number) {
  return static_cast<int64_t>(std::min<uint64_t>(number, INT64_MAX));
}

HtmlValue Money(const CdrReport::Sum& sum) {
  return sum.has_cost ? HtmlValue(sum.cost) : HtmlValue();
}

HtmlValue Minutes(int64_t duration_ns) { return (duration_ns + kMinuteNs / 2) / kMinuteNs; }

HtmlValue TextOr(const sipward_text& text) {
  return text.size == 0 ? HtmlValue() : HtmlValue(CutText(View(text), kMostText));
}

}  // namespace

void CdrPage::AddRow(const JudgedRecord& judged) {
  std::vector<std::string> rules;
  for (uint32_t i = 0; i < judged.verdict.hit_count; ++i) {
    rules.emplace_back(View(judged.verdict.hits[i].rule));
  }
  if (!rows_.Wants(rules)) return;
  const sipward_cdr& record = judged.record;
  const std::string threat(ThreatAt(rules.empty() ? kNoThreat : ThreatOf(rules.front())).name);
  rows_.Add({record.start_ns, threat, std::move(rules), TextOr(record.account),
             TextOr(record.caller), TextOr(record.callee), record.duration_ns,
             record.has_cost != 0 ? HtmlValue(record.cost) : HtmlValue(),
             int64_t{judged.verdict.score},
             std::string(sipward_action_name(AskedAction(judged.verdict))),
             CutText(judged.file, kMostText) + ":" + std::to_string(judged.line)});
}

void CdrPage::Add(const JudgedRecord& judged, bool finding) {
  const sipward_cdr& record = judged.record;
  const int64_t cost = record.has_cost != 0 ? record.cost : 0;
  has_cost_ |= record.has_cost != 0;
  activity_.Add(record.start_ns, kCalls, 1);
  activity_.Add(record.start_ns, kCost, cost);
  if (!finding) return;
  activity_.Add(record.start_ns, kFindings, 1);
  activity_.Add(record.start_ns, kAtRisk, cost);
  std::vector<ThreatMatch> matches;
  for (uint32_t i = 0; i < judged.verdict.hit_count; ++i) {
    const sipward_hit& hit = judged.verdict.hits[i];
    matches.push_back({View(hit.rule), View(hit.why), hit.action, hit.enforced != 0});
  }
  threats_.Add(matches, record.start_ns, cost);
  AddRow(judged);
}

HtmlChart CdrPage::CallsChart() const {
  HtmlChart chart;
  chart.title = "Calls over time";
  chart.about = "By the time at which they began.";
  chart.begin_ns = activity_.begin_ns();
  chart.step_ns = activity_.step_ns();
  chart.series = {{"Calls", HtmlKind::kNumber, activity_.Values(kCalls)},
                  {"Findings", HtmlKind::kNumber, activity_.Values(kFindings)}};
  return chart;
}

HtmlChart CdrPage::MoneyChart() const {
  HtmlChart chart = CallsChart();
  chart.title = "Money over time";
  chart.about = "What calls cost, and what those cost that are findings.";
  chart.series = {{"Cost", HtmlKind::kMoney, activity_.Values(kCost)},
                  {"At risk", HtmlKind::kMoney, activity_.Values(kAtRisk)}};
  return chart;
}

HtmlTable CdrPage::Parties(const std::vector<CdrReport::Ranked>& ranked, std::string title,
                           std::string column, uint64_t all) const {
  HtmlTable table;
  table.title = std::move(title);
  table.about = "Those with most money at risk, then those with most findings.";
  table.columns = {{std::move(column)},
                   {"Calls", HtmlKind::kNumber, true},
                   {"Minutes", HtmlKind::kNumber},
                   {"Cost", HtmlKind::kMoney},
                   {"Findings", HtmlKind::kNumber, true},
                   {"At risk", HtmlKind::kMoney, true}};
  for (const CdrReport::Ranked& party : ranked) {
    HtmlValue name;
    if (!party.name.empty()) name = CutText(party.name, kMostText);
    table.rows.push_back({std::move(name), Number(party.all.calls), Minutes(party.all.duration_ns),
                          Money(party.all), Number(party.found.calls), Money(party.found)});
  }
  if (all > ranked.size()) table.left_out = Grouped(all - ranked.size()) + " more are not shown.";
  return table;
}

HtmlTable CdrPage::FindingsTable() {
  HtmlTable table;
  table.title = "Findings";
  table.about = "Every call that is a finding, in the order in which the calls began.";
  table.left_out = rows_.LeftOut();
  table.search = true;
  table.columns = {{"Start", HtmlKind::kTime},
                   {"Threat"},
                   {"Rules", HtmlKind::kWords},
                   {"Account"},
                   {"Caller"},
                   {"Called"},
                   {"Seconds", HtmlKind::kSeconds},
                   {"Cost", HtmlKind::kMoney},
                   {"Score", HtmlKind::kNumber},
                   {"Asked for", HtmlKind::kAction},
                   {"Row"}};
  table.rows = rows_.Take();
  return table;
}

HtmlReport CdrPage::Take(const CdrReport& counts, const CdrRows& rows) {
  HtmlReport report;
  report.title = "Report on call records";
  const CdrReport::Sum& found = counts.found();
  const CdrReport::Sum& all = counts.all();
  report.calm = found.calls == 0;
  report.verdict = report.calm ? "Nothing was found."
                               : Counted(found.calls, "call") + " of " + Grouped(all.calls) +
                                     " with a finding: " + threats_.Names() + ".";
  const auto fact = [&report](const char* name, HtmlKind kind, HtmlValue value) {
    report.facts.push_back({name, kind, std::move(value)});
  };
  if (all.has_cost) {
    fact("at risk", HtmlKind::kMoney, found.cost);
    fact("cost of all calls", HtmlKind::kMoney, all.cost);
  } else {
    fact("at risk", HtmlKind::kText, std::string("not known: no record has a cost"));
  }
  fact("minutes of findings", HtmlKind::kNumber, Minutes(found.duration_ns));
  fact("rows", HtmlKind::kNumber, Number(rows.in()));
  fact("good rows", HtmlKind::kNumber, Number(rows.good()));
  fact("bad rows", HtmlKind::kNumber, Number(rows.bad()));
  if (rows.duplicates() > 0) fact("rows there twice", HtmlKind::kNumber, Number(rows.duplicates()));
  if (all.calls == 0) return report;
  report.sections.emplace_back(threats_.Threats());
  report.sections.emplace_back(CallsChart());
  if (has_cost_) report.sections.emplace_back(MoneyChart());
  report.sections.emplace_back(
      Parties(counts.TopAccounts(kMostShown), "Accounts", "Account", counts.accounts()));
  report.sections.emplace_back(Parties(counts.TopDestinations(kMostShown), "Destinations",
                                       "Country", counts.destinations()));
  if (report.calm) return report;
  report.sections.emplace_back(threats_.Rules());
  report.sections.emplace_back(FindingsTable());
  return report;
}

}  // namespace sipward::cli
