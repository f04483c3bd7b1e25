// Number prefixes.
#ifndef SIPWARD_LISTS_DIGIT_TRIE_H_
#define SIPWARD_LISTS_DIGIT_TRIE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::lists {

// A trie of nodes of eight bytes. The children of a branch lie side by side, and a bit set says
// which there are; digits behind which nothing branches off are held by one node, up to seven of
// them. So a million prefixes take 1.5 million nodes, and a look-up misses the caches two or three
// times instead of once for each digit (benchmarks/run.sh rules: prefixes-value).
class DigitTrie {
 public:
  // The text must live until Finish.
  bool Add(std::string_view text, std::string* why);
  // Whether Add would take it.
  static bool IsPrefix(std::string_view text);
  // `numbered`: Find will be asked. Otherwise what lies below another entry is left out.
  void Finish(bool numbered);
  // Whether the text begins with an entry; a leading + does not count. The shortest entry decides.
  bool Contains(std::string_view text) const;
  // The number of the longest entry that the text begins with, from 1 in the order of Add, the
  // first of equal ones; 0: none.
  uint32_t Find(std::string_view text) const;

 private:
  class Builder;
  struct Entry {
    uint64_t order = 0;  // the first sixteen digits, as numbers that sort like them
    std::string_view digits;
    uint32_t number = 0;
  };
  // What a node is, and how many digits it holds.
  static constexpr uint8_t kLeaf = 0;    // 0 to 7 digits, then an entry ends and nothing follows
  static constexpr uint8_t kBranch = 8;  // no digits
  static constexpr uint8_t kSkip = 8;    // with 1 to 7: these digits, then one other node
  struct Node {
    uint32_t next = 0;    // of a leaf its entry's number, otherwise the index of what follows
    uint32_t packed = 0;  // bits 0 to 3: what it is. Then its digits, four bits each; of a branch
                          // bit 4 + d: there is a child for digit d
  };
  static_assert(sizeof(Node) == 8, "millions of prefixes fit");
  // Of a branch: an entry ends here, its number stands before the children.
  static constexpr uint32_t kTerminal = 1u << 14;

  // Tells `visit(index of the number's node)` of the entries that the text begins with, shortest
  // first, until it returns false.
  template <typename Visit>
  void Walk(std::string_view text, Visit visit) const;

  std::vector<Entry> entries_;  // empty after Finish
  std::vector<Node> nodes_;     // the root first
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_DIGIT_TRIE_H_
