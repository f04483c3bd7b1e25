#include "new_findings.h"

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

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

std::vector<NewFinding> NewFindings::Of(const Inspected& inspected) {
  std::vector<NewFinding> news;
  const std::vector<Found> all = FoundBy(inspected.verdict);
  if (all.empty()) return news;
  const std::string source = SourceOf(inspected);
  for (const Found& found : all) {
    std::string key = source;
    key.append(1, '\0').append(found.rule).append(1, '\0').append(WordFor(found));
    uint64_t since = 0;
    const ToldFindings::Answer answer = told_->Ask(key, inspected.packet.monotonic_ns, &since);
    if (answer == ToldFindings::Answer::kTell) news.push_back({found, source, since});
    if (answer == ToldFindings::Answer::kTooMany) ++untold_;
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
