// What pattern sets are made of.
#ifndef SIPWARD_LISTS_PATTERN_SET_H_
#define SIPWARD_LISTS_PATTERN_SET_H_

#include <memory>
#include <vector>

#include "lists/pattern_engine.h"

namespace sipward::lists {

struct Scratch::Impl {
  std::unique_ptr<PatternScratch> space;
};

struct PatternSet::Compiled {
  struct Part {
    uint32_t first = 0;  // number of its first pattern
    std::unique_ptr<PatternEngine> engine;
  };
  bool Compile(size_t begin, size_t end, PatternError* error);

  std::vector<Pattern> patterns;
  std::vector<Part> parts;  // in one piece unless that was too large
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_SET_H_
