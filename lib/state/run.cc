// Runs of consecutive numbers, as sequential dialling leaves them, in whatever order they come.
#include <algorithm>
#include <limits>

#include "state/access.h"

namespace sipward::state {
namespace {

constexpr uint32_t kLongest = std::numeric_limits<uint32_t>::max();
constexpr unsigned kNone = RunBody::kIntervals;

class RunEntry {
 public:
  RunEntry(RunBody* body, Nanos window, Nanos at)
      : body_(*body), window_(static_cast<uint64_t>(window)), at_(at) {}

  uint32_t Add(int64_t number);
  uint32_t Longest() const;

 private:
  bool Alive(unsigned i) const {
    return body_.lengths[i] != 0 && Elapsed(body_.latest[i], at_) < window_;
  }
  // How far the number lies behind the start; wraps to something huge in front of it.
  uint64_t Behind(unsigned i, int64_t number) const {
    return static_cast<uint64_t>(number) - static_cast<uint64_t>(body_.starts[i]);
  }
  uint32_t Grow(unsigned i, int64_t start, uint64_t length);
  unsigned Place() const;

  RunBody& body_;
  uint64_t window_;
  Nanos at_;
};

uint32_t RunEntry::Add(int64_t number) {
  unsigned left = kNone;   // ends just in front of the number
  unsigned right = kNone;  // begins just behind it
  for (unsigned i = 0; i < RunBody::kIntervals; ++i) {
    if (!Alive(i)) continue;
    const int64_t start = body_.starts[i];
    if (number >= start && Behind(i, number) < body_.lengths[i]) return body_.lengths[i];
    if (number > start && Behind(i, number) == body_.lengths[i]) left = i;
    if (number < start && Behind(i, number) == ~uint64_t{0}) right = i;
  }
  if (left != kNone && right != kNone) {
    const uint64_t joined = uint64_t{body_.lengths[left]} + 1 + body_.lengths[right];
    body_.lengths[right] = 0;
    return Grow(left, body_.starts[left], joined);
  }
  if (left != kNone) return Grow(left, body_.starts[left], uint64_t{body_.lengths[left]} + 1);
  if (right != kNone) return Grow(right, number, uint64_t{body_.lengths[right]} + 1);
  return Grow(Place(), number, 1);
}

uint32_t RunEntry::Grow(unsigned i, int64_t start, uint64_t length) {
  body_.starts[i] = start;
  body_.lengths[i] = static_cast<uint32_t>(std::min<uint64_t>(length, kLongest));
  body_.latest[i] = at_;
  return body_.lengths[i];
}

// A free place, or that of the interval that it hurts least to lose.
unsigned RunEntry::Place() const {
  unsigned least = 0;
  for (unsigned i = 0; i < RunBody::kIntervals; ++i) {
    if (!Alive(i)) return i;
    const bool shorter = body_.lengths[i] < body_.lengths[least];
    const bool older =
        body_.lengths[i] == body_.lengths[least] && body_.latest[i] < body_.latest[least];
    if (shorter || older) least = i;
  }
  return least;
}

uint32_t RunEntry::Longest() const {
  uint32_t longest = 0;
  for (unsigned i = 0; i < RunBody::kIntervals; ++i) {
    if (Alive(i)) longest = std::max(longest, body_.lengths[i]);
  }
  return longest;
}

}  // namespace

int64_t Region::AddRun(Table table, const Hash128& key, int64_t number, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kRun, key);
  if (!access.Find(now)) {
    if (!access.ok()) return 0;
    if (!access.TryAdmit(now, 1)) return 1;
  }
  const Nanos at = std::max(now, access.head().time);
  RunEntry entry(&access.body<RunBody>(), access.table().window, at);
  const uint32_t length = entry.Add(number);
  access.head().time = at;
  access.head().weight = entry.Longest();
  return length;
}

int64_t Region::LongestRun(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kRun, key);
  if (!access.Find(now)) return 0;
  const Nanos at = std::max(now, access.head().time);
  return RunEntry(&access.body<RunBody>(), access.table().window, at).Longest();
}

}  // namespace sipward::state
