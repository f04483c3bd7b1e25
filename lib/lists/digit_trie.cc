#include "lists/digit_trie.h"

#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <span>

#include "base/ascii.h"
#include "lists/lists.h"

namespace sipward::lists {
namespace {

constexpr size_t kOrderDigits = 16;
constexpr size_t kNodeDigits = 7;
constexpr size_t kFewEntries = 16;

std::string_view WithoutPlus(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  return text;
}

// Where the text ends stands 0, a digit more than itself everywhere else.
uint64_t OrderOf(std::string_view digits) {
  uint64_t order = 0;
  for (size_t i = 0; i < kOrderDigits; ++i) {
    order = order << 4 | (i < digits.size() ? static_cast<uint64_t>(digits[i] - '0') + 1 : 0);
  }
  return order;
}

// Which of the children that are there comes next: how many of ten bits are set. Without an
// instruction for it, which the oldest processors lack, std::popcount is a call.
constexpr std::array<uint8_t, 1024> kBitsSet = [] {
  std::array<uint8_t, 1024> counts{};
  for (unsigned i = 0; i < counts.size(); ++i) {
    counts[i] = static_cast<uint8_t>(std::popcount(i));
  }
  return counts;
}();

uint32_t ValueAt(std::string_view digits, size_t at) {
  return static_cast<uint32_t>(digits[at] - '0');
}

}  // namespace

bool DigitTrie::IsPrefix(std::string_view text) {
  const std::string_view digits = WithoutPlus(text);
  return !digits.empty() && digits.size() <= kMostDigits &&
         std::all_of(digits.begin(), digits.end(), IsDigit);
}

bool DigitTrie::Add(std::string_view text, std::string* why) {
  const std::string_view digits = WithoutPlus(text);
  if (digits.empty()) {
    *why = "a prefix needs at least one digit";
    return false;
  }
  if (digits.size() > kMostDigits) {
    *why = "a prefix has at most 64 digits";
    return false;
  }
  if (!std::all_of(digits.begin(), digits.end(), IsDigit)) {
    *why = "a prefix consists of digits, with or without a + in front";
    return false;
  }
  entries_.push_back({OrderOf(digits), digits, static_cast<uint32_t>(entries_.size() + 1)});
  return true;
}

// Level by level, so that what every look-up reads lies together; but what is below a node of few
// entries lies in one place, mostly one cache line. The entries are sorted: those below a node are
// a range of them, and the shortest stands first.
class DigitTrie::Builder {
 public:
  Builder(std::span<const Entry> entries, bool numbered, std::vector<Node>* nodes)
      : entries_(entries), numbered_(numbered), nodes_(*nodes) {}

  void Build() {
    nodes_.assign(1, Node{0, kBranch});
    if (!entries_.empty()) ranges_.push_back({0, entries_.size(), 0, 0});
    while (!ranges_.empty()) {
      const Range range = ranges_.front();
      ranges_.pop_front();
      const size_t others = ranges_.size();
      Fill(range);
      if (range.end - range.begin > kFewEntries) continue;
      // What it was divided into stands at the end.
      while (ranges_.size() > others) {
        const Range below = ranges_.back();
        ranges_.pop_back();
        Fill(below);
      }
    }
  }

 private:
  struct Range {
    size_t begin, end, depth;
    uint32_t node;
  };

  void Fill(const Range& range) {
    const std::string_view first = entries_[range.begin].digits;
    const std::string_view last = entries_[range.end - 1].digits;
    size_t shared = range.depth;  // by all of them
    while (shared < first.size() && first[shared] == last[shared]) ++shared;
    const bool ends = shared == first.size() && (!numbered_ || shared == last.size());
    const size_t held = std::min(shared - range.depth, kNodeDigits);
    if (ends && range.depth + held == shared) {
      nodes_[range.node] = {entries_[range.begin].number,
                            kLeaf + Pack(first.substr(range.depth, held))};
    } else if (held != 0) {
      nodes_[range.node] = {End(), kSkip + Pack(first.substr(range.depth, held))};
      AddNode(range.begin, range.end, range.depth + held);
    } else {
      Branch(range);
    }
  }

  void Branch(Range range) {
    Node branch{End(), kBranch};
    if (entries_[range.begin].digits.size() == range.depth) {
      branch.packed |= kTerminal;
      nodes_.push_back({entries_[range.begin].number, kLeaf});
      while (entries_[range.begin].digits.size() == range.depth) ++range.begin;
    }
    while (range.begin < range.end) {
      const uint32_t digit = ValueAt(entries_[range.begin].digits, range.depth);
      const auto left = entries_.subspan(range.begin, range.end - range.begin);
      const auto behind = std::partition_point(left.begin(), left.end(), [&](const Entry& entry) {
        return ValueAt(entry.digits, range.depth) == digit;
      });
      const size_t end = range.begin + static_cast<size_t>(behind - left.begin());
      branch.packed |= 1u << (4 + digit);
      AddNode(range.begin, end, range.depth + 1);
      range.begin = end;
    }
    nodes_[range.node] = branch;
  }

  void AddNode(size_t begin, size_t end, size_t depth) {
    ranges_.push_back({begin, end, depth, End()});
    nodes_.push_back(Node{});
  }

  uint32_t End() const { return static_cast<uint32_t>(nodes_.size()); }

  static uint32_t Pack(std::string_view digits) {
    auto packed = static_cast<uint32_t>(digits.size());
    for (size_t i = 0; i < digits.size(); ++i) packed |= ValueAt(digits, i) << (4 + 4 * i);
    return packed;
  }

  const std::span<const Entry> entries_;
  const bool numbered_;
  std::vector<Node>& nodes_;
  std::deque<Range> ranges_;
};

void DigitTrie::Finish(bool numbered) {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    if (a.order != b.order) return a.order < b.order;
    const int order = a.digits.compare(b.digits);
    return order != 0 ? order < 0 : a.number < b.number;
  });
  Builder(entries_, numbered, &nodes_).Build();
  std::vector<Entry>().swap(entries_);  // assigning {} would keep the room
  nodes_.shrink_to_fit();
}

template <typename Visit>
void DigitTrie::Walk(std::string_view text, Visit visit) const {
  text = WithoutPlus(text);
  size_t at = 0;
  for (uint32_t n = 0;;) {
    const Node node = nodes_[n];
    const uint32_t what = node.packed & 15;
    if (what == kBranch) {
      uint32_t child = node.next;
      if ((node.packed & kTerminal) != 0 && !visit(child++)) return;
      if (at == text.size() || !IsDigit(text[at])) return;
      const uint32_t children = node.packed >> 4 & 0x3FF;
      const uint32_t bit = 1u << ValueAt(text, at++);
      if ((children & bit) == 0) return;
      n = child + kBitsSet[children & (bit - 1)];
      continue;
    }
    const uint32_t held = what & 7;
    if (text.size() - at < held) return;
    for (uint32_t i = 0; i < held; ++i) {
      if (text[at++] != static_cast<char>('0' + (node.packed >> (4 + 4 * i) & 15))) return;
    }
    if (what < kBranch) {
      visit(n);
      return;
    }
    n = node.next;
  }
}

uint32_t DigitTrie::Find(std::string_view text) const {
  constexpr uint32_t kNone = UINT32_MAX;
  uint32_t found = kNone;
  Walk(text, [&](uint32_t node) {
    found = node;
    return true;
  });
  return found == kNone ? 0 : nodes_[found].next;
}

bool DigitTrie::Contains(std::string_view text) const {
  bool found = false;
  Walk(text, [&](uint32_t) {
    found = true;
    return false;
  });
  return found;
}

}  // namespace sipward::lists
