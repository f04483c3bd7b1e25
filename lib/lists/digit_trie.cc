#include "lists/digit_trie.h"

#include <algorithm>
#include <bit>

#include "base/ascii.h"

namespace sipward::lists {
namespace {

constexpr size_t kMaxDigits = 64;

std::string_view WithoutPlus(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  return text;
}

}  // namespace

bool DigitTrie::Add(std::string_view text, std::string* why) {
  const std::string_view digits = WithoutPlus(text);
  if (digits.empty()) {
    *why = "a prefix needs at least one digit";
    return false;
  }
  if (digits.size() > kMaxDigits) {
    *why = "a prefix has at most 64 digits";
    return false;
  }
  if (!std::all_of(digits.begin(), digits.end(), IsDigit)) {
    *why = "a prefix consists of digits, with or without a + in front";
    return false;
  }
  entries_.push_back({std::string(digits), static_cast<uint32_t>(entries_.size() + 1)});
  return true;
}

// Level by level: the entries are sorted, so those below a node are a range of them.
void DigitTrie::Finish(bool numbered) {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.digits < b.digits; });
  struct Range {
    size_t begin, end, depth;
  };
  std::vector<Range> ranges = {{0, entries_.size(), 0}};
  nodes_.assign(1, Node{});
  for (size_t n = 0; n < nodes_.size(); ++n) {
    auto [begin, end, depth] = ranges[n];
    if (numbered) numbers_.push_back(0);
    while (begin < end && entries_[begin].digits.size() == depth) {
      if (numbered && !nodes_[n].terminal) numbers_.back() = entries_[begin].number;
      nodes_[n].terminal = true;
      ++begin;
    }
    nodes_[n].children = static_cast<uint32_t>(nodes_.size());
    while (begin < end) {
      const char digit = entries_[begin].digits[depth];
      size_t last = begin;
      while (last < end && entries_[last].digits[depth] == digit) ++last;
      nodes_[n].present = static_cast<uint16_t>(nodes_[n].present | 1u << (digit - '0'));
      nodes_.push_back(Node{});
      ranges.push_back({begin, last, depth + 1});
      begin = last;
    }
  }
  entries_ = {};
  nodes_.shrink_to_fit();
}

const DigitTrie::Node* DigitTrie::Child(const Node& node, char c) const {
  if (!IsDigit(c)) return nullptr;
  const unsigned bit = 1u << (c - '0');
  if ((node.present & bit) == 0) return nullptr;
  return &nodes_[node.children + static_cast<uint32_t>(std::popcount(node.present & (bit - 1)))];
}

uint32_t DigitTrie::Find(std::string_view text) const {
  uint32_t found = 0;
  const Node* node = &nodes_[0];
  for (const char c : WithoutPlus(text)) {
    node = Child(*node, c);
    if (node == nullptr) break;
    if (node->terminal) found = numbers_[static_cast<size_t>(node - nodes_.data())];
  }
  return found;
}

bool DigitTrie::Contains(std::string_view text) const {
  const Node* node = &nodes_[0];
  for (const char c : WithoutPlus(text)) {
    node = Child(*node, c);
    if (node == nullptr || node->terminal) break;
  }
  return node != nullptr && node->terminal;
}

}  // namespace sipward::lists
