#include "tests/peers/judge.h"

#include <algorithm>
#include <set>

namespace sipward::peers {
namespace {

using sip::HeaderId;

bool IsAlarm(const sip::Anomaly& anomaly) {
  const sip::AnomalyClass cls = sip::Describe(anomaly.id).cls;
  return cls == sip::AnomalyClass::kAmbiguous || cls == sip::AnomalyClass::kViolation;
}

// Whether the field is written in this part.
bool IsSourceOf(Field field, const Part& part) {
  if (field == Field::kRequestUri) return part.kind == PartKind::kStart;
  if (part.kind != PartKind::kHeader) return false;
  switch (field) {
    case Field::kFromUri:
    case Field::kFromTag:
      return part.id == HeaderId::kFrom;
    case Field::kToUri:
    case Field::kToTag:
      return part.id == HeaderId::kTo;
    case Field::kCallId:
      return part.id == HeaderId::kCallId;
    case Field::kCseqNumber:
    case Field::kCseqMethod:
      return part.id == HeaderId::kCseq;
    case Field::kViaCount:
      return part.id == HeaderId::kVia;
    case Field::kContentLength:
      return part.id == HeaderId::kContentLength;
    case Field::kRequestUri:
      break;
  }
  return false;
}

}  // namespace

Judge::Alarms Judge::ReadAlarms(std::string_view message, const Parts& parts, Verdict* verdict) {
  message_.Parse(message, {});
  message_.Validate();
  Alarms alarms(parts.list().size());
  for (const sip::Anomaly& anomaly : message_.anomalies()) {
    if (!IsAlarm(anomaly)) continue;
    verdict->alarms.push_back(anomaly);
    std::optional<sip::AnomalyId>& alarm = alarms[parts.At(anomaly.offset)];
    if (!alarm) alarm = anomaly.id;
  }
  return alarms;
}

bool Judge::Vanishes(const std::optional<Field>& field, const std::string& message) {
  const Answers answers = panel_.Ask(message);
  return field ? AgreeOn(*field, answers) : AgreeOnAccepting(answers);
}

// The part without which the disagreement is gone; parts with an alarm are tried first. Where no
// single part does it, there is more than one reason: those with an alarm together, then all; of
// these the ones that can stay are put back, and what remains without an alarm is the place.
size_t Judge::Trace(const std::optional<Field>& field, const Parts& parts, const Alarms& alarms) {
  std::vector<size_t> order;
  std::set<size_t> alarmed, all;
  for (size_t i = 0; i < alarms.size(); ++i) {
    all.insert(i);
    if (alarms[i]) alarmed.insert(i), order.push_back(i);
  }
  for (size_t i = 0; i < alarms.size(); ++i) {
    if (!alarms[i]) order.push_back(i);
  }
  for (const size_t part : order) {
    if (Vanishes(field, parts.Without({part}))) return part;
  }
  if (alarmed.size() > 1 && Vanishes(field, parts.Without(alarmed))) {
    return *alarmed.begin();
  }
  std::set<size_t> guilty = all;
  for (const size_t part : order) {
    guilty.erase(part);
    if (!Vanishes(field, parts.Without(guilty))) guilty.insert(part);
  }
  for (const size_t part : guilty) {
    if (!alarms[part]) return part;
  }
  return guilty.empty() ? 0 : *guilty.begin();
}

Disagreement Judge::Explain(const std::optional<Field>& field, const Parts& parts,
                            const Alarms& alarms) {
  std::optional<size_t> place;
  for (size_t i = 0; field && !place && i < alarms.size(); ++i) {
    if (alarms[i] && IsSourceOf(*field, parts.list()[i])) place = i;
  }
  if (!place) place = Trace(field, parts, alarms);
  return {field, parts.Name(*place), std::string(parts.Text(*place)), alarms[*place]};
}

Verdict Judge::Look(std::string_view message) {
  Verdict verdict;
  const Parts parts(message);
  const Alarms alarms = ReadAlarms(message, parts, &verdict);
  verdict.answers = panel_.Ask(message);
  if (!AgreeOnAccepting(verdict.answers)) {
    verdict.disagreements.push_back(Explain(std::nullopt, parts, alarms));
  }
  for (size_t i = 0; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    if (AgreeOn(field, verdict.answers)) continue;
    verdict.disagreements.push_back(Explain(field, parts, alarms));
  }
  verdict.all_agree = AllAcceptTheSame(verdict.answers);
  return verdict;
}

}  // namespace sipward::peers
