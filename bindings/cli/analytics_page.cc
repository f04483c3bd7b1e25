#include "analytics_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "analytics_report.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kMostShown = 50;

constexpr std::array<std::pair<const char*, const char*>, SIPWARD_DIMENSION_SOURCE + 1> kTitles = {
    {{"Calls by trunk", "Trunk"},
     {"Calls by account", "Account"},
     {"Calls by caller", "Number"},
     {"Calls by destination", "Number"},
     {"Calls by range of numbers", "Range"},
     {"Calls by country", "Country"},
     {"Calls by program", "User-Agent"},
     {"Calls by source", "Address"}}};

HtmlValue Number(uint64_t number) {
  return static_cast<int64_t>(std::min<uint64_t>(number, INT64_MAX));
}

// Tenths of a percent; nothing of nothing.
HtmlValue Share(uint64_t part, uint64_t whole) {
  if (whole == 0) return {};
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return int64_t{std::lround(share * 1000)};
}

HtmlValue MeanTalk(const sipward_call_counts& counts) {
  const uint64_t completed = CompletedOf(counts);
  if (completed == 0) return {};
  return counts.talk_ns / static_cast<int64_t>(completed);
}

// "busy 12", those of most first.
HtmlValue Failures(const sipward_call_counts& counts) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < std::size(counts.failed) && sipward_failure_name(i) != nullptr; ++i) {
    if (counts.failed[i] != 0) order.push_back(i);
  }
  if (order.empty()) return {};
  std::stable_sort(order.begin(), order.end(), [&counts](uint32_t a, uint32_t b) {
    return counts.failed[a] > counts.failed[b];
  });
  std::vector<std::string> words;
  for (const uint32_t i : order) {
    words.push_back(std::string(sipward_failure_name(i)) + " " + Grouped(counts.failed[i]));
  }
  return words;
}

HtmlTable TableOf(const sipward_analytics* analytics, uint32_t dimension, bool cost) {
  HtmlTable table;
  table.title = kTitles[dimension].first;
  table.about =
      "Those with most calls, or messages. ASR is the share of calls that were answered, ACD how "
      "long those lasted on average, short the share of them that hardly lasted.";
  table.columns = {{kTitles[dimension].second},
                   {"Calls", HtmlKind::kNumber, true},
                   {"ASR", HtmlKind::kShare},
                   {"ACD, seconds", HtmlKind::kSeconds},
                   {"Short", HtmlKind::kShare}};
  if (cost) table.columns.push_back({"Cost", HtmlKind::kMoney, true});
  table.columns.push_back({"Not answered", HtmlKind::kWords});
  auto counts = Sized<sipward_call_counts>();
  for (uint32_t i = 0;
       i < kMostShown && sipward_analytics_row(analytics, dimension, i, &counts) == SIPWARD_OK;
       ++i) {
    auto& row = table.rows.emplace_back();
    row.emplace_back(std::string(KeyOf(counts)));
    row.emplace_back(Number(counts.attempts));
    row.emplace_back(Share(counts.answered, counts.attempts));
    row.emplace_back(MeanTalk(counts));
    row.emplace_back(Share(counts.short_calls, CompletedOf(counts)));
    if (cost) row.emplace_back(counts.cost);
    row.emplace_back(Failures(counts));
  }
  auto size = Sized<sipward_dimension>();
  sipward_analytics_dimension(analytics, dimension, &size);
  if (size.evictions != 0) {
    table.left_out = "There were more than " + Grouped(size.capacity) +
                     ": the rare ones made room for others on the way.";
  } else if (size.rows > table.rows.size()) {
    table.left_out = Grouped(size.rows - table.rows.size()) + " more are not shown.";
  }
  return table;
}

}  // namespace

void AddAnalytics(const sipward_analytics* analytics, HtmlReport* report) {
  auto all = Sized<sipward_call_counts>();
  sipward_analytics_totals(analytics, &all);
  const auto fact = [report](const char* name, HtmlKind kind, HtmlValue value) {
    report->facts.push_back({name, kind, std::move(value)});
  };
  fact("calls", HtmlKind::kNumber, Number(all.attempts));
  fact("answered (ASR)", HtmlKind::kShare, Share(all.answered, all.attempts));
  fact("mean seconds (ACD)", HtmlKind::kSeconds, MeanTalk(all));
  for (uint32_t i = 0; i < kTitles.size(); ++i) {
    HtmlTable table = TableOf(analytics, i, all.cost != 0);
    if (!table.rows.empty()) report->sections.emplace_back(std::move(table));
  }
}

}  // namespace sipward::cli
