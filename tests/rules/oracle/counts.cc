#include "tests/rules/oracle/counts.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/hash.h"

namespace sipward::rules::oracle {
namespace {

constexpr Nanos kLongestSince = 31 * kDay, kLongestCall = 6 * kHour;
constexpr double kMillionths = 1'000'000;

bool EndsCalls(EventKind kind) { return kind == EventKind::kCallEnd || kind == EventKind::kCdr; }

Val CallId(const EventOf& event) {
  for (const auto& [id, value] : event.fields) {
    if (id == FieldId::kCallId) return value;
  }
  return Absent(Type::kString);
}

int64_t Number(const EventOf& event, FieldId field) {
  for (const auto& [id, value] : event.fields) {
    if (id == field) return value.i;
  }
  return 0;
}

std::optional<int64_t> RunNumber(const Val& item) {
  if (!item.present) return std::nullopt;
  if (item.type == Type::kInt) return item.i;
  const bool digits = !item.s.empty() && item.s.size() <= 18 &&
                      item.s.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::optional<int64_t>(std::stoll(item.s)) : std::nullopt;
}

state::TableKind TableOf(const std::string& name) {
  return name == "rate"     ? state::TableKind::kRate
         : name == "zscore" ? state::TableKind::kBaseline
                            : state::TableKind::kBurst;
}

// The name of a key whose source is proven, or not.
std::string Marked(bool proven, const std::string& key) { return (proven ? "+" : "-") + key; }

}  // namespace

Count::Count(const Agg& agg, Type type, state::Region* region)
    : agg_(agg), type_(type), region_(region) {
  if (agg.name != "rate" && agg.name != "zscore" && agg.name != "burst") return;
  char name[32];
  std::snprintf(name, sizeof name, "oracle %p", static_cast<const void*>(this));
  table_ = region->Open(
      {.kind = TableOf(agg.name), .window = agg.window, .capacity = 4096, .signature = name});
}

// Nothing if a part is absent.
std::optional<std::string> Count::Key(const Evaluation& evaluation, const EventOf& event) const {
  std::string key;
  for (const TreePtr& part : agg_.keys) {
    const Val value = evaluation.Of(*part);
    if (!value.present) return std::nullopt;
    key += Canonical(value) + "|";
  }
  return Marked(event.proven, key);
}

void Count::Keep(const EventOf& event, const Val& value) {
  kept_for_ = &event;
  kept_ = value;
}

void Count::Take(const Evaluation& evaluation, const EventOf& event, bool passes) {
  kept_for_ = nullptr;
  lesson_.reset();
  const bool end = agg_.name == "concurrent" && EndsCalls(event.kind);
  if (!passes && !end) return;
  const auto key = agg_.name == "burst" ? std::optional<std::string>("") : Key(evaluation, event);
  if (!key) return Keep(event, Nothing());
  if (agg_.reset && evaluation.Holds(*agg_.reset)) {
    seen_.erase(*key);
    buckets_.erase(*key);
    if (table_) region_->Reset(*table_, KeyedHash128(region_->secret(), *key));
    return;
  }
  if (agg_.name == "concurrent") {
    return TakeCall(*key, evaluation, event, passes && evaluation.Holds(agg_.condition));
  }
  if (!evaluation.Holds(agg_.condition)) return;
  if (table_) return Keep(event, OfTable(*key, evaluation, event, true));
  if (agg_.name == "bucket") {
    Bucket bucket;
    const bool full = Full(*key, event.now, &bucket);
    if (full) bucket.saved -= agg_.unit / agg_.tokens;
    buckets_[*key] = bucket;
    return Keep(event, Truth(full));
  }
  Seen seen;
  seen.at = event.now;
  if (agg_.item) seen.item = evaluation.Of(*agg_.item);
  if (agg_.name == "ratio") {
    if (!evaluation.Holds(*agg_.of)) return;
    seen.share = seen.item.i != 0;
  } else if (agg_.item && !seen.item.present) {
    if (agg_.name == "last") return;  // read
    return Keep(event, Nothing());
  }
  if (agg_.name == "run" && !RunNumber(seen.item)) return Keep(event, Nothing());
  // What was there before the event.
  const bool before = agg_.name == "last" || agg_.name == "since" || agg_.name == "first_seen";
  if (before) Keep(event, Of(*key, event, seen.item));
  seen_[*key].push_back(seen);
  if (!before) Keep(event, Of(*key, event, seen.item));
}

void Count::TakeCall(const std::string& key, const Evaluation&, const EventOf& event,
                     bool counted) {
  if (event.kind == EventKind::kCdr && counted) {
    const Nanos longest = agg_.window == 0 ? kLongestCall : agg_.window;
    const Nanos length = std::max<Nanos>(Number(event, FieldId::kRing), 0) +
                         std::max<Nanos>(Number(event, FieldId::kDuration), 0);
    calls_[key].ends.push_back(event.now + std::min(length, longest));
  }
  const Val id = CallId(event);
  if (!id.present) return;
  const std::string& call = id.s;
  if (EndsCalls(event.kind)) {  // by whomever: the proof of the one that began it is not asked for
    for (const bool proven : {false, true}) calls_[Marked(proven, key.substr(1))].until.erase(call);
  } else if (counted && event.kind == EventKind::kCallStart) {
    Nanos& until = calls_[key].until[call];
    until = std::max(until, event.now + (agg_.window == 0 ? kLongestCall : agg_.window));
  }
}

Val Count::Read(const Evaluation& evaluation, const EventOf& event) {
  if (kept_for_ == &event) return kept_;
  const auto key = agg_.name == "burst" ? std::optional<std::string>("") : Key(evaluation, event);
  if (!key) return Nothing();
  if (table_) return OfTable(*key, evaluation, event, false);
  return Of(*key, event, Absent(type_));
}

// `proven` is part of the ends too: what is forged is counted apart.
Val Count::OfTable(const std::string& key, const Evaluation& evaluation, const EventOf& event,
                   bool counted) {
  const Hash128 hash = KeyedHash128(region_->secret(), key);
  if (agg_.name == "rate") {
    return Whole(region_->Add(*table_, hash, counted ? 1 : 0, event.now));
  }
  const Val item = evaluation.Of(*agg_.item);
  if (!item.present) return Nothing();
  if (agg_.name == "zscore") {
    const double value = item.type == Type::kFloat ? item.f : static_cast<double>(item.i);
    if (counted) lesson_ = Lesson{hash, value, Number(event, FieldId::kTime), event.now};
    return Real(region_->Zscore(*table_, hash, value, Number(event, FieldId::kTime), event.now));
  }
  const Val other = evaluation.Of(*agg_.of);
  if (!other.present) return Nothing();
  const auto number = [&](const std::string& text) {
    return KeyedHash128(region_->secret(), Marked(event.proven, text)).low;
  };
  const std::string a = Canonical(item), b = Canonical(other);
  const uint64_t edge = number(a + ">" + b), from = number(a + ">"), to = number(">" + b);
  return Real(counted ? region_->AddEdge(*table_, edge, from, to, event.now)
                      : region_->ReadEdge(*table_, edge, from, to, event.now));
}

void Count::Learn() {
  if (!lesson_) return;
  region_->Learn(*table_, lesson_->key, lesson_->value, lesson_->wall, lesson_->now);
}

Val Count::Nothing() const {
  if (agg_.name == "min" || agg_.name == "max" || agg_.name == "last" || agg_.name == "since") {
    return Absent(type_);
  }
  if (agg_.name == "bucket") return Truth(true);
  return type_ == Type::kFloat ? Real(0) : Whole(0, type_);
}

std::vector<Count::Seen> Count::Living(const std::string& key, Nanos now) const {
  std::vector<Seen> living;
  const auto found = seen_.find(key);
  if (found == seen_.end()) return living;
  const Nanos window = agg_.window != 0 ? agg_.window : agg_.name == "since" ? kLongestSince : now;
  for (const Seen& seen : found->second) {
    if (now - seen.at < window) living.push_back(seen);
  }
  return living;
}

Val Count::Of(const std::string& key, const EventOf& event, const Val& item) const {
  const std::string& name = agg_.name;
  if (name == "concurrent") {
    const auto calls = calls_.find(key);
    if (calls == calls_.end()) return Whole(0);
    const auto& [until, ends] = calls->second;
    return Whole(
        std::count_if(until.begin(), until.end(),
                      [&](const auto& call) { return call.second > event.now; }) +
        std::count_if(ends.begin(), ends.end(), [&](Nanos end) { return end > event.now; }));
  }
  if (name == "bucket") return Nothing();  // none is taken
  const std::vector<Seen> seen = Living(key, event.now);
  if (name == "first_seen") return Truth(seen.empty());
  if (name == "since") {
    return seen.empty() ? Absent(type_) : Whole(event.now - seen.back().at, type_);
  }
  if (name == "last") return seen.empty() ? Absent(type_) : seen.back().item;
  if (name == "run") return Whole(Run(seen, RunNumber(item)));
  return OfSeen(seen, item);
}

Val Count::OfSeen(const std::vector<Seen>& seen, const Val&) const {
  const std::string& name = agg_.name;
  const auto count = static_cast<int64_t>(seen.size());
  if (name == "count") return Whole(count);
  if (name == "sum" || name == "avg") return Sum(seen, name == "avg");
  if (name == "min" || name == "max") return Extreme(seen);
  if (name == "ratio") {
    const auto share =
        std::count_if(seen.begin(), seen.end(), [](const Seen& s) { return s.share; });
    return Real(count == 0 ? 0 : static_cast<double>(share) / static_cast<double>(count));
  }
  std::set<std::string> different;
  for (const Seen& one : seen) different.insert(Canonical(one.item));
  return Whole(static_cast<int64_t>(different.size()));
}

Val Count::Sum(const std::vector<Seen>& seen, bool mean) const {
  int64_t sum = 0, count = 0;
  bool real = false;
  for (const Seen& one : seen) {
    real = one.item.type == Type::kFloat;
    sum += real ? std::llround(one.item.f * kMillionths) : one.item.i;
    ++count;
  }
  if (!mean)
    return type_ == Type::kFloat ? Real(static_cast<double>(sum) / kMillionths) : Whole(sum, type_);
  if (count == 0) return Nothing();
  if (type_ != Type::kFloat) return Whole(sum / count, type_);
  const double total = real ? static_cast<double>(sum) / kMillionths : static_cast<double>(sum);
  return Real(total / static_cast<double>(count));
}

Val Count::Extreme(const std::vector<Seen>& seen) const {
  if (seen.empty()) return Absent(type_);
  const auto less = [](const Seen& a, const Seen& b) {
    return a.item.type == Type::kFloat ? a.item.f < b.item.f : a.item.i < b.item.i;
  };
  const auto [least, most] = std::minmax_element(seen.begin(), seen.end(), less);
  return agg_.name == "min" ? least->item : most->item;
}

// How many consecutive numbers are known around this one; without one, the longest row.
int64_t Count::Run(const std::vector<Seen>& seen, std::optional<int64_t> number) const {
  std::set<int64_t> known;
  for (const Seen& one : seen) known.insert(*RunNumber(one.item));
  int64_t longest = 0;
  for (const int64_t begin : known) {
    if (known.contains(begin - 1)) continue;
    int64_t end = begin;
    while (known.contains(end)) ++end;
    if (number && *number >= begin && *number < end) return end - begin;
    longest = std::max(longest, end - begin);
  }
  return number ? 0 : longest;
}

// Tokens are saved up as time, `unit / tokens` of it for each. False if there is not one.
bool Count::Full(const std::string& key, Nanos now, Bucket* bucket) const {
  const Nanos one = agg_.unit / agg_.tokens, room = one * agg_.most;
  const auto found = buckets_.find(key);
  bucket->saved = found == buckets_.end()
                      ? room
                      : std::min(room, found->second.saved + (now - found->second.at));
  bucket->at = now;
  return bucket->saved >= one;
}

void Added::Add(const std::string& list, const Val& value, Nanos until) {
  entries_.push_back({list, value, until});
}

bool Added::Has(const ListOf& list, const Val& value, Nanos now) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    if (entry.list != list.name || entry.until <= now) return false;
    if (list.kind == lists::Kind::kCidr) return entry.value.net->Contains(value.net->address);
    return CanHold(list.kind, entry.value.s) && Fit(list, entry.value.s, value).has_value();
  });
}

}  // namespace sipward::rules::oracle
