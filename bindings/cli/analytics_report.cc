#include "analytics_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <vector>

#include "cdr_finding.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kMostShown = 10;
constexpr size_t kKeyColumns = 40;
constexpr size_t kMostReasons = 3;

constexpr std::array kTitles = {"TRUNK", "ACCOUNT", "CALLER",     "DESTINATION",
                                "RANGE", "COUNTRY", "USER AGENT", "SOURCE"};
static_assert(kTitles.size() == SIPWARD_DIMENSION_SOURCE + 1);
constexpr std::array kResponses = {"INVITE", "REGISTER", "OPTIONS", "others"};
constexpr std::array kResults = {"success", "failed", "challenged"};

// A share of a whole, "12.3 %"; "-" of nothing.
std::string ShareText(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%",
                100 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

// A time as people say it: "840 us", "35 ms", "1.25 s", "2:05", "1:02:03".
std::string SpanText(int64_t nanoseconds) {
  constexpr int64_t kMs = 1'000'000, kSecond = 1'000'000'000;
  const auto ns = static_cast<double>(nanoseconds);
  char text[48];
  if (nanoseconds < kMs) {
    std::snprintf(text, sizeof text, "%.0f us", ns / 1e3);
  } else if (nanoseconds < kSecond) {
    std::snprintf(text, sizeof text, "%.0f ms", ns / 1e6);
  } else if (nanoseconds < 60 * kSecond) {
    std::snprintf(text, sizeof text, "%.2f s", ns / 1e9);
  } else {
    const int64_t seconds = (nanoseconds - kSecond / 2) / kSecond + 1;
    const auto hours = static_cast<long long>(seconds / 3600);
    const auto minutes = static_cast<int>(seconds / 60 % 60), rest = static_cast<int>(seconds % 60);
    if (hours == 0) std::snprintf(text, sizeof text, "%d:%02d", minutes, rest);
    if (hours != 0) std::snprintf(text, sizeof text, "%lld:%02d:%02d", hours, minutes, rest);
  }
  return text;
}

std::string AcdText(const sipward_call_counts& counts) {
  const uint64_t completed = CompletedOf(counts);
  return completed == 0 ? "-" : SpanText(counts.talk_ns / static_cast<int64_t>(completed));
}

std::string CostText(const sipward_call_counts& counts) {
  return counts.cost == 0 ? "-" : MoneyText(counts.cost);
}

// "busy 12, no_answer 3", those of most first.
template <size_t kSize>
std::string MixText(const uint64_t (&counts)[kSize], const char* (*name)(uint32_t),
                    size_t most = kSize) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < kSize && name(i) != nullptr; ++i) {
    if (counts[i] != 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  std::string out;
  const bool all = order.size() <= most;
  if (!all) order.resize(most);
  for (const uint32_t i : order) {
    out += (out.empty() ? "" : ", ") + std::string(name(i)) + " " + Grouped(counts[i]);
  }
  return all ? out : out + ", …";
}

void Line(std::string* out, std::string_view label, const std::string& value) {
  if (value.empty()) return;
  *out += label;
  out->append(12 - std::min<size_t>(label.size(), 11), ' ');
  *out += value + "\n";
}

std::string TimesText(const sipward_times& times) {
  return "p50 " + SpanText(times.p50_ns) + ", p95 " + SpanText(times.p95_ns) + ", p99 " +
         SpanText(times.p99_ns);
}

std::string ResultsText(const uint64_t (&counts)[3]) {
  std::string out;
  for (size_t i = 0; i < std::size(counts); ++i) {
    if (counts[i] == 0) continue;
    out += (out.empty() ? "" : ", ") + std::string(kResults[i]) + " " + Grouped(counts[i]);
  }
  return out;
}

std::string CallsText(const sipward_call_counts& all) {
  if (all.attempts == 0 && all.ended == 0) return "none";
  std::string out = Counted(all.attempts, "attempt") + ", " + Grouped(all.answered) +
                    " answered, ASR " + ShareText(all.answered, all.attempts) + ", ACD " +
                    AcdText(all);
  const uint64_t completed = CompletedOf(all);
  out += ", short " + ShareText(all.short_calls, completed);
  if (all.attempts > all.ended) out += ", " + Grouped(all.attempts - all.ended) + " not over";
  return out;
}

std::string TotalsText(const sipward_analytics* analytics) {
  auto all = Sized<sipward_call_counts>();
  auto traffic = Sized<sipward_traffic>();
  auto times = Sized<sipward_times>();
  sipward_analytics_totals(analytics, &all);
  sipward_analytics_traffic(analytics, &traffic);
  std::string out;
  Line(&out, "Calls", CallsText(all));
  Line(&out, "Failed", MixText(all.failed, sipward_failure_name));
  if (all.attested[SIPWARD_ATTESTATION_UNCHECKED] < all.attempts) {
    Line(&out, "Attested", MixText(all.attested, sipward_attestation_name));
  }
  if (all.cost != 0) Line(&out, "Cost", MoneyText(all.cost));
  sipward_analytics_times(analytics, SIPWARD_TIMES_SETUP, &times);
  if (times.count != 0) {
    Line(&out, "Post-dial", "delay " + TimesText(times) + ", of " + Counted(times.count, "call"));
  }
  for (uint32_t i = 0; i < kResponses.size(); ++i) {
    sipward_analytics_times(analytics, SIPWARD_TIMES_INVITE + i, &times);
    if (traffic.requests[i] == 0 && times.count == 0) continue;
    const std::string sent = Counted(traffic.requests[i], "request");
    const std::string answered = times.count == 0 ? "no response to " + sent
                                                  : "first response " + TimesText(times) + ", to " +
                                                        Grouped(times.count) + " of " + sent;
    Line(&out, kResponses[i], answered);
  }
  Line(&out, "Credentials", ResultsText(traffic.attempts));
  Line(&out, "Registers", ResultsText(traffic.registers));
  return out;
}

// A table of one dimension, with the columns that say something of it.
class DimensionTable {
 public:
  DimensionTable(const sipward_analytics* analytics, uint32_t dimension) : dimension_(dimension) {
    sipward_analytics_dimension(analytics, dimension, &size_);
    sipward_analytics_totals(analytics, &all_);
    auto row = Sized<sipward_call_counts>();
    for (uint32_t i = 0;
         i < kMostShown && sipward_analytics_row(analytics, dimension, i, &row) == SIPWARD_OK;
         ++i) {
      rows_.push_back(row);
    }
  }

  std::string Render() const {
    if (rows_.empty()) return "";
    Table table;
    const auto number = [&](const char* title, bool shown = true) {
      if (shown) table.AddColumn(title, Table::Align::kRight);
      return shown;
    };
    table.AddColumn(kTitles[dimension_]);
    const bool messages = number("MESSAGES", std::any_of(rows_.begin(), rows_.end(), IsNotCalls));
    for (const char* title : {"CALLS", "ASR", "ACD", "SHORT"}) number(title);
    const bool setup = number("PDD P95", all_.setups != 0);
    const bool cost = number("COST", all_.cost != 0);
    const bool credentials = number(
        "BAD CREDENTIALS", all_.auth_failures != 0 && dimension_ == SIPWARD_DIMENSION_SOURCE);
    const bool failed = all_.ended > CompletedOf(all_);
    if (failed) table.AddColumn("FAILED");
    for (const sipward_call_counts& row : rows_) {
      std::vector<std::string> cells = {Clip(Printable(KeyOf(row)), kKeyColumns)};
      if (messages) cells.push_back(Grouped(row.count - row.error));
      cells.insert(cells.end(), {Grouped(row.attempts), ShareText(row.answered, row.attempts),
                                 AcdText(row), ShareText(row.short_calls, CompletedOf(row))});
      if (setup) cells.push_back(row.setups == 0 ? "-" : SpanText(row.setup_p95_ns));
      if (cost) cells.push_back(CostText(row));
      if (credentials) cells.push_back(row.auth_failures == 0 ? "-" : Grouped(row.auth_failures));
      if (failed) cells.push_back(MixText(row.failed, sipward_failure_name, kMostReasons));
      table.AddRow(std::move(cells));
    }
    return "\n" + table.Render() + RestText();
  }

 private:
  // A source is ranked by its messages.
  static bool IsNotCalls(const sipward_call_counts& row) {
    return row.count - row.error != row.attempts;
  }

  // What the rows that are shown leave out.
  std::string RestText() const {
    std::string out;
    if (size_.evictions != 0) {
      const auto worst =
          std::max_element(rows_.begin(), rows_.end(),
                           [](const auto& a, const auto& b) { return a.error < b.error; });
      out = "… of more than " + Grouped(size_.capacity) + "; ";
      out += worst->error == 0 ? "these are exact\n"
                               : "before they had a row, these came " + Grouped(worst->error) +
                                     " times at most\n";
    } else if (size_.rows > rows_.size()) {
      out = "… and " + Grouped(size_.rows - rows_.size()) + " more\n";
    }
    if (dimension_ == SIPWARD_DIMENSION_COUNTRY && size_.total < all_.attempts)
      out +=
          "… and " + Counted(all_.attempts - size_.total, "call") + " to no number of a country\n";
    return out;
  }

  uint32_t dimension_;
  sipward_dimension size_ = Sized<sipward_dimension>();
  sipward_call_counts all_ = Sized<sipward_call_counts>();
  std::vector<sipward_call_counts> rows_;
};

}  // namespace

AnalyticsHandle AnalyticsOf(const sipward_engine* engine) {
  sipward_analytics* analytics = nullptr;
  sipward_engine_analytics(engine, &analytics);
  return AnalyticsHandle(analytics);
}

uint64_t CompletedOf(const sipward_call_counts& counts) {
  uint64_t failed = 0;
  for (const uint64_t each : counts.failed) failed += each;
  return counts.ended - std::min(failed, counts.ended);
}

std::string SecondsText(int64_t nanoseconds) {
  constexpr int64_t kSecond = 1'000'000'000;
  std::string out = std::to_string(nanoseconds / kSecond);
  std::string fraction = std::to_string(kSecond + nanoseconds % kSecond).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? out : out + "." + fraction;
}

std::string RenderAnalytics(const sipward_analytics* analytics) {
  std::string out = TotalsText(analytics);
  for (uint32_t i = 0; i < kTitles.size(); ++i) out += DimensionTable(analytics, i).Render();
  return out;
}

}  // namespace sipward::cli
