#include "rules/pattern_pools.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sipward::rules {

void PatternPools::Add(size_t group, std::vector<GroupedPattern> patterns) {
  Member member{group, std::move(patterns), {}};
  std::map<Key, size_t> copies;
  for (const GroupedPattern& grouped : member.patterns) {
    Key key{grouped.pattern.text, grouped.pattern.nocase, grouped.pattern.literal, 0};
    std::get<size_t>(key) = copies[key]++;
    ++users_[key];
    member.keys.push_back(std::move(key));
  }
  members_.push_back(std::move(member));
}

bool PatternPools::Shares(const Member& member) const {
  return std::any_of(member.keys.begin(), member.keys.end(),
                     [&](const Key& key) { return users_.at(key) > 1; });
}

size_t PatternPools::SizeWith(const Pool& pool, const Member& member) {
  return pool.patterns.size() + static_cast<size_t>(std::count_if(
                                    member.keys.begin(), member.keys.end(),
                                    [&](const Key& key) { return !pool.numbers.count(key); }));
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

// Those that share patterns stand together, and all others.
std::vector<PatternPools::Pool> PatternPools::MakePools() const {
  std::vector<Pool> pools;
  std::array<Pool, 2> open;
  for (const Member& member : members_) {
    const bool shares = Shares(member);
    if (!shares && member.patterns.size() <= kFew) {
      Put(member, &pools.emplace_back());
      continue;
    }
    Pool& pool = open[shares ? 1 : 0];
    const size_t most = std::max<size_t>(kMostTogether, pool.patterns.size());
    if (!pool.members.empty() && SizeWith(pool, member) > most) {
      pools.push_back(std::exchange(pool, {}));
    }
    Put(member, &pool);
  }
  for (Pool& pool : open) {
    if (!pool.members.empty()) pools.push_back(std::move(pool));
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
