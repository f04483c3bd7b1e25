// What pattern sets are made of.
#ifndef SIPWARD_LISTS_PATTERN_SET_H_
#define SIPWARD_LISTS_PATTERN_SET_H_

#include <memory>

#include "lists/pattern_engine.h"

namespace sipward::lists {

struct Scratch::Impl {
  std::unique_ptr<PatternScratch> space;
};

struct PatternSet::Part {
  uint32_t first = 0;  // number of its first pattern
  std::unique_ptr<PatternEngine> engine;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_SET_H_
