// No operation on a table allocates.
#include <gtest/gtest.h>

#include "tests/state/helpers.h"
#include "tests/support/allocation_counter.h"

namespace sipward::state {
namespace {

TEST(Allocation, NoOperationAllocates) {
  const auto region = NewRegion();
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  const auto rate = *region->Open(Spec(TableKind::kRate, kMinute, 64));
  const auto distinct = *region->Open(Spec(TableKind::kDistinct, kMinute, 64));
  const auto score = *region->Open(Spec(TableKind::kScore, kMinute, 64));
  const auto bucket = *region->Open(Spec(TableKind::kBucket, 0, 64));
  const auto member = *region->Open(Spec(TableKind::kMember, 0, 64));
  const auto ban = *region->Open(Spec(TableKind::kBan, 0, 64));
  const auto mean = *region->Open(Spec(TableKind::kMean, kMinute, 64));
  const auto extreme = *region->Open(Spec(TableKind::kExtreme, kMinute, 64));
  const auto time = *region->Open(Spec(TableKind::kTime, kMinute, 64));
  const auto last = *region->Open(Spec(TableKind::kLast, 0, 64));
  const auto run = *region->Open(Spec(TableKind::kRun, kMinute, 64));
  const auto concurrent = *region->Open(Spec(TableKind::kConcurrent, kMinute, 64));
  const auto lease = *region->Open(Spec(TableKind::kLease, kMinute, 64));
  const auto baseline = *region->Open(Spec(TableKind::kBaseline, kMinute, 64));
  const auto burst = *region->Open(Spec(TableKind::kBurst, kMinute, 64));
  const auto repeat = *region->Open(Spec(TableKind::kRepeat, kMinute, 64));
  const auto ends = *region->Open(Spec(TableKind::kEnds, kMinute, 64));
  const auto sequence = *region->Open(Spec(TableKind::kSequence, kMinute, 64));
  const uint64_t before = allocation_count();
  BanInfo info;
  LastValue value;
  for (uint64_t i = 0; i < 20000; ++i) {
    const Hash128 key = Key(i % 300);
    const auto now = static_cast<Nanos>(i) * kMillisecond;
    region->Add(count, key, 1, now);
    region->Add(rate, key, 1, now);
    region->AddItem(distinct, Key(i % 7), Item(i), now);
    region->CountItems(distinct, key, now);
    region->AddScore(score, key, 1, now);
    region->Take(bucket, key, kSecond, 3, now);
    region->Insert(member, key, now + kSecond, now);
    region->Contains(member, key, now);
    region->Ban(ban, key, "203.0.113.1", "rule", now + kSecond, now);
    region->IsBanned(ban, key, now, &info);
    region->AddMean(mean, key, 1, now);
    region->ReadMean(mean, key, now);
    region->AddExtreme(extreme, key, 1, now);
    region->ReadExtreme(extreme, key, now);
    region->Touch(time, key, now);
    region->Since(time, key, now);
    region->SwapLast(last, key, 1, "value", now, &value);
    region->ReadLast(last, key, now, &value);
    region->AddRun(run, key, static_cast<int64_t>(i % 500), now);
    region->LongestRun(run, key, now);
    region->Acquire(concurrent, lease, key, Key(i), kSecond, now);
    region->CountLeases(concurrent, key, now);
    region->Release(concurrent, lease, key, Key(i / 2), now);
    region->AddCall(ends, key, static_cast<Nanos>(i % 50) * kSecond, now);
    region->CountCalls(ends, key, now);
    region->Learn(baseline, key, 1, now, now);
    region->Zscore(baseline, key, 1, now, now);
    region->AddEdge(burst, i % 30, i % 5, i % 7, now);
    region->ReadEdge(burst, i, i, i, now);
    region->Repeat(repeat, key, now);
    region->SetNote(repeat, key, i, now);
    region->TakeNumber(sequence, key, static_cast<int64_t>(i / 2), 1, 63, now);
    region->pressure(now);
    region->Reset(count, Key(i));
  }
  EXPECT_EQ(allocation_count(), before);
}

TEST(Allocation, TheCounterCounts) {
  const uint64_t before = allocation_count();
  const auto region = NewRegion();
  EXPECT_GT(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::state
