#include "analytics/analytics.h"

#include <algorithm>

#include "base/plain.h"

namespace sipward::analytics {
namespace {

using facts::EventKind;
using facts::FieldId;

// Two-letter codes and 001: all of them have room.
constexpr uint32_t kCountryRows = 512;
// Below so many digits a number is somebody's short one, and no part of a range.
constexpr size_t kLeastDigits = 8;
constexpr size_t kRangeDigits = 4;

Attestation AttestationOf(facts::HostEvent& event) {
  switch (static_cast<facts::IdentityResult>(event.Get(FieldId::kIdentityResult).i)) {
    case facts::IdentityResult::kNone:
      return Attestation::kNone;
    case facts::IdentityResult::kFailed:
      return Attestation::kFailed;
    case facts::IdentityResult::kVerified: {
      const std::string_view level = event.Get(FieldId::kIdentityAttest).str();
      return level == "A"   ? Attestation::kA
             : level == "B" ? Attestation::kB
             : level == "C" ? Attestation::kC
                            : Attestation::kOther;
    }
    default:
      return Attestation::kUnchecked;
  }
}

// From the INVITE to the first response that tells of progress, or else to the final one; 0: it is
// not known. That the caller gave up, or time did, is no response.
Nanos SetupOf(facts::HostEvent& event, bool answered) {
  const Nanos setup = event.Get(FieldId::kSetup).i;
  if (setup > 0 || event.kind() == EventKind::kCdr) return setup;
  const bool responded = answered || event.Get(FieldId::kEndedBy).str() == "callee";
  return responded ? event.Get(FieldId::kRing).i : 0;
}

// A switch may fill in any result.
size_t ResultOf(facts::HostEvent& event) {
  return std::min<size_t>(static_cast<size_t>(event.Get(FieldId::kResult).i), 2);
}

}  // namespace

// What an event adds to a row.
struct Analytics::Step {
  bool begins = false;
  Nanos setup = 0;  // 0: it is not told
  Counts counts;

  void AddTo(Counts* to, auto* times) const {
    to->Add(counts);
    if (setup > 0) times->Add(setup);
  }
};

void Counts::Add(const Counts& other) {
  attempts += other.attempts;
  answered += other.answered;
  ended += other.ended;
  short_calls += other.short_calls;
  auth_failures += other.auth_failures;
  for (size_t i = 0; i < failed.size(); ++i) failed[i] += other.failed[i];
  for (size_t i = 0; i < attested.size(); ++i) attested[i] += other.attested[i];
  talk = SaturatingSum(talk, other.talk);
  cost = SaturatingSum(cost, other.cost);
}

void Totals::Add(const Totals& other) {
  calls.Add(other.calls);
  setup.Merge(other.setup);
  for (size_t i = 0; i < kMethods; ++i) {
    responses[i].Merge(other.responses[i]);
    requests[i] += other.requests[i];
  }
  for (size_t i = 0; i < attempts.size(); ++i) {
    attempts[i] += other.attempts[i];
    registers[i] += other.registers[i];
  }
}

uint32_t Analytics::CapacityOf(Dimension dimension, const Options& options) {
  return dimension == Dimension::kCountry ? kCountryRows : options.rows;
}

Analytics::Analytics(const Options& options, const HashSecret& secret)
    : secret_(secret), short_call_(options.short_call) {
  tables_.reserve(kDimensions);
  for (size_t i = 0; i < kDimensions; ++i) {
    tables_.emplace_back(CapacityOf(static_cast<Dimension>(i), options));
  }
}

uint64_t Analytics::MemoryOf(const Options& options) {
  uint64_t rows = 0;
  for (size_t i = 0; i < kDimensions; ++i) rows += CapacityOf(static_cast<Dimension>(i), options);
  // A node, a bucket and between two and four places of the index.
  constexpr uint64_t kOfKeys = 32 + 24 + 4 * sizeof(uint32_t);
  return sizeof(Analytics) + rows * (sizeof(Row) + kOfKeys);
}

// The row of a key, which is counted if `count`; null if it has none.
Row* Analytics::Place(Dimension dimension, std::string_view key, uint64_t hash, bool count) {
  Table& table = tables_[static_cast<size_t>(dimension)];
  if (!count) {
    const auto slot = table.keys.Find(hash);
    return slot ? &table.rows[*slot] : nullptr;
  }
  const TopKeys::Place place = table.keys.Count(hash);
  Row& row = table.rows[place.slot];
  if (place.fresh) {
    row = Row{};
    row.cut = key.size() > kKeyBytes;
    row.key_size = static_cast<uint8_t>(std::min(key.size(), kKeyBytes));
    std::copy_n(key.begin(), row.key_size, row.key.begin());
  }
  return &row;
}

void Analytics::PutAt(Dimension dimension, std::string_view key, uint64_t hash, bool count,
                      const Step& step) {
  Row* row = Place(dimension, key, hash, count);
  if (row != nullptr) step.AddTo(&row->counts, &row->setup);
}

void Analytics::Put(Dimension dimension, std::string_view key, const Step& step) {
  if (!key.empty()) PutAt(dimension, key, HashOf(key), step.begins, step);
}

void Analytics::TakeSource(const IpAddress& source) {
  const IpAddress host = HostOf(source).address;
  const std::string_view key = BytesOf(host.bytes);
  Place(Dimension::kSource, key, HashOf(key), true);
}

Analytics::Step Analytics::StepOf(facts::HostEvent& event) const {
  const bool record = event.kind() == EventKind::kCdr;
  Step step;
  Counts& counts = step.counts;
  if (record || event.kind() == EventKind::kCallStart) {
    step.begins = true;
    counts.attempts = 1;
    counts.attested[static_cast<size_t>(AttestationOf(event))] = 1;
  }
  if (event.kind() == EventKind::kCallAnswer) counts.answered = 1;
  if (!record && event.kind() != EventKind::kCallEnd) {
    if (counts.answered != 0) step.setup = SetupOf(event, true);
    return step;
  }
  counts.ended = 1;
  counts.cost = event.Get(FieldId::kCost).i;
  const bool answered = event.Get(FieldId::kAnswered).i != 0;
  if (answered) {
    counts.answered = record ? 1 : 0;
    counts.talk = std::max<Nanos>(event.Get(FieldId::kDuration).i, 0);
    counts.short_calls = counts.talk < short_call_ ? 1 : 0;
  } else {
    counts.failed[static_cast<size_t>(FailureOf(event.Get(FieldId::kCode).i))] = 1;
  }
  // Of a call that was answered the answer told it.
  if (record || !answered) step.setup = SetupOf(event, false);
  return step;
}

void Analytics::PutCallee(std::string_view number, const Step& step) {
  Put(Dimension::kDestination, number, step);
  const std::string_view country = numbering::Find(number).country();
  Put(Dimension::kCountry, country, step);
  if (country.empty() || number.size() < kLeastDigits) return;
  Put(Dimension::kRange, number.substr(0, number.size() - kRangeDigits), step);
}

void Analytics::TakeCall(facts::HostEvent& event, uint64_t agent, bool of_message) {
  const Step step = StepOf(event);
  step.AddTo(&totals_.calls, &totals_.setup);
  Put(Dimension::kTrunk, event.Get(FieldId::kTrunk).str(), step);
  Put(Dimension::kAccount, event.Get(FieldId::kAccount).str(), step);
  Put(Dimension::kCaller, event.Get(FieldId::kCallerNumber).str(), step);
  PutCallee(event.Get(FieldId::kCalleeNumber).str(), step);
  const std::string_view agent_text = event.Get(FieldId::kUserAgent).str();
  if (!agent_text.empty()) {
    Put(Dimension::kUserAgent, agent_text, step);
  } else if (agent != 0) {
    PutAt(Dimension::kUserAgent, {}, agent, false, step);
  }
  const facts::Value& source = event.Get(FieldId::kSrcIp);
  if (!source.present()) return;
  const IpAddress host = HostOf(source.address()).address;
  const std::string_view key = BytesOf(host.bytes);
  PutAt(Dimension::kSource, key, HashOf(key), step.begins && !of_message, step);
}

void Analytics::TakeAttempt(facts::HostEvent& event) {
  const size_t result = ResultOf(event);
  if (event.kind() == EventKind::kRegister) {
    ++totals_.registers[result];
    return;
  }
  ++totals_.attempts[result];
  if (result != static_cast<size_t>(facts::Result::kFail)) return;
  Step step;
  step.counts.auth_failures = 1;
  step.AddTo(&totals_.calls, &totals_.setup);
  Put(Dimension::kAccount, event.Get(FieldId::kAccount).str(), step);
  const facts::Value& source = event.Get(FieldId::kSrcIp);
  if (!source.present()) return;
  const IpAddress host = HostOf(source.address()).address;
  const std::string_view key = BytesOf(host.bytes);
  PutAt(Dimension::kSource, key, HashOf(key), false, step);
}

void Analytics::TakeEvent(facts::HostEvent& event, uint64_t agent, bool of_message) {
  switch (event.kind()) {
    case EventKind::kCallStart:
    case EventKind::kCallAnswer:
    case EventKind::kCallEnd:
    case EventKind::kCdr:
      TakeCall(event, agent, of_message);
      return;
    case EventKind::kAuth:
    case EventKind::kRegister:
      TakeAttempt(event);
      return;
    case EventKind::kRequest:
    case EventKind::kResponse:
      if (const facts::Value& source = event.Get(FieldId::kSrcIp); source.present() && !of_message)
        TakeSource(source.address());
      return;
    default:
      return;
  }
}

}  // namespace sipward::analytics
