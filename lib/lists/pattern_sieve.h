// Texts in which no pattern can be found, told without a scan.
#ifndef SIPWARD_LISTS_PATTERN_SIEVE_H_
#define SIPWARD_LISTS_PATTERN_SIEVE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lists/pattern_shape.h"

namespace sipward::lists {

// A scan costs hundreds of instructions before its first byte, and nearly all texts that are
// scanned are user names, tags and numbers in which nothing is found. This looks at each byte once:
// which of the bytes that a pattern cannot do without are there, and whether the length and the
// first bytes are such that an anchored pattern can match. Immutable.
class PatternSieve {
 public:
  // Longer texts are scanned: that is where scans are good.
  static constexpr size_t kLongestText = 64;

  explicit PatternSieve(std::span<const Pattern> patterns);

  // False: no pattern is found in the text.
  bool LetsThrough(std::string_view text) const {
    if (!usable_ || text.empty() || text.size() > kLongestText) return true;
    return Check(text);
  }

 private:
  struct Way {
    uint64_t needs = 0;               // bits of marks_ that must have been seen
    uint64_t rarest = 0;              // that of them which is seen least
    uint64_t prefix = 0, fixed = 0;   // the first eight bytes of the text, and which bits of them
    uint32_t shortest = 0, most = 0;  // bytes of the text: from, and how many more
  };
  bool Check(std::string_view text) const;
  uint64_t SeenIn(std::string_view text) const;
  Way WayOf(const PatternShape& shape);
  uint64_t MarkOf(const ByteSet& set);

  bool usable_ = false;            // if not, everything is let through
  std::vector<Way> free_, bound_;  // without and with first bytes or a greatest length
  uint64_t rare_ = 0;              // of which none is seen, no free way is taken
  std::vector<ByteSet> sets_;
  std::array<uint64_t, 256> marks_{};  // by byte: a bit for each of sets_ that it is in
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_SIEVE_H_
