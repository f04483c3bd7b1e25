// Many regular expressions at once, in linear time. One of pattern_hyperscan.cc and pattern_re2.cc
// is compiled.
#ifndef SIPWARD_LISTS_PATTERN_ENGINE_H_
#define SIPWARD_LISTS_PATTERN_ENGINE_H_

#include <memory>
#include <string_view>
#include <vector>

#include "lists/lists.h"

namespace sipward::lists {

class PatternScratch {
 public:
  virtual ~PatternScratch() = default;
};

class PatternEngine {
 public:
  virtual ~PatternEngine() = default;
  // Null and *error if a pattern is unusable. `entries` is not empty.
  static std::unique_ptr<PatternEngine> Compile(const std::vector<Entry>& entries, bool nocase,
                                                EntryError* error);
  // Makes *scratch (null at first) fit for this engine as well as for those before.
  virtual bool Prepare(std::unique_ptr<PatternScratch>* scratch) const = 0;
  virtual bool Matches(std::string_view text, PatternScratch* scratch) const = 0;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_ENGINE_H_
