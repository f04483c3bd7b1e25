// A script of operations over small tables of every kind: any keys, amounts and clocks. What comes
// back lies within what was put in, nothing is negative that counts, and memory stays as it is.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "fuzz/support/input.h"
#include "state/state.h"

namespace {

using sipward::Hash128;
using sipward::Nanos;
using sipward::fuzz::Input;
using sipward::fuzz::Require;
using sipward::state::BanInfo;
using sipward::state::kBanKeyBytes;
using sipward::state::kBanReasonBytes;
using sipward::state::kLastBytes;
using sipward::state::LastValue;
using sipward::state::Mean;
using sipward::state::Record;
using sipward::state::Region;
using sipward::state::TableKind;
using sipward::state::TableSpec;

constexpr uint64_t kRegionBytes = uint64_t{512} << 10;
constexpr uint32_t kMostCapacity = 32;
constexpr int kMostOperations = 2000;
constexpr size_t kKinds = static_cast<size_t>(TableKind::kRecord) + 1;
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

// All that was ever put in for one key.
struct Seen {
  __int128 positive = 0, negative = 0;   // amounts of counts and rates
  int64_t least = kMost, most = kLeast;  // values of means and extremes
  int64_t values = 0, acquired = 0, recorded = 0;
  std::set<int64_t> numbers;
  std::set<uint64_t> items;
  std::string last;
  uint8_t last_tag = 0;
};

class Script {
 public:
  Script(const uint8_t* data, size_t size) : input_(data, size) {}
  void Run();

 private:
  Region::Table TableOf(TableKind kind) const { return tables_[static_cast<size_t>(kind)]; }
  void Open();
  void Step();
  int64_t Amount();

  void Count();
  void Rate();
  void Values();
  void Distinct();
  void Score();
  void Bucket();
  void Member();
  void Ban();
  void Times();
  void Last();
  void Numbers();
  void Calls();
  void Usual();
  void Edges();
  void Again();
  void Once();
  void Records();
  void Forget();
  void Restart();

  Input input_;
  std::unique_ptr<Region> region_;
  std::array<Region::Table, kKinds> tables_{};
  std::array<TableSpec, kKinds> specs_;
  std::map<uint8_t, Seen> seen_;
  Nanos now_ = 0;
  Hash128 key_;
  Seen* known_ = nullptr;
};

// Small as a rule, sometimes at an end of the type or anywhere.
int64_t Script::Amount() {
  const uint8_t kind = input_.Byte();
  if (kind < 200) return kind % 16;
  if (kind < 230) return -int64_t{input_.Byte()};
  if (kind < 240) return kMost - input_.Byte();
  if (kind < 250) return kLeast + input_.Byte();
  return static_cast<int64_t>(uint64_t{input_.Short()} << (input_.Byte() % 48));
}

void Script::Open() {
  constexpr std::array<Nanos, 8> kWindows = {
      1,    13, 1000, sipward::kMillisecond, sipward::kSecond, sipward::kHour, 30 * sipward::kDay,
      kMost};
  region_ = Region::Create(kRegionBytes, {}, sipward::platform::Sharing::kAcrossFork);
  Require(region_ != nullptr && region_->secret().bytes == sipward::HashSecret{}.bytes);
  for (size_t i = 0; i < kKinds; ++i) {
    const auto kind = static_cast<TableKind>(i);
    const bool timeless = kind == TableKind::kBucket || kind == TableKind::kMember ||
                          kind == TableKind::kBan || kind == TableKind::kRecord;
    const uint8_t choice = input_.Byte();
    const TableSpec spec{kind, timeless ? 0 : kWindows[choice % kWindows.size()],
                         1 + choice / 8 % kMostCapacity, "fuzz"};
    const auto table = region_->Open(spec);
    Require(table.has_value());
    // Closed and opened again, with nothing between, it is the same.
    region_->Close(*table);
    Require(region_->Open(spec)->offset == table->offset);
    tables_[i] = *table;
    specs_[i] = spec;
  }
}

void Script::Run() {
  Open();
  const uint64_t used = region_->stats().used;
  for (int i = 0; i < kMostOperations && !input_.empty(); ++i) Step();
  Require(region_->LargestRoom() <= kRegionBytes - used);
  Require(region_->stats().used == used && region_->stats().bytes == kRegionBytes);
  Require(region_->stats().evictions <= region_->stats().insertions);
}

void Script::Step() {
  using Operation = void (Script::*)();
  constexpr Operation kOperations[] = {
      &Script::Count,   &Script::Rate,   &Script::Values, &Script::Distinct, &Script::Score,
      &Script::Bucket,  &Script::Member, &Script::Ban,    &Script::Times,    &Script::Last,
      &Script::Numbers, &Script::Calls,  &Script::Usual,  &Script::Edges,    &Script::Forget,
      &Script::Restart, &Script::Again,  &Script::Once,   &Script::Records};
  const auto operation = kOperations[input_.Pick(std::size(kOperations))];
  const uint8_t key = input_.Byte();
  // Neighbouring keys meet in one bucket; 0 is the empty key, which a table takes for 1.
  key_ = key == 1 ? Hash128{1, 99} : Hash128{key & 0x0Fu, static_cast<uint64_t>(key >> 4)};
  known_ = &seen_[key];
  const uint8_t clock = input_.Byte();
  if (clock < 240) {
    now_ = sipward::SaturatingSum(now_, Nanos{clock % 16} << (clock / 16 * 3));
  } else {
    now_ = sipward::SaturatingSum(clock < 250 ? now_ : 0, Amount());
  }
  for (size_t i = 0; i < kKinds; ++i) {
    if (specs_[i].kind != TableKind::kBurst) region_->Prefetch(tables_[i], key_);
  }
  (this->*operation)();
  const double pressure = region_->pressure(now_);
  Require(pressure >= 0 && pressure <= 1);
}

void Script::Count() {
  const int64_t amount = Amount();
  (amount > 0 ? known_->positive : known_->negative) += amount;
  const int64_t value = region_->Add(TableOf(TableKind::kCount), key_, amount, now_);
  Require(value <= known_->positive && value >= known_->negative);
}

void Script::Rate() {
  const int64_t amount = Amount();
  if (amount > 0) known_->positive += amount;
  const int64_t value = region_->Add(TableOf(TableKind::kRate), key_, amount, now_);
  // A key that is not let in answers what was added.
  Require(value >= std::min<int64_t>(0, amount) && value <= known_->positive);
}

void Script::Values() {
  const auto mean_table = TableOf(TableKind::kMean);
  const auto extreme_table = TableOf(TableKind::kExtreme);
  const bool reads = (input_.Byte() & 1) != 0;
  if (!reads) {
    const int64_t value = Amount();
    known_->least = std::min(known_->least, value);
    known_->most = std::max(known_->most, value);
    ++known_->values;
    Require(region_->AddMean(mean_table, key_, value, now_).count >= 1);
    Require(region_->AddExtreme(extreme_table, key_, value, now_).has_value());
  }
  const Mean mean = region_->ReadMean(mean_table, key_, now_);
  Require(mean.count >= 0 && mean.count <= known_->values);
  Require(mean.count == 0 || region_->IsUsed(mean_table));
  if (mean.count > 0 && mean.sum != kMost && mean.sum != kLeast) {
    Require(mean.sum >= __int128{known_->least} * mean.count || known_->least < -(kMost >> 12));
    Require(mean.sum <= __int128{known_->most} * mean.count || known_->most > kMost >> 12);
  }
  if (const auto extremes = region_->ReadExtreme(extreme_table, key_, now_)) {
    Require(extremes->least <= extremes->most);
    Require(extremes->least >= known_->least && extremes->most <= known_->most);
  }
}

void Script::Distinct() {
  const auto table = TableOf(TableKind::kDistinct);
  const uint64_t item = uint64_t{input_.Short()} * 0x9e3779b97f4a7c15u;
  known_->items.insert(item & 0xFFFFFFFFFFFF);
  const int64_t count = region_->AddItem(table, key_, item, now_);
  Require(count >= 1);
  const auto added = static_cast<int64_t>(known_->items.size());
  Require(count <= (added <= 16 ? added : 2 * added + 64));
  Require(region_->CountItems(table, key_, now_) >= 0);
}

void Script::Score() {
  const double score =
      region_->AddScore(TableOf(TableKind::kScore), key_, static_cast<double>(Amount()), now_);
  Require(std::abs(score) <= 1.0001e15);
}

void Script::Bucket() {
  const Nanos period = Amount();
  const uint8_t burst = input_.Byte();
  const bool allowed = region_->Take(TableOf(TableKind::kBucket), key_, period, burst, now_);
  if (burst == 0 || period <= 0) Require(allowed == (burst != 0));
}

void Script::Member() {
  const Nanos until = sipward::SaturatingSum(now_, Amount());
  const auto table = TableOf(TableKind::kMember);
  region_->Insert(table, key_, until, now_);
  Require(until <= now_ || region_->Contains(table, key_, now_));
}

void Script::Ban() {
  const Nanos until = sipward::SaturatingSum(now_, Amount());
  const std::string text(input_.Text());
  const auto table = TableOf(TableKind::kBan);
  BanInfo before;
  const bool known = region_->IsBanned(table, key_, now_, &before);
  const bool longer = !known || before.until < until;
  const unsigned mark = input_.Byte();
  region_->Ban(table, key_, text, text, until, now_, mark);
  BanInfo info;
  const bool banned = region_->IsBanned(table, key_, now_, &info);
  if (until > now_) {
    Require(banned && info.until >= until);
    Require(mark >= sipward::state::kMarks || region_->Marks(table).Has(mark));
    if (longer) {
      Require(info.key == text.substr(0, kBanKeyBytes));
      Require(info.reason == text.substr(0, kBanReasonBytes));
    }
  }
  if ((input_.Byte() & 15) != 0) return;
  size_t living = 0;
  region_->ForEachBan(table, now_, [&](const BanInfo& one) {
    Require(one.until > now_ && one.key.size() <= kBanKeyBytes);
    ++living;
  });
  Require(living <= region_->Places(table));
  uint64_t cursor = 0;
  for (; region_->NextBan(table, now_, &cursor, &info); --living) Require(info.until > now_);
  Require(living == 0);
}

void Script::Times() {
  const auto table = TableOf(TableKind::kTime);
  const auto age = region_->Since(table, key_, now_);
  Require(age.value_or(0) >= 0);
  Require(region_->Touch(table, key_, now_) == age);
}

void Script::Again() {
  const auto table = TableOf(TableKind::kRepeat);
  const auto known = region_->ReadRepeats(table, key_, now_);
  const auto before = region_->Repeat(table, key_, now_);
  Require(known.before == before.before && known.note == before.note);
  Require(before.before <= kMostOperations && (before.before > 0 || before.note == 0));
  const uint64_t note = input_.Short();
  region_->SetNote(table, key_, note, now_);
  const auto after = region_->Repeat(table, key_, now_);
  Require(after.before == before.before + 1 && after.note == note);
}

void Script::Once() {
  using sipward::state::Taken;
  const auto table = TableOf(TableKind::kSequence);
  const int64_t number = Amount();
  const uint32_t late = input_.Byte();
  const uint32_t note = input_.Byte();
  const Taken taken = region_->TakeNumber(table, key_, number, note, late, now_);
  Require(number >= 0 || taken == Taken::kLate);
  // Whatever was said, it does not count any more.
  const Taken again = region_->TakeNumber(table, key_, number, note + 1, late, now_);
  Require(again != Taken::kNew);
  Require(taken != Taken::kNew || again == Taken::kSeen);
}

void Script::Records() {
  const auto table = TableOf(TableKind::kRecord);
  // Both names of a key have all of its upper half, which is as much of a hash as the lower.
  const Hash128 key{key_.low, (key_.low + 1) * 0x9e3779b97f4a7c15u};
  const Nanos own = region_->OwnTime(now_);
  Record record{Amount(), input_.Byte() % 4, {}};
  record.bytes[0] = static_cast<char>(key_.low);
  const auto of_key = [&](const Record& other) {
    return other.bytes[0] == static_cast<char>(key_.low);
  };
  Record before;
  const bool known = region_->ReadRecord(table, key, &before);
  Require(!known || of_key(before));
  Record displaced;
  const auto place = region_->AddRecord(table, key, record, own, &displaced);
  Require(known == (place == sipward::state::RecordPlace::kKnown));
  Require(displaced.rank >= 0);
  const bool changed = region_->ChangeRecord(table, key, [&](Record& kept) {
    Require(of_key(kept));
    kept.until = record.until;
  });
  Require(changed == (place != sipward::state::RecordPlace::kNoRoom));
  uint64_t cursor = input_.Byte();
  region_->ChangeExpiredRecord(table, own, &cursor, [&](Record& over) {
    Require(over.until <= own && over.rank > 0);
    over.rank = 0;
  });
}

void Script::Last() {
  const auto table = TableOf(TableKind::kLast);
  const std::string text(input_.Text());
  const uint8_t tag = input_.Byte();
  LastValue value;
  if (region_->SwapLast(table, key_, tag, text, now_, &value)) {
    Require(value.tag == known_->last_tag && value.cut == (known_->last.size() > kLastBytes));
    Require(value.text() == std::string_view(known_->last).substr(0, kLastBytes));
  }
  if (region_->ReadLast(table, key_, now_, &value)) {
    Require(value.tag == tag && value.text() == std::string_view(text).substr(0, kLastBytes));
    known_->last = text;
    known_->last_tag = tag;
  }
}

void Script::Numbers() {
  const auto table = TableOf(TableKind::kRun);
  const int64_t number = Amount();
  known_->numbers.insert(number);
  const auto most = static_cast<int64_t>(known_->numbers.size());
  const int64_t run = region_->AddRun(table, key_, number, now_);
  Require(run >= 1 && run <= most);
  const int64_t longest = region_->LongestRun(table, key_, now_);
  Require(longest >= 0 && longest <= most);
}

void Script::Calls() {
  const auto counters = TableOf(TableKind::kConcurrent);
  const auto leases = TableOf(TableKind::kLease);
  const uint8_t what = input_.Byte();
  const Hash128 call{what & 0x3Fu, 7};
  int64_t count = 0;
  if ((what & 0x40) != 0) {
    ++known_->acquired;
    count = region_->Acquire(counters, leases, key_, call, Amount(), now_);
    Require(count >= 1);
  } else {
    count = region_->Release(counters, leases, key_, call, now_);
  }
  Require(count >= 0 && count <= known_->acquired);
  count = region_->CountLeases(counters, key_, now_);
  Require(count >= 0 && count <= known_->acquired);
  const auto ends = TableOf(TableKind::kEnds);
  ++known_->recorded;
  const int64_t running = region_->AddCall(ends, key_, Amount(), now_);
  Require(running >= 0 && running <= known_->recorded);
  count = region_->CountCalls(ends, key_, now_);
  Require(count >= 0 && count <= running);
}

void Script::Usual() {
  const auto table = TableOf(TableKind::kBaseline);
  const auto value = static_cast<double>(Amount());
  const Nanos wall = Amount();
  const double score = region_->Zscore(table, key_, value, wall, now_);
  Require(score >= -100 && score <= 100);
  region_->Learn(table, key_, value, wall, now_);
}

void Script::Edges() {
  const auto table = TableOf(TableKind::kBurst);
  const uint64_t destination = input_.Byte();
  const uint64_t edge = key_.low * 31 + destination;
  const double score = region_->AddEdge(table, edge, key_.low, destination, now_);
  Require(score >= 0 && std::isfinite(score));
  Require(region_->ReadEdge(table, edge, key_.low, destination, now_) >= 0);
}

void Script::Forget() {
  const size_t kind = input_.Pick(kKinds);
  region_->Reset(tables_[kind], key_);
  if (kind != static_cast<size_t>(TableKind::kConcurrent)) return;
  Require(region_->CountLeases(tables_[kind], key_, now_) == 0);
}

// All of it goes on in another region, as if nothing had been.
void Script::Restart() {
  std::string snapshot(region_->SnapshotBytes(), '\0');
  const Region::Moment moment{Amount(), now_};
  const uint64_t size = region_->Snapshot(snapshot.data(), snapshot.size(), moment);
  Require(size != 0 && size <= snapshot.size());
  snapshot.resize(size);
  region_ = Region::Create(kRegionBytes, {});
  Require(!region_->Restore(snapshot.substr(0, input_.Byte()), moment).empty());
  Require(region_->Restore(snapshot, moment).empty());
  for (size_t i = 0; i < kKinds; ++i) tables_[i] = *region_->Open(specs_[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Script(data, size).Run();
  return 0;
}
