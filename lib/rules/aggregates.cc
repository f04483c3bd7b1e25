#include "rules/aggregates.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

namespace sipward::rules {
namespace {

using facts::Type;
using facts::Value;

// A byte for the evidence and four key parts of at most 2 + 255 bytes.
constexpr size_t kKeyBytes = 4 * 260;

// A value in the unit that tables count in.
int64_t ToUnits(const Value& value) {
  if (value.kind != Value::Kind::kFloat) return value.i;
  constexpr double kMost = 9e18;
  const double units = value.f * kFloatUnits;
  return std::isnan(units) ? 0 : std::llround(std::clamp(units, -kMost, kMost));
}

double ToDouble(const Value& value) {
  return value.kind == Value::Kind::kFloat ? value.f : static_cast<double>(value.i);
}

Value FromUnits(int64_t units, Type type) {
  return type == Type::kFloat ? Value::Float(static_cast<double>(units) / kFloatUnits)
                              : Value::Int(units);
}

Value Average(const state::Mean& mean, Type type) {
  if (type == Type::kMoney || type == Type::kDuration) {
    return Value::Int(mean.count == 0 ? 0 : mean.sum / mean.count);
  }
  const double unit = type == Type::kFloat ? kFloatUnits : 1;
  return Value::Float(
      mean.count == 0 ? 0 : static_cast<double>(mean.sum) / unit / static_cast<double>(mean.count));
}

Value Extreme(const std::optional<state::Extremes>& extremes, bool least, Type type) {
  if (!extremes) return {};
  return FromUnits(least ? extremes->least : extremes->most, type);
}

Value TimeSince(AggregateKind kind, const std::optional<Nanos>& since) {
  if (kind == AggregateKind::kFirstSeen) return Value::Bool(!since);
  return since ? Value::Int(*since) : Value();
}

// What an aggregate gives where its key or item is absent.
Value Nothing(const Aggregate& aggregate) {
  if (MayBeAbsent(aggregate.kind)) return {};
  if (aggregate.kind == AggregateKind::kBucket) return Value::Bool(true);
  return ResultType(aggregate.kind, aggregate.item_type) == Type::kFloat ? Value::Float(0)
                                                                         : Value::Int(0);
}

// The number that consecutive dialling is judged by.
std::optional<int64_t> ToNumber(const Value& value) {
  if (value.kind == Value::Kind::kInt) return value.i;
  const std::string_view digits = value.str();
  int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
      number < 0) {
    return std::nullopt;
  }
  return number;
}

// A value as the bytes that a table keeps.
std::string_view Bytes(const Value& value, std::span<char, 17> room) {
  switch (value.kind) {
    case Value::Kind::kString:
      return value.str();
    case Value::Kind::kIp:
    case Value::Kind::kCidr:
      std::memcpy(room.data(), value.ip.data(), value.ip.size());
      room[16] = static_cast<char>(value.bits);
      return {room.data(), 17};
    default:
      std::memcpy(room.data(), &value.i, sizeof value.i);
      return {room.data(), sizeof value.i};
  }
}

// And back. Bytes of another size came out of damaged memory and give nothing.
Value FromBytes(const state::LastValue& last) {
  const auto kind = static_cast<Value::Kind>(last.tag);
  const std::string_view bytes = last.text();
  if (kind == Value::Kind::kString) return Value::String(bytes);
  Value value;
  const bool address = kind == Value::Kind::kIp || kind == Value::Kind::kCidr;
  const bool number = kind == Value::Kind::kInt || kind == Value::Kind::kFloat;
  if (address && bytes.size() == 17 && static_cast<uint8_t>(bytes[16]) <= 128) {
    std::memcpy(value.ip.data(), bytes.data(), value.ip.size());
    value.bits = static_cast<uint8_t>(bytes[16]);
    value.kind = kind;
  } else if (number && bytes.size() == sizeof value.i) {
    std::memcpy(&value.i, bytes.data(), sizeof value.i);
    value.kind = kind;
  }
  return value;
}

}  // namespace

Aggregates::Aggregates(const Program& program, state::Region& region,
                       std::vector<state::Region::Table> tables)
    : program_(program),
      region_(region),
      tables_(std::move(tables)),
      values_(program.expressions.aggregates.size()),
      keys_(program.expressions.keys.size()) {
  const auto& all = program.expressions.aggregates;
  const bool any_last = std::any_of(all.begin(), all.end(), [](const Aggregate& aggregate) {
    return aggregate.kind == AggregateKind::kLast;
  });
  if (any_last) lasts_.resize(all.size());
  to_learn_.reserve(all.size());
}

void Aggregates::Begin(Machine* machine) {
  machine_ = machine;
  now_ = machine->event().now();
  to_learn_.clear();
  listed_.clear();
  ++number_;
}

Hash128 Aggregates::HashKey(uint32_t slot, bool proven, bool* present) {
  char bytes[kKeyBytes];
  bytes[0] = proven ? 1 : 0;
  size_t used = 1;
  *present = true;
  for (const NodeId part : program_.expressions.keys[slot]) {
    Value room;
    const Value& value = machine_->Read(part, &room);
    *present &= value.present();
    used += CanonicalBytes(value, region_.secret(), std::span(bytes).subspan(used));
  }
  return *present ? KeyedHash128(region_.secret(), {bytes, used}) : Hash128{};
}

const Hash128* Aggregates::Key(uint32_t slot) {
  KeptKey& kept = keys_[slot];
  if (kept.event != number_) {
    kept.event = number_;
    kept.hash = HashKey(slot, machine_->event().strong_evidence(), &kept.present);
  }
  return kept.present ? &kept.hash : nullptr;
}

void Aggregates::TakeIn(ConditionId intake) {
  if (playing()) return;
  // What is sent again is counted already, and read as it stands; a rate is of messages.
  const bool again = machine_->event().retransmission();
  machine_->ForEachFound(intake, [&](uint32_t index, bool counts_again) {
    if (!again || counts_again) Fetch(index);
  });
  Settle();
}

// The memory of all that change is on its way before the first of them does.
void Aggregates::Fetch(uint32_t index) {
  if (found_count_ == found_.size()) Settle();
  found_[found_count_++] = index;
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  if (aggregate.kind == AggregateKind::kConcurrent || aggregate.kind == AggregateKind::kBurst)
    return;
  const Hash128* key = Key(aggregate.keys);
  if (key != nullptr) region_.Prefetch(Table(index), *key);
}

void Aggregates::Settle() {
  for (size_t i = 0; i < found_count_; ++i) Update(found_[i]);
  found_count_ = 0;
}

// Its conditions hold, but for those of calls and what hangs on `reset`.
void Aggregates::Update(uint32_t index) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  if (aggregate.kind == AggregateKind::kConcurrent) return UpdateCalls(index);
  const bool reset = aggregate.reset != kNoNode && machine_->Bool(aggregate.reset);
  if (aggregate.reset != kNoNode && !reset && aggregate.condition != kNoNode &&
      !machine_->Bool(aggregate.condition)) {
    return;
  }
  const Hash128* key = Key(aggregate.keys);
  if (key == nullptr) return Keep(index, Nothing(aggregate));
  if (!reset) return Keep(index, Add(index, *key));
  region_.Reset(Table(index), *key);  // and is read, like any that did not take the event in
}

Value Aggregates::Add(uint32_t index, const Hash128& key) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  const state::Region::Table table = Table(index);
  switch (aggregate.kind) {
    case AggregateKind::kRate:
    case AggregateKind::kCount:
      return Value::Int(region_.Add(table, key, 1, now_));
    case AggregateKind::kDistinct:
    case AggregateKind::kSum:
    case AggregateKind::kAvg:
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      return AddItem(index, key);
    case AggregateKind::kRatio:
      if (!machine_->Bool(aggregate.of)) return Read(index, key);
      return Average(region_.AddMean(table, key, machine_->Bool(aggregate.item) ? 1 : 0, now_),
                     Type::kInt);
    case AggregateKind::kRun:
      return AddRun(index, key);
    case AggregateKind::kLast:
      return AddLast(index, key);
    case AggregateKind::kFirstSeen:
    case AggregateKind::kSince:
      return TimeSince(aggregate.kind, region_.Touch(table, key, now_));
    case AggregateKind::kBucket:
      return Value::Bool(region_.Take(table, key, aggregate.period, aggregate.burst, now_));
    case AggregateKind::kZscore:
      return AddBaseline(index, key);
    case AggregateKind::kBurst:
      return Edge(index, true);
    case AggregateKind::kConcurrent:
      break;
  }
  return Nothing(aggregate);
}

Value Aggregates::AddBaseline(uint32_t index, const Hash128& key) {
  if (machine_->Evaluate(program_.expressions.aggregates[index].item).present()) {
    to_learn_.push_back(index);
  }
  return Score(index, key);
}

Value Aggregates::Score(uint32_t index, const Hash128& key) {
  const Value item = machine_->Evaluate(program_.expressions.aggregates[index].item);
  if (!item.present()) return Value::Float(0);
  return Value::Float(region_.Zscore(Table(index), key, ToDouble(item),
                                     machine_->event().Get(facts::FieldId::kTime).i, now_));
}

void Aggregates::Learn() {
  if (playing()) return;
  for (const uint32_t index : to_learn_) {
    const Aggregate& aggregate = program_.expressions.aggregates[index];
    region_.Learn(Table(index), *Key(aggregate.keys), ToDouble(machine_->Evaluate(aggregate.item)),
                  machine_->event().Get(facts::FieldId::kTime).i, now_);
  }
}

// The key of the edge is that of both nodes together.
Value Aggregates::Edge(uint32_t index, bool add) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  const Hash128* edge = Key(aggregate.keys);
  if (edge == nullptr) return Value::Float(0);
  std::array<uint64_t, 2> nodes;
  const std::vector<NodeId>& parts = program_.expressions.keys[aggregate.keys];
  for (size_t i = 0; i < nodes.size(); ++i) {
    char bytes[kKeyBytes];
    // Who calls and who is called are two nodes, and what is proven and what is not are two more.
    bytes[0] = static_cast<char>(i + (machine_->event().strong_evidence() ? nodes.size() : 0));
    const size_t used = 1 + CanonicalBytes(machine_->Evaluate(parts[i]), region_.secret(),
                                           std::span(bytes).subspan(1));
    nodes[i] = KeyedHash64(region_.secret(), {bytes, used});
  }
  return Value::Float(add ? region_.AddEdge(Table(index), edge->low, nodes[0], nodes[1], now_)
                          : region_.ReadEdge(Table(index), edge->low, nodes[0], nodes[1], now_));
}

Value Aggregates::AddItem(uint32_t index, const Hash128& key) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  const state::Region::Table table = Table(index);
  Value room;
  const Value& item = machine_->Read(aggregate.item, &room);
  if (!item.present()) return Nothing(aggregate);
  const Type type = aggregate.item_type;
  switch (aggregate.kind) {
    case AggregateKind::kSum:
      return FromUnits(region_.Add(table, key, ToUnits(item), now_), type);
    case AggregateKind::kAvg:
      return Average(region_.AddMean(table, key, ToUnits(item), now_), type);
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      return Extreme(region_.AddExtreme(table, key, ToUnits(item), now_),
                     aggregate.kind == AggregateKind::kMin, type);
    default: {
      char bytes[kKeyBytes];
      const size_t used = CanonicalBytes(item, region_.secret(), bytes);
      return Value::Int(
          region_.AddItem(table, key, KeyedHash64(region_.secret(), {bytes, used}), now_));
    }
  }
}

Value Aggregates::AddRun(uint32_t index, const Hash128& key) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  const auto number = ToNumber(machine_->Evaluate(aggregate.item));
  if (!number) return Nothing(aggregate);
  return Value::Int(region_.AddRun(Table(index), key, *number, now_));
}

// The value before this one.
Value Aggregates::AddLast(uint32_t index, const Hash128& key) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  Value held;
  const Value& item = machine_->Read(aggregate.item, &held);
  if (!item.present()) return ReadLast(index, key);
  std::array<char, 17> room;
  const bool before = region_.SwapLast(Table(index), key, static_cast<uint8_t>(item.kind),
                                       Bytes(item, room), now_, &lasts_[index]);
  return before ? FromBytes(lasts_[index]) : Value();
}

Value Aggregates::ReadLast(uint32_t index, const Hash128& key) {
  const bool there = region_.ReadLast(Table(index), key, now_, &lasts_[index]);
  return there ? FromBytes(lasts_[index]) : Value();
}

Value Aggregates::Read(uint32_t index, const Hash128& key) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  const state::Region::Table table = Table(index);
  const Type type = aggregate.item_type;
  switch (aggregate.kind) {
    case AggregateKind::kRate:
    case AggregateKind::kCount:
      return Value::Int(region_.Add(table, key, 0, now_));
    case AggregateKind::kSum:
      return FromUnits(region_.Add(table, key, 0, now_), type);
    case AggregateKind::kDistinct:
      return Value::Int(region_.CountItems(table, key, now_));
    case AggregateKind::kAvg:
      return Average(region_.ReadMean(table, key, now_), type);
    case AggregateKind::kRatio:
      return Average(region_.ReadMean(table, key, now_), Type::kInt);
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      return Extreme(region_.ReadExtreme(table, key, now_), aggregate.kind == AggregateKind::kMin,
                     type);
    case AggregateKind::kConcurrent:
      return Value::Int(CountLeases(index, key) + CountRecords(index, key));
    case AggregateKind::kRun:
      return Value::Int(region_.LongestRun(table, key, now_));
    case AggregateKind::kLast:
      return ReadLast(index, key);
    case AggregateKind::kFirstSeen:
    case AggregateKind::kSince:
      return TimeSince(aggregate.kind, region_.Since(table, key, now_));
    case AggregateKind::kBucket:
      return Value::Bool(true);
    case AggregateKind::kZscore:
      return Score(index, key);
    case AggregateKind::kBurst:
      return Edge(index, false);
  }
  return Nothing(aggregate);
}

// The table of calls that records tell of: of a rule for them alone, that of the aggregate.
std::optional<state::Region::Table> Aggregates::Records(uint32_t index) const {
  constexpr facts::EventSet kCdr = facts::SetOf(facts::EventKind::kCdr);
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  if ((aggregate.starts & kCdr) == 0) return std::nullopt;
  return aggregate.starts == kCdr ? Table(index) : tables_[aggregate.records];
}

int64_t Aggregates::CountLeases(uint32_t index, const Hash128& key) {
  const uint32_t leases = program_.expressions.aggregates[index].leases;
  return leases != 0 && region_.IsUsed(tables_[leases])
             ? region_.CountLeases(Table(index), key, now_)
             : 0;
}

int64_t Aggregates::CountRecords(uint32_t index, const Hash128& key) {
  const auto records = Records(index);
  return records ? region_.CountCalls(*records, key, now_) : 0;
}

// A record stands where its call begins and says how long it takes.
void Aggregates::UpdateRecords(uint32_t index, state::Region::Table records) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  facts::Event& event = machine_->event();
  if (!machine_->Holds(program_.begins[index])) return;
  const Hash128* key = Key(aggregate.keys);
  if (key == nullptr) return Keep(index, Nothing(aggregate));
  const Nanos ring = std::max<Nanos>(event.Get(facts::FieldId::kRing).i, 0);
  const Nanos talk = std::max<Nanos>(event.Get(facts::FieldId::kDuration).i, 0);
  Keep(index, Value::Int(region_.AddCall(records, *key, SaturatingAdd(ring, talk), now_) +
                         CountLeases(index, *key)));
}

// A call takes a lease when it starts and gives it back when it is over. The party that ends it may
// be proven where the one that began it was not, so that both keys are tried: to give back what is
// not held changes nothing.
void Aggregates::UpdateCalls(uint32_t index) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  facts::Event& event = machine_->event();
  if (aggregate.leases != 0) UpdateLeases(index);
  const auto records = Records(index);
  if (records && event.kind() == facts::EventKind::kCdr) UpdateRecords(index, *records);
}

void Aggregates::UpdateLeases(uint32_t index) {
  const Aggregate& aggregate = program_.expressions.aggregates[index];
  facts::Event& event = machine_->event();
  const Value& call = event.Get(facts::FieldId::kCallId);
  if (!call.present()) return;
  const state::Region::Table leases = tables_[aggregate.leases];
  const bool starts = event.kind() == facts::EventKind::kCallStart;
  if (!starts && !region_.IsUsed(leases)) return;
  const Hash128 call_hash = KeyedHash128(region_.secret(), call.str());
  if (!starts) {
    for (const bool proven : {false, true}) {
      bool present = false;
      const Hash128 key = HashKey(aggregate.keys, proven, &present);
      if (present) region_.Release(Table(index), leases, key, call_hash, now_);
    }
    return;
  }
  if (!machine_->Holds(program_.begins[index])) return;
  const Hash128* key = Key(aggregate.keys);
  if (key == nullptr) return Keep(index, Nothing(aggregate));
  Keep(index,
       Value::Int(region_.Acquire(Table(index), leases, *key, call_hash, aggregate.window, now_) +
                  CountRecords(index, *key)));
}

Value Aggregates::AggregateValue(uint32_t index) {
  if (values_[index].event != number_) {
    const Aggregate& aggregate = program_.expressions.aggregates[index];
    const Hash128* key = playing() ? nullptr : Key(aggregate.keys);
    Keep(index, key == nullptr ? Nothing(aggregate) : Read(index, *key));
  }
  return values_[index].value;
}

bool Aggregates::InDynamicList(uint32_t index, const Value& value) {
  if (playing()) return WasListed(index, value);
  const RuleSet::Dynamic& list = program_.dynamic_lists[index];
  const bool found =
      DynamicTable(&region_, tables_[list.table], list.kind).Find(value, now_, nullptr);
  if (found && tape_ != nullptr) tape_->Note(facts::Noted::kListed, index, value);
  return found;
}

void Aggregates::NoteValues() const {
  for (uint32_t index = 0; index < values_.size(); ++index) {
    const Kept& kept = values_[index];
    if (kept.event == number_) tape_->Note(facts::Noted::kAggregate, index, kept.value);
  }
}

void Aggregates::Take(const facts::Fact& fact) {
  if (fact.kind == facts::Noted::kAggregate && fact.index < values_.size()) {
    Keep(fact.index, fact.value);
  } else if (fact.kind == facts::Noted::kListed) {
    listed_.push_back(fact);
  }
}

bool Aggregates::WasListed(uint32_t index, const Value& value) const {
  std::array<char, 17> wanted_room;
  const std::string_view wanted = Bytes(value, wanted_room);
  return std::any_of(listed_.begin(), listed_.end(), [&](const facts::Fact& fact) {
    std::array<char, 17> room;
    return fact.index == index && fact.value.kind == value.kind &&
           Bytes(fact.value, room) == wanted;
  });
}

}  // namespace sipward::rules
