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
    {"rate", AggregateKind::kRate, Subject::kNothing, Period::kOver, false, TableKind::kRate},
    {"count", AggregateKind::kCount, Subject::kNothing, Period::kOver, true, TableKind::kCount},
    {"distinct", AggregateKind::kDistinct, Subject::kItem, Period::kOver, true,
     TableKind::kDistinct},
    {"sum", AggregateKind::kSum, Subject::kItem, Period::kOver, true, TableKind::kCount},
    {"avg", AggregateKind::kAvg, Subject::kItem, Period::kOver, true, TableKind::kMean},
    {"min", AggregateKind::kMin, Subject::kItem, Period::kOver, true, TableKind::kExtreme},
    {"max", AggregateKind::kMax, Subject::kItem, Period::kOver, true, TableKind::kExtreme},
    {"ratio", AggregateKind::kRatio, Subject::kShare, Period::kOver, true, TableKind::kMean},
    {"concurrent", AggregateKind::kConcurrent, Subject::kNothing, Period::kMayWithin, false,
     TableKind::kConcurrent},
    {"run", AggregateKind::kRun, Subject::kItem, Period::kOver, true, TableKind::kRun},
    {"last", AggregateKind::kLast, Subject::kItem, Period::kMayOver, true, TableKind::kLast},
    {"first_seen", AggregateKind::kFirstSeen, Subject::kKey, Period::kWithin, true,
     TableKind::kTime},
    {"since", AggregateKind::kSince, Subject::kEvent, Period::kMayOver, true, TableKind::kTime},
    {"bucket", AggregateKind::kBucket, Subject::kTokens, Period::kNone, true, TableKind::kBucket},
    {"zscore", AggregateKind::kZscore, Subject::kItem, Period::kHalfLife, true,
     TableKind::kBaseline},
    {"burst", AggregateKind::kBurst, Subject::kEdge, Period::kOver, false, TableKind::kBurst},
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
