// Scores: points that lose half their value every half-life.
#include <algorithm>
#include <cmath>

#include "state/access.h"

namespace sipward::state {
namespace {

constexpr double kMostPoints = 1e12;
constexpr double kMostScore = 1e15;
constexpr double kMaxExponent = 32;  // half-lives until the anchor moves up
constexpr double kWeightUnit = 256;  // of a point

double HalfLives(Nanos from, Nanos to, Nanos half_life) {
  return static_cast<double>(Elapsed(from, to)) / static_cast<double>(half_life);
}

}  // namespace

// Points are scaled up to the anchor rather than the sum down to now: many small steps of time
// would otherwise each round to no decay at all.
double Region::AddScore(Table table, const Hash128& key, double points, Nanos now) {
  now = At(now);
  points = std::isfinite(points) ? std::clamp(points, -kMostPoints, kMostPoints) : 0;
  Access entry(base(), table.offset, TableKind::kScore, key);
  if (!entry.ok()) return 0;
  if (!entry.Find(now)) {
    if (points == 0) return 0;
    if (!entry.TryAdmit(now, std::abs(points) * kWeightUnit)) return points;
    entry.body<ScoreBody>().anchor = now;
  }
  auto& body = entry.body<ScoreBody>();
  const Nanos half_life = entry.table().window;
  const Nanos at = std::max(now, entry.head().time);
  double exponent = HalfLives(body.anchor, at, half_life);
  if (exponent > kMaxExponent) {
    body.sum *= std::exp2(-exponent);
    body.anchor = at;
    exponent = 0;
  }
  body.sum += points * std::exp2(exponent);
  const double limit = kMostScore * std::exp2(exponent);
  body.sum = std::clamp(body.sum, -limit, limit);
  const double value = body.sum * std::exp2(-exponent);
  entry.head().time = at;
  entry.head().weight = static_cast<int64_t>(std::abs(value) * kWeightUnit);
  return value;
}

}  // namespace sipward::state
