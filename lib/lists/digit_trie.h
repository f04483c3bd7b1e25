// Number prefixes.
#ifndef SIPWARD_LISTS_DIGIT_TRIE_H_
#define SIPWARD_LISTS_DIGIT_TRIE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::lists {

// A trie whose node is eight bytes: the children of a node lie side by side, and a bit set says
// which there are.
class DigitTrie {
 public:
  bool Add(std::string_view text, std::string* why);
  // `numbered`: Find will be asked, which takes four bytes more of each node.
  void Finish(bool numbered);
  // Whether the text begins with an entry; a leading + does not count. The shortest entry decides.
  bool Contains(std::string_view text) const;
  // The number of the longest entry that the text begins with, from 1 in the order of Add, the
  // first of equal ones; 0: none.
  uint32_t Find(std::string_view text) const;

 private:
  struct Node {
    uint32_t children = 0;  // index of the first
    uint16_t present = 0;   // bit d: there is a child for digit d
    bool terminal = false;
  };
  static_assert(sizeof(Node) == 8, "millions of prefixes fit");
  const Node* Child(const Node& node, char c) const;

  struct Entry {
    std::string digits;
    uint32_t number = 0;
  };
  std::vector<Entry> entries_;  // empty after Finish
  std::vector<Node> nodes_;
  std::vector<uint32_t> numbers_;  // by node
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_DIGIT_TRIE_H_
