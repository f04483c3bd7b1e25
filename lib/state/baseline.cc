// What is usual for a key, learnt as it goes: z-scores.
//
// A value is level + offset of the step of the week + something left over. The level is a mean that
// forgets by half-lives; what is left over is cut before it moves anything; when a step of the week
// ends, half of what was left over in it on average goes into its offset.
#include <algorithm>
#include <cmath>

#include "state/access.h"
#include "state/arithmetic.h"

namespace sipward::state {
namespace {

constexpr double kLeastWeight = 8;
constexpr double kClip = 3;  // standard deviations
constexpr double kLeastShare = 1.0 / 64;
constexpr double kLeastDeviation = 1e-6;
constexpr double kMostValue = 1e15;
constexpr double kMostScore = 100;
constexpr double kFewInAStep = 4;  // fewer values move the offset less
constexpr int kMostOffset = 127;
constexpr int kLeastOffset = 32;  // of the largest: below it the unit is too coarse
constexpr int kMostUnit = 60;
constexpr int kLeastUnit = -60;
constexpr Nanos kStep = 4 * kHour;

uint8_t StepOf(Nanos wall) {
  return static_cast<uint8_t>(FloorModulo(FloorDivide(wall, kStep), int64_t{BaselineBody::kSteps}));
}

class Baseline {
 public:
  explicit Baseline(BaselineBody* body) : body_(*body) {}

  // `decay`: what is left of the weight since the latest event.
  double Score(double value, uint8_t step, double decay) const;
  void Learn(double value, uint8_t step, double decay);

 private:
  double Offset(unsigned step) const {
    return std::ldexp(body_.offsets[step % BaselineBody::kSteps], body_.unit);
  }
  double Expected(unsigned step) const { return body_.level + Offset(step); }
  double Deviation(unsigned step) const {
    return std::max(
        {std::sqrt(body_.variance), std::abs(Expected(step)) * kLeastShare, kLeastDeviation});
  }
  void EndStep();
  void SetOffset(unsigned step, double offset);
  void ChangeUnit(int by);
  int Largest() const;

  BaselineBody& body_;
};

double Baseline::Score(double value, uint8_t step, double decay) const {
  if (!(body_.weight * decay >= kLeastWeight)) return 0;
  return std::clamp((value - Expected(step)) / Deviation(step), -kMostScore, kMostScore);
}

void Baseline::Learn(double value, uint8_t step, double decay) {
  if (step != body_.step) EndStep();
  body_.step = step;
  const double weight = body_.weight * decay;
  double rest = value - Expected(step);
  if (weight >= kLeastWeight) {
    const double limit = kClip * Deviation(step);
    rest = std::clamp(rest, -limit, limit);
  }
  body_.weight = weight + 1;
  const double share = 1 / body_.weight;
  body_.level += share * rest;
  body_.variance = (1 - share) * (body_.variance + share * rest * rest);
  body_.step_sum += (1 - share) * rest;
  if (body_.step_count != UINT32_MAX) ++body_.step_count;
}

void Baseline::EndStep() {
  if (body_.step_count == 0) return;
  const double count = body_.step_count;
  const double rest = body_.step_sum / count;
  SetOffset(body_.step, Offset(body_.step) + rest * 0.5 * count / (count + kFewInAStep));
  body_.step_sum = 0;
  body_.step_count = 0;
}

void Baseline::SetOffset(unsigned step, double offset) {
  if (Largest() == 0 && offset != 0) {
    body_.unit = static_cast<int8_t>(std::clamp(std::ilogb(offset) - 6, kLeastUnit, kMostUnit));
  }
  while (std::abs(std::ldexp(offset, -body_.unit)) > kMostOffset && body_.unit < kMostUnit) {
    ChangeUnit(1);
  }
  const double rounded = std::nearbyint(std::ldexp(offset, -body_.unit));
  body_.offsets[step % BaselineBody::kSteps] =
      static_cast<int8_t>(std::clamp<double>(rounded, -kMostOffset, kMostOffset));
  while (Largest() < kLeastOffset && body_.unit > kLeastUnit && Largest() != 0) ChangeUnit(-1);
}

// To the next coarser unit or the next finer one.
void Baseline::ChangeUnit(int by) {
  body_.unit = static_cast<int8_t>(body_.unit + by);
  for (int8_t& offset : body_.offsets) {
    offset = static_cast<int8_t>(by > 0 ? offset / 2 : offset * 2);
  }
}

int Baseline::Largest() const {
  int largest = 0;
  for (const int8_t offset : body_.offsets) largest = std::max<int>(largest, std::abs(offset));
  return largest;
}

double DecaySince(const Access& entry, Nanos now) {
  return std::exp2(-static_cast<double>(Elapsed(entry.head().time, now)) /
                   static_cast<double>(entry.table().window));
}

}  // namespace

double Region::Zscore(Table table, const Hash128& key, double value, Nanos wall, Nanos now) {
  now = At(now);
  if (std::isnan(value)) return 0;
  Access entry(base(), table.offset, TableKind::kBaseline, key);
  if (!entry.Find(now)) return 0;
  return Baseline(&entry.body<BaselineBody>())
      .Score(std::clamp(value, -kMostValue, kMostValue), StepOf(wall), DecaySince(entry, now));
}

void Region::Learn(Table table, const Hash128& key, double value, Nanos wall, Nanos now) {
  now = At(now);
  if (std::isnan(value)) return;
  Access entry(base(), table.offset, TableKind::kBaseline, key);
  if (!entry.Find(now) && !entry.TryAdmit(now, 1)) return;
  auto& body = entry.body<BaselineBody>();
  Baseline(&body).Learn(std::clamp(value, -kMostValue, kMostValue), StepOf(wall),
                        DecaySince(entry, now));
  // What is a little late is later than what came before; a clock that was set back goes on.
  const bool late = Elapsed(now, entry.head().time) <= static_cast<uint64_t>(entry.table().window);
  entry.head().time = late ? std::max(now, entry.head().time) : now;
  entry.head().weight = static_cast<int64_t>(std::min(body.weight, 1e9));
}

}  // namespace sipward::state
