#include "new_findings.h"

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kAgainAfter = 60 * kSecond;
constexpr size_t kActionColumns = 10, kRuleColumns = 24, kSourceColumns = 22;

// A cell and the space behind it.
void AppendCell(std::string* out, const std::string& text, size_t columns) {
  *out += text;
  const size_t width = DisplayWidth(text);
  out->append(2 + (width < columns ? columns - width : 0), ' ');
}

// In parentheses where it was not done.
std::string WordFor(const Found& found) {
  std::string word = sipward_action_name(found.action);
  if (!found.enforced && found.action > SIPWARD_ACTION_FLAG) word.insert(0, 1, '(') += ')';
  return word;
}

}  // namespace

bool NewFindings::Allowed(int64_t now_ns) {
  const int64_t second = now_ns / kSecond;
  if (second != second_) in_second_ = 0;
  second_ = second;
  return ++in_second_ <= kMostASecond;
}

std::vector<NewFinding> NewFindings::Of(const Inspected& inspected) {
  std::vector<NewFinding> news;
  const std::vector<Found> all = FoundBy(inspected.verdict);
  if (all.empty()) return news;
  const std::string source = SourceOf(inspected);
  const int64_t now = inspected.packet.monotonic_ns;
  for (const Found& found : all) {
    std::string key = source;
    key.append(1, '\0').append(found.rule).append(1, '\0').append(WordFor(found));
    // Forgetting all of them costs a line each, not their number.
    if (told_.size() == kMostKept && !told_.contains(key)) told_.clear();
    const auto [entry, added] = told_.try_emplace(key);
    Told& told = entry->second;
    if (!added && now - told.at_ns < kAgainAfter) {
      ++told.since;
      continue;
    }
    if (!Allowed(now)) {
      ++untold_;
      if (added) told_.erase(entry);
      continue;
    }
    news.push_back({found, source, told.since});
    told = {now, 0};
  }
  return news;
}

void AppendWatchLine(std::string* out, int64_t wall_ns, const NewFinding& finding) {
  AppendCell(out, SecondText(wall_ns), 0);
  AppendCell(out, WordFor(finding.found), kActionColumns);
  AppendCell(out, Printable(finding.found.rule), kRuleColumns);
  AppendCell(out, finding.source, kSourceColumns);
  *out += Printable(finding.found.why);
  if (finding.more > 0) out->append(" (and ").append(Grouped(finding.more)).append(" more since)");
  *out += '\n';
}

}  // namespace sipward::cli
