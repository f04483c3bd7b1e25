#include "lists/pattern_sieve.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace sipward::lists {
namespace {

constexpr size_t kMostWays = 64;
constexpr size_t kMostSets = 64;
constexpr size_t kHeadBytes = 8;
// A set of which nearly every text has a byte tells nothing.
constexpr size_t kLargestSet = 128;

uint64_t HeadOf(std::string_view text) {
  uint64_t head = 0;
  if (text.size() >= kHeadBytes) {
    std::memcpy(&head, text.data(), kHeadBytes);
  } else {
    std::memcpy(&head, text.data(), text.size());
  }
  return head;
}

}  // namespace

PatternSieve::PatternSieve(std::span<const Pattern> patterns) {
  if (patterns.size() > kMostWays) return;
  std::vector<Way> ways;
  for (const Pattern& pattern : patterns) {
    const auto shapes = ShapesOf(pattern);
    if (!shapes || ways.size() + shapes->size() > kMostWays) return;
    for (const PatternShape& shape : *shapes) ways.push_back(WayOf(shape));
  }
  for (const Way& way : ways) {
    const bool bound = way.fixed != 0 || way.most != PatternShape::kUnbounded;
    if (!bound && way.rarest == 0) return;
    (bound ? bound_ : free_).push_back(way);
    if (!bound) rare_ |= way.rarest;
  }
  usable_ = !ways.empty();
}

PatternSieve::Way PatternSieve::WayOf(const PatternShape& shape) {
  Way way;
  unsigned least = std::numeric_limits<unsigned>::max();
  for (const ByteSet& set : shape.needs) {
    const uint64_t mark = MarkOf(set);
    way.needs |= mark;
    if (mark == 0 || Commonness(set) >= least) continue;
    least = Commonness(set);
    way.rarest = mark;
  }
  way.shortest = shape.shortest;
  way.most = PatternShape::kUnbounded;
  if (!shape.at_start) return way;
  // `$` matches in front of a last line feed, too.
  if (shape.at_end && shape.longest < PatternShape::kUnbounded - 1) {
    way.most = shape.longest + 1 - shape.shortest;
  }
  std::array<unsigned char, kHeadBytes> prefix{}, fixed{};
  for (size_t i = 0; i < std::min(shape.prefix.size(), kHeadBytes); ++i) {
    const ByteSet& set = shape.prefix[i];
    prefix[i] = static_cast<unsigned char>(set._Find_first());
    fixed[i] = set.count() == 1 ? 0xFF : 0xDF;
  }
  std::memcpy(&way.prefix, prefix.data(), kHeadBytes);
  std::memcpy(&way.fixed, fixed.data(), kHeadBytes);
  way.prefix &= way.fixed;
  return way;
}

uint64_t PatternSieve::MarkOf(const ByteSet& set) {
  const auto known =
      static_cast<size_t>(std::find(sets_.begin(), sets_.end(), set) - sets_.begin());
  const uint64_t mark = uint64_t{1} << known % kMostSets;
  if (known < sets_.size()) return mark;
  if (known == kMostSets || set.count() > kLargestSet) return 0;
  sets_.push_back(set);
  for (size_t byte = 0; byte < marks_.size(); ++byte) marks_[byte] |= set[byte] ? mark : 0;
  return mark;
}

uint64_t PatternSieve::SeenIn(std::string_view text) const {
  const auto mark = [&](size_t i) { return marks_[static_cast<unsigned char>(text[i])]; };
  uint64_t seen = 0;
  size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) seen |= mark(i) | mark(i + 1) | mark(i + 2) | mark(i + 3);
  for (; i < text.size(); ++i) seen |= mark(i);
  return seen;
}

bool PatternSieve::Check(std::string_view text) const {
  const uint64_t head = HeadOf(text);
  const auto long_enough = [&](const Way& way) {
    return text.size() >= way.shortest && text.size() - way.shortest <= way.most;
  };
  const auto begins = [&](const Way& way) {
    return ((head ^ way.prefix) & way.fixed) == 0 && long_enough(way);
  };
  const auto first = std::find_if(bound_.begin(), bound_.end(), begins);
  if (free_.empty() && first == bound_.end()) return false;
  const uint64_t seen = SeenIn(text);
  const auto all_seen = [&](const Way& way) { return (way.needs & ~seen) == 0; };
  return ((seen & rare_) != 0 &&
          std::any_of(free_.begin(), free_.end(),
                      [&](const Way& way) { return all_seen(way) && long_enough(way); })) ||
         std::any_of(first, bound_.end(),
                     [&](const Way& way) { return begins(way) && all_seen(way); });
}

}  // namespace sipward::lists
