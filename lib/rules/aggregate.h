// The aggregates of the language: how each is written, and what it gives.
#ifndef SIPWARD_RULES_AGGREGATE_H_
#define SIPWARD_RULES_AGGREGATE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "state/state.h"

namespace sipward::rules {

enum class AggregateKind : uint8_t {
  kRate,
  kCount,
  kDistinct,
  kSum,
  kAvg,
  kMin,
  kMax,
  kRatio,
  kConcurrent,
  kRun,
  kLast,
  kFirstSeen,
  kSince,
  kBucket,
  kZscore,
  kBurst,
};

// How an aggregate is written.
struct AggregateShape {
  // What stands before `by`.
  enum class Subject : uint8_t { kNothing, kItem, kShare, kKey, kEvent, kTokens, kEdge };
  // The word before a span of time.
  enum class Period : uint8_t { kNone, kOver, kMayOver, kWithin, kMayWithin, kHalfLife };

  std::string_view name;
  AggregateKind kind;
  Subject subject;
  Period period;
  bool reset;  // takes `reset on`
  state::TableKind table;
  std::string_view usage;  // for people
};

// Null if nothing of this name is an aggregate.
const AggregateShape* FindAggregate(std::string_view name);
const AggregateShape& ShapeOf(AggregateKind kind);
std::vector<std::string_view> AggregateNames();

// What an aggregate over values of this type gives, and whether there may be none.
facts::Type ResultType(AggregateKind kind, facts::Type item);
bool MayBeAbsent(AggregateKind kind);

// Parts of one that tables of floats count in.
inline constexpr double kFloatUnits = 1'000'000;

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_AGGREGATE_H_
