// Which patterns are compiled together.
#ifndef SIPWARD_RULES_PATTERN_POOLS_H_
#define SIPWARD_RULES_PATTERN_POOLS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "rules/selection.h"

namespace sipward::rules {

// A pattern of a group: the test that holds if it is found, and where it comes from.
struct GroupedPattern {
  lists::Pattern pattern;
  uint32_t test = 0;
  uint32_t list = 0;  // in Expressions::lists; not of a literal
  size_t entry = 0;   // of the list, from 0
};

// A pattern whose expression is fine, and which is yet too large to be compiled.
struct PatternFailure {
  uint32_t list = 0;
  size_t entry = 0;
  std::string message;
};

// Compiling takes tens of milliseconds for a set of some patterns, of which most is for the set and
// not for the patterns. So groups that have a pattern in common share a set, in which it is
// compiled once. Those that have none keep their own: a scan pays for all that its set looks for.
class PatternPools {
 public:
  // `group`: its number in Selection::groups.
  void Add(size_t group, std::vector<GroupedPattern> patterns);
  // Compiles everything and completes the groups. False and *failure if a pattern is too large.
  bool Compile(std::vector<PatternGroup>* groups, PatternFailure* failure);

 private:
  static constexpr size_t kMostTogether = 64;

  // What makes two patterns the same. `nth`: a group may have one several times, each with its own
  // test.
  using Key = std::tuple<std::string, bool, bool, size_t>;
  struct Member {
    size_t group = 0;
    std::vector<GroupedPattern> patterns;
    std::vector<Key> keys;
  };
  struct Pool {
    std::map<Key, uint32_t> numbers;
    std::vector<const GroupedPattern*> patterns;
    std::vector<const Member*> members;
  };

  static void Put(const Member& member, Pool* pool);
  std::vector<Pool> MakePools() const;

  std::vector<Member> members_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_PATTERN_POOLS_H_
