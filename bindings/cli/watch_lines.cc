#include "watch_lines.h"

#include <algorithm>

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kAgainAfter = 60 * kSecond;
constexpr size_t kActionColumns = 10, kRuleColumns = 24, kSourceColumns = 22;

std::string Padded(std::string text, size_t columns) {
  const size_t width = DisplayWidth(text);
  if (width < columns) text.append(columns - width, ' ');
  return text;
}

}  // namespace

bool WatchLines::Allowed(int64_t now_ns) {
  const int64_t second = now_ns / kSecond;
  if (second != second_) in_second_ = 0;
  second_ = second;
  return ++in_second_ <= kMostASecond;
}

void WatchLines::Add(const Inspected& inspected, std::string* out) {
  const sipward_verdict& verdict = inspected.verdict;
  const int64_t now = inspected.packet.monotonic_ns;
  const std::string source = AddressText(inspected.packet.source);
  const auto tell = [&](std::string_view rule, uint32_t action, bool enforced,
                        std::string_view why) {
    std::string word = sipward_action_name(action);
    if (!enforced && action > SIPWARD_ACTION_FLAG) word = "(" + word + ")";
    const std::string key = source + '\0' + std::string(rule) + '\0' + word;
    // Forgetting all of them costs a line each, not their number.
    if (told_.size() == kMostKept && !told_.contains(key)) told_.clear();
    const auto [entry, added] = told_.try_emplace(key);
    Told& told = entry->second;
    if (!added && now - told.at_ns < kAgainAfter) {
      ++told.since;
      return;
    }
    if (!Allowed(now)) {
      ++untold_;
      if (added) told_.erase(entry);
      return;
    }
    *out += SecondText(inspected.packet.wall_ns) + "  " + Padded(word, kActionColumns) + "  " +
            Padded(Printable(rule), kRuleColumns) + "  " + Padded(source, kSourceColumns) + "  " +
            Printable(why);
    if (told.since > 0) *out += " (and " + Grouped(told.since) + " more since)";
    *out += '\n';
    told = {now, 0};
  };
  uint32_t explained = SIPWARD_ACTION_ALLOW;
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    const sipward_hit& hit = verdict.hits[i];
    if (hit.enforced != 0) explained = std::max(explained, hit.action);
    tell(View(hit.rule), hit.action, hit.enforced != 0, View(hit.why));
  }
  if (verdict.action > std::max<uint32_t>(explained, SIPWARD_ACTION_FLAG)) {
    const bool banned = (verdict.flags & SIPWARD_VERDICT_BANNED) != 0;
    tell("-", verdict.action, true,
         banned ? "the source was banned before" : "decided without a rule");
  }
}

}  // namespace sipward::cli
