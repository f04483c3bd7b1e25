#include "threat_counts.h"

#include <algorithm>
#include <bitset>

#include "sipward.h"
#include "text.h"

namespace sipward::cli {
namespace {

HtmlValue Number(uint64_t number) {
  return static_cast<int64_t>(std::min<uint64_t>(number, INT64_MAX));
}

}  // namespace

void ThreatCounts::Count::Add(const ThreatMatch& match, int64_t at_ns, int64_t more) {
  first_ns = found == 0 ? at_ns : std::min(first_ns, at_ns);
  last_ns = found == 0 ? at_ns : std::max(last_ns, at_ns);
  ++found;
  action = std::max(action, match.action);
  if (__builtin_add_overflow(amount, more, &amount)) amount = INT64_MAX;
}

void ThreatCounts::Add(const std::vector<ThreatMatch>& matches, int64_t at_ns, int64_t amount) {
  std::bitset<kThreats> seen;
  for (const ThreatMatch& match : matches) {
    const size_t threat = ThreatOf(match.rule);
    if (seen[threat]) {
      threats_[threat].action = std::max(threats_[threat].action, match.action);
    } else {
      threats_[threat].Add(match, at_ns, amount);
    }
    seen.set(threat);
    auto rule = rules_.find(match.rule);
    if (rule == rules_.end()) {
      rule = rules_.emplace(std::string(match.rule), Rule()).first;
      rule->second.why = CutText(match.why, 200);
    }
    rule->second.count.Add(match, at_ns, amount);
    rule->second.enforced &= match.enforced || match.action <= SIPWARD_ACTION_FLAG;
  }
}

// What is counted of a threat or a rule, behind its name and what it is about.
void ThreatCounts::AddColumns(std::vector<HtmlColumn>* columns) const {
  columns->push_back({unit_, HtmlKind::kNumber, true});
  if (money_) columns->push_back({"At risk", HtmlKind::kMoney, true});
  columns->push_back({"Worst action", HtmlKind::kAction});
  columns->push_back({"First", HtmlKind::kTime});
}

void ThreatCounts::AddValues(const Count& count, std::vector<HtmlValue>* row) const {
  row->emplace_back(Number(count.found));
  if (money_) row->emplace_back(count.amount);
  row->emplace_back(std::string(sipward_action_name(count.action)));
  row->emplace_back(count.first_ns);
}

// Those that were found most often come first.
void ThreatCounts::Sort(HtmlTable* table) {
  std::stable_sort(table->rows.begin(), table->rows.end(), [](const auto& a, const auto& b) {
    return std::get<int64_t>(a[2]) > std::get<int64_t>(b[2]);
  });
}

HtmlTable ThreatCounts::Threats() const {
  HtmlTable table;
  table.title = "Verdicts by threat";
  table.about = "What the rules that matched look for, and the worst that one of them asked for.";
  table.left_out = NotFound();
  table.columns = {{"Threat"}, {"What it is"}};
  AddColumns(&table.columns);
  table.columns.push_back({"Last", HtmlKind::kTime});
  for (size_t i = 0; i < kNoThreat; ++i) {
    if (threats_[i].found == 0) continue;
    auto& row = table.rows.emplace_back();
    row.emplace_back(std::string(ThreatAt(i).name));
    row.emplace_back(std::string(ThreatAt(i).about));
    AddValues(threats_[i], &row);
    row.emplace_back(threats_[i].last_ns);
  }
  Sort(&table);
  return table;
}

HtmlTable ThreatCounts::Rules() const {
  HtmlTable table;
  table.title = "Rules that matched";
  table.about = "A rule that is not enforced says what it would have done.";
  table.columns = {{"Rule", HtmlKind::kWords}, {"Why"}};
  AddColumns(&table.columns);
  table.columns.push_back({"Enforced"});
  for (const auto& [name, rule] : rules_) {
    auto& row = table.rows.emplace_back();
    row.emplace_back(std::vector<std::string>{name});
    row.emplace_back(rule.why);
    AddValues(rule.count, &row);
    row.emplace_back(std::string(rule.enforced ? "yes" : "not always"));
  }
  Sort(&table);
  return table;
}

// What follows the default pack is found or not there.
std::string ThreatCounts::NotFound() const {
  std::string out;
  for (size_t i = 0; i + 3 < kThreats; ++i) {
    if (threats_[i].found != 0) continue;
    out += (out.empty() ? "No rule matched for: " : "; ") + std::string(ThreatAt(i).name);
  }
  return out.empty() ? out : out + ".";
}

std::string ThreatCounts::Names() const {
  std::vector<size_t> order;
  for (size_t i = 0; i < kNoThreat; ++i) {
    if (threats_[i].found != 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [this](size_t a, size_t b) { return threats_[a].action > threats_[b].action; });
  constexpr size_t kMost = 3;
  std::string out;
  for (size_t i = 0; i < std::min(order.size(), kMost); ++i) {
    out += (i == 0 ? "" : "; ") + std::string(ThreatAt(order[i]).name);
  }
  return order.size() > kMost ? out + "; and " + std::to_string(order.size() - kMost) + " more"
                              : out;
}

}  // namespace sipward::cli
