// A set of texts that is built once.
#ifndef SIPWARD_LISTS_TEXT_SET_H_
#define SIPWARD_LISTS_TEXT_SET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace sipward::lists {

// Hash of a text taken from its end, byte by byte, so that the hashes of all suffixes come out of
// one pass. Not keyed: the host chooses what is in a list, and whoever chooses what is looked up
// cannot make a half-empty table any slower than its longest run.
class SuffixHash {
 public:
  void Prepend(char c) {
    value_ = (value_ ^ static_cast<uint8_t>(c)) * 0x9e3779b97f4a7c15u;
    value_ ^= value_ >> 29;
  }
  uint32_t value() const { return static_cast<uint32_t>((value_ * 0xff51afd7ed558ccdu) >> 32); }

 private:
  uint64_t value_ = 0x2545f4914f6cdd1du;
};

// Open addressing, at most half full.
class TextSet {
 public:
  // `fold`: ASCII letters are kept in lower case, and texts looked up are compared so.
  explicit TextSet(bool fold) : fold_(fold) {}

  void Add(std::string_view text);
  void Finish();
  // The number of the text, from 1 in the order of Add, the first of equal ones; 0: it is not held.
  uint32_t Find(std::string_view text) const { return Find(text, HashOf(text)); }
  // With the hash already at hand: of the text, folded if the set folds.
  uint32_t Find(std::string_view text, uint32_t hash) const;
  char Fold(char c) const { return fold_ ? ToLower(c) : c; }

 private:
  struct Text {
    uint32_t begin = 0;
    uint32_t length = 0;
  };
  struct Slot {
    uint32_t hash = 0;
    uint32_t text = 0;  // number from 1; 0: empty
  };
  uint32_t HashOf(std::string_view text) const;
  bool Equals(const Text& held, std::string_view text) const;

  bool fold_;
  std::string bytes_;
  std::vector<Text> texts_;
  std::vector<Slot> slots_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_TEXT_SET_H_
