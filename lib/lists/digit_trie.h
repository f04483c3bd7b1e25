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
  void Finish();
  // Whether the text begins with an entry; a leading + does not count. The shortest entry decides.
  bool Contains(std::string_view text) const;

 private:
  struct Node {
    uint32_t children = 0;  // index of the first
    uint16_t present = 0;   // bit d: there is a child for digit d
    bool terminal = false;
  };
  static_assert(sizeof(Node) == 8, "millions of prefixes fit");
  const Node* Child(const Node& node, char c) const;

  std::vector<std::string> entries_;  // empty after Finish
  std::vector<Node> nodes_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_DIGIT_TRIE_H_
