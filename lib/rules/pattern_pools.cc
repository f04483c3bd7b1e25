#include "rules/pattern_pools.h"

#include <algorithm>
#include <utility>

namespace sipward::rules {

void PatternPools::Add(size_t group, std::vector<GroupedPattern> patterns) {
  Member member{group, std::move(patterns), {}};
  std::map<Key, size_t> copies;
  for (const GroupedPattern& grouped : member.patterns) {
    Key key{grouped.pattern.text, grouped.pattern.nocase, grouped.pattern.literal, 0};
    std::get<size_t>(key) = copies[key]++;
    member.keys.push_back(std::move(key));
  }
  members_.push_back(std::move(member));
}

void PatternPools::Put(const Member& member, Pool* pool) {
  pool->members.push_back(&member);
  for (size_t i = 0; i < member.patterns.size(); ++i) {
    const auto next = static_cast<uint32_t>(pool->patterns.size());
    if (pool->numbers.try_emplace(member.keys[i], next).second) {
      pool->patterns.push_back(&member.patterns[i]);
    }
  }
}

// A group goes to a pool that has some of its patterns, and room for the others.
std::vector<PatternPools::Pool> PatternPools::MakePools() const {
  std::vector<Pool> pools;
  std::map<Key, size_t> places;  // the first pool that has the pattern
  for (const Member& member : members_) {
    std::map<size_t, size_t> common;  // by pool: patterns
    for (const Key& key : member.keys) {
      const auto place = places.find(key);
      if (place != places.end()) ++common[place->second];
    }
    const auto fit = std::find_if(common.begin(), common.end(), [&](const auto& candidate) {
      const size_t added = member.keys.size() - candidate.second;
      return added == 0 || pools[candidate.first].patterns.size() + added <= kMostTogether;
    });
    const size_t chosen = fit == common.end() ? pools.size() : fit->first;
    if (chosen == pools.size()) pools.emplace_back();
    Put(member, &pools[chosen]);
    for (const Key& key : member.keys) places.try_emplace(key, chosen);
  }
  return pools;
}

bool PatternPools::Compile(std::vector<PatternGroup>* groups, PatternFailure* failure) {
  for (const Pool& pool : MakePools()) {
    std::vector<lists::Pattern> patterns;
    for (const GroupedPattern* grouped : pool.patterns) patterns.push_back(grouped->pattern);
    lists::PatternError error;
    const auto set = lists::PatternSet::Build(std::move(patterns), &error);
    if (set == nullptr) {
      const GroupedPattern& culprit = *pool.patterns[error.pattern];
      *failure = {culprit.list, culprit.entry, std::move(error.message)};
      return false;
    }
    for (const Member* member : pool.members) {
      PatternGroup& group = (*groups)[member->group];
      group.test_of.assign(pool.patterns.size(), PatternGroup::kNoTest);
      std::vector<uint32_t> numbers;
      for (size_t i = 0; i < member->patterns.size(); ++i) {
        numbers.push_back(pool.numbers.at(member->keys[i]));
        group.test_of[numbers.back()] = member->patterns[i].test;
      }
      group.set = pool.members.size() == 1 ? set : set->NarrowedTo(numbers);
    }
  }
  return true;
}

}  // namespace sipward::rules
