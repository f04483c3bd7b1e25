// Many patterns at once, in linear time. One of pattern_hyperscan.cc and pattern_re2.cc is
// compiled.
#ifndef SIPWARD_LISTS_PATTERN_ENGINE_H_
#define SIPWARD_LISTS_PATTERN_ENGINE_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lists/lists.h"

namespace sipward::lists {

class PatternScratch {
 public:
  virtual ~PatternScratch() = default;
};

class PatternEngine {
 public:
  virtual ~PatternEngine() = default;
  // Why the expression cannot be used, or nothing.
  static std::string WhyUnusable(const std::string& expression, bool nocase);
  struct Failure {
    std::optional<size_t> pattern;  // which one, if one alone is to blame
    std::string message;
  };
  // Null and *failure if they cannot be compiled together. `patterns` is not empty.
  static std::unique_ptr<PatternEngine> Compile(std::span<const Pattern> patterns,
                                                Failure* failure);
  // Makes *scratch (null at first) fit for this engine as well as for those before.
  virtual bool Prepare(std::unique_ptr<PatternScratch>* scratch) const = 0;
  virtual bool Matches(std::string_view text, PatternScratch* scratch) const = 0;
  // Tells of each pattern that is found once, by its number from `first` on.
  virtual void Find(std::string_view text, PatternScratch* scratch, uint32_t first,
                    PatternSink* sink) const = 0;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_PATTERN_ENGINE_H_
