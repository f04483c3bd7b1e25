#include "rules/aggregate.h"

#include <algorithm>
#include <iterator>

namespace sipward::rules {
namespace {

using facts::Type;
using state::TableKind;
using Subject = AggregateShape::Subject;
using Period = AggregateShape::Period;

// In the order of AggregateKind.
constexpr AggregateShape kShapes[] = {
    {"rate", AggregateKind::kRate, Subject::kNothing, Period::kOver, false, TableKind::kRate,
     "rate(by key over 1m)"},
    {"count", AggregateKind::kCount, Subject::kNothing, Period::kOver, true, TableKind::kCount,
     "count(by key over 1m)"},
    {"distinct", AggregateKind::kDistinct, Subject::kItem, Period::kOver, true,
     TableKind::kDistinct, "distinct(item by key over 1m)"},
    {"sum", AggregateKind::kSum, Subject::kItem, Period::kOver, true, TableKind::kCount,
     "sum(x by key over 1m)"},
    {"avg", AggregateKind::kAvg, Subject::kItem, Period::kOver, true, TableKind::kMean,
     "avg(x by key over 1m)"},
    {"min", AggregateKind::kMin, Subject::kItem, Period::kOver, true, TableKind::kExtreme,
     "min(x by key over 1m)"},
    {"max", AggregateKind::kMax, Subject::kItem, Period::kOver, true, TableKind::kExtreme,
     "max(x by key over 1m)"},
    {"ratio", AggregateKind::kRatio, Subject::kShare, Period::kOver, true, TableKind::kMean,
     "ratio(a of b by key over 1m)"},
    {"concurrent", AggregateKind::kConcurrent, Subject::kNothing, Period::kMayWithin, false,
     TableKind::kConcurrent, "concurrent(by key)"},
    {"run", AggregateKind::kRun, Subject::kItem, Period::kOver, true, TableKind::kRun,
     "run(number by key over 1m)"},
    {"last", AggregateKind::kLast, Subject::kItem, Period::kMayOver, true, TableKind::kLast,
     "last(x by key)"},
    {"first_seen", AggregateKind::kFirstSeen, Subject::kKey, Period::kWithin, true,
     TableKind::kTime, "first_seen(key within 1d)"},
    {"since", AggregateKind::kSince, Subject::kEvent, Period::kMayOver, true, TableKind::kTime,
     "since(event by key)"},
    {"bucket", AggregateKind::kBucket, Subject::kTokens, Period::kNone, true, TableKind::kBucket,
     "bucket(rate 8/s burst 20 by key)"},
    {"zscore", AggregateKind::kZscore, Subject::kItem, Period::kHalfLife, true,
     TableKind::kBaseline, "zscore(x by key half_life 14d)"},
    {"burst", AggregateKind::kBurst, Subject::kEdge, Period::kOver, false, TableKind::kBurst,
     "burst((a, b) over 1m)"},
};

}  // namespace

const AggregateShape* FindAggregate(std::string_view name) {
  const auto found = std::find_if(std::begin(kShapes), std::end(kShapes),
                                  [&](const AggregateShape& shape) { return shape.name == name; });
  return found == std::end(kShapes) ? nullptr : found;
}

const AggregateShape& ShapeOf(AggregateKind kind) { return kShapes[static_cast<size_t>(kind)]; }

std::vector<std::string_view> AggregateNames() {
  std::vector<std::string_view> names;
  for (const AggregateShape& shape : kShapes) names.push_back(shape.name);
  return names;
}

Type ResultType(AggregateKind kind, Type item) {
  switch (kind) {
    case AggregateKind::kSum:
    case AggregateKind::kMin:
    case AggregateKind::kMax:
    case AggregateKind::kLast:
      return item;
    case AggregateKind::kAvg:
      return item == Type::kInt ? Type::kFloat : item;
    case AggregateKind::kRatio:
    case AggregateKind::kZscore:
    case AggregateKind::kBurst:
      return Type::kFloat;
    case AggregateKind::kSince:
      return Type::kDuration;
    case AggregateKind::kFirstSeen:
    case AggregateKind::kBucket:
      return Type::kBool;
    default:
      return Type::kInt;
  }
}

bool MayBeAbsent(AggregateKind kind) {
  return kind == AggregateKind::kMin || kind == AggregateKind::kMax ||
         kind == AggregateKind::kLast || kind == AggregateKind::kSince;
}

}  // namespace sipward::rules
