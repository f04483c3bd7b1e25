// What every match of a pattern has in common, as far as it is read off the pattern's text.
#ifndef SIPWARD_LISTS_PATTERN_SHAPE_H_
#define SIPWARD_LISTS_PATTERN_SHAPE_H_

#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "lists/lists.h"

namespace sipward::lists {

using ByteSet = std::bitset<256>;

// One way in which a pattern can match. All of it is necessary, none of it sufficient.
struct PatternShape {
  static constexpr uint32_t kUnbounded = std::numeric_limits<uint32_t>::max();

  uint32_t shortest = 0, longest = 0;  // bytes of a match
  std::vector<ByteSet> needs;          // a match has a byte of each
  // The first bytes of a match, each a byte or a letter in both cases.
  std::vector<ByteSet> prefix;
  bool whole_prefix = true;  // the match is the prefix, so what follows it goes on with it
  bool at_start = false, at_end = false;  // a match touches the start or the end of the text
};

// The ways in which a pattern can match: every match is of one of them. Nothing for patterns that
// this does not read: it knows what is common in PCRE and RE2, and takes no part of a pattern for
// something else.
std::optional<std::vector<PatternShape>> ShapesOf(const Pattern& pattern);

// How often a byte of the set is met in fields of messages, in no unit.
unsigned Commonness(const ByteSet& set);

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_SHAPE_H_
