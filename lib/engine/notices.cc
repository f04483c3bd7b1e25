#include "engine/notices.h"

#include <algorithm>

#include "engine/held.h"

namespace sipward::engine {
namespace {

using enum NoticeSeverity;

constexpr std::array<NoticeInfo, kNoticeCodes> kInfos = {{
    {"rules_loaded", "rules were loaded", kInfo},
    {"state_full", "rules were refused: the state has no room for a table of theirs", kError},
    {"pressure", "state tables are crowded: new keys push living ones out", kWarning},
    {"pressure_over", "state tables have room again", kInfo},
    {"ban_withheld", "a ban was not made: the source is not proven", kWarning},
    {"entry_displaced", "a table of bans or a list is full: a living entry gave way", kWarning},
    {"overload", "there are more emergency calls than there should be", kWarning},
    {"clock_back", "the monotonic clock of a packet or event went back", kWarning},
    {"matches_omitted", "more rules matched an event than a verdict shows", kInfo},
    {"out_of_memory", "memory ran out: an inspector goes on with the rules before a reload",
     kError},
}};

template <size_t kSize>
uint8_t Copy(std::string_view text, std::array<char, kSize>* to) {
  const size_t size = std::min(text.size(), kSize);
  std::copy_n(text.begin(), size, to->begin());
  return static_cast<uint8_t>(size);
}

}  // namespace

const NoticeInfo& Describe(NoticeCode code) { return kInfos[static_cast<size_t>(code)]; }

// A bucket as in GCRA. One that would not be full for longer than it takes to fill belongs to a
// clock that was set back.
bool Notices::Take(Limit& limit, Nanos now) {
  Nanos due = limit.due.load(std::memory_order_relaxed);
  Nanos next = 0;
  do {
    if (due > SaturatingSum(now, kBurst * kPeriod)) {
      next = SaturatingSum(now, kPeriod);
    } else if (due > SaturatingSum(now, (kBurst - 1) * kPeriod)) {
      return false;
    } else {
      next = SaturatingSum(std::max(due, now), kPeriod);
    }
  } while (!limit.due.compare_exchange_weak(due, next, std::memory_order_relaxed));
  return true;
}

void Notices::Put(NoticeCode code, Nanos now, Nanos wall, const NoticeText& text) {
  Limit& limit = limits_[static_cast<size_t>(code)];
  if (!Take(limit, now)) {
    limit.omitted.fetch_add(1, std::memory_order_relaxed);
    omitted_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  const Held lock(lock_);
  const uint64_t number = end_.load(std::memory_order_relaxed);
  Notice& notice = ring_[number % kCapacity];
  notice.number = number;
  notice.code = code;
  notice.now = now;
  notice.wall = wall;
  notice.omitted = limit.omitted.exchange(0, std::memory_order_relaxed);
  notice.amount = text.amount;
  notice.limit = text.limit;
  notice.subject_size = Copy(text.subject, &notice.subject_bytes);
  notice.key_size = Copy(text.key, &notice.key_bytes);
  end_.store(number + 1, std::memory_order_relaxed);
}

std::optional<Notice> Notices::Next(uint64_t* cursor, uint64_t* lost) const {
  if (*cursor >= end_.load(std::memory_order_relaxed)) return std::nullopt;
  const Held lock(lock_);
  const uint64_t end = end_.load(std::memory_order_relaxed);
  const uint64_t oldest = end - std::min<uint64_t>(end, kCapacity);
  const uint64_t at = std::max(*cursor, oldest);
  *lost = at - *cursor;
  *cursor = at + 1;
  return ring_[at % kCapacity];
}

}  // namespace sipward::engine
