#include "watch_lines.h"

#include <vector>

#include "findings.h"
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

}  // namespace

bool WatchLines::Allowed(int64_t now_ns) {
  const int64_t second = now_ns / kSecond;
  if (second != second_) in_second_ = 0;
  second_ = second;
  return ++in_second_ <= kMostASecond;
}

void WatchLines::Add(const Inspected& inspected, std::string* out) {
  const std::vector<Found> all = FoundBy(inspected.verdict);
  if (all.empty()) return;
  const std::string source = SourceOf(inspected);
  const int64_t now = inspected.packet.monotonic_ns;
  for (const Found& found : all) {
    std::string word = sipward_action_name(found.action);
    if (!found.enforced && found.action > SIPWARD_ACTION_FLAG) word.insert(0, 1, '(') += ')';
    std::string key = source;
    key.append(1, '\0').append(found.rule).append(1, '\0').append(word);
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
    AppendCell(out, SecondText(inspected.packet.wall_ns), 0);
    AppendCell(out, word, kActionColumns);
    AppendCell(out, Printable(found.rule), kRuleColumns);
    AppendCell(out, source, kSourceColumns);
    *out += Printable(found.why);
    if (told.since > 0) out->append(" (and ").append(Grouped(told.since)).append(" more since)");
    *out += '\n';
    told = {now, 0};
  }
}

}  // namespace sipward::cli
