// Membership and bans: keys that stay until a time.
#include <algorithm>
#include <cstring>

#include "state/access.h"

namespace sipward::state {
namespace {

template <size_t kSize>
uint8_t Copy(std::string_view text, std::array<char, kSize>* to) {
  const size_t length = std::min(text.size(), kSize);
  if (length != 0) std::memcpy(to->data(), text.data(), length);
  return static_cast<uint8_t>(length);
}

// A text out of memory that another process may have damaged: the length is not believed.
template <size_t kSize>
std::string_view View(const std::array<char, kSize>& text, size_t length) {
  return std::string_view(text.data(), std::min(length, kSize));
}

BanInfo InfoOf(const BanBody& ban, Nanos since, Nanos until) {
  return BanInfo{
      View(ban.key, ban.key_length), View(ban.reason, ban.reason_length), since, until, {}};
}

}  // namespace

void Region::Insert(Table table, const Hash128& key, Nanos until, Nanos now) {
  now = At(now);
  until = At(until);
  if (until <= now) return;
  Access entry(base(), table.offset, TableKind::kMember, key);
  if (!entry.Find(now) && !entry.Admit(now)) return;
  entry.head().time = std::max(entry.head().time, until);
}

bool Region::Contains(Table table, const Hash128& key, Nanos now) {
  return Access(base(), table.offset, TableKind::kMember, key).Find(At(now));
}

bool Region::Ban(Table table, const Hash128& key, std::string_view key_text,
                 std::string_view reason, Nanos until, Nanos now, unsigned mark) {
  now = At(now);
  until = At(until);
  if (until <= now) return false;
  // Before the entry, so that nobody who is told of it looks past it.
  if (KindOf(base(), table.offset) == TableKind::kBan) {
    AddMark(reinterpret_cast<TableHeader*>(base() + table.offset), mark);
  }
  Access entry(base(), table.offset, TableKind::kBan, key);
  const bool known = entry.Find(now);
  if (known && entry.head().time >= until) return false;
  const uint64_t evictions = entry.ok() ? entry.stripe().evictions : 0;
  if (!known && !entry.Admit(now)) return false;
  auto& ban = entry.body<BanBody>();
  if (!known) ban.since = now;
  ban.key_length = Copy(key_text, &ban.key);
  ban.reason_length = Copy(reason, &ban.reason);
  entry.head().time = until;
  entry.head().weight = mark;
  return entry.stripe().evictions != evictions;
}

MarkSet Region::Marks(Table table) const {
  std::array<uint64_t, kMarks / 64> words{};
  if (table.offset != 0 && KindOf(base(), table.offset) == TableKind::kBan) {
    const auto* header = reinterpret_cast<const TableHeader*>(base() + table.offset);
    for (size_t i = 0; i < words.size(); ++i) {
      words[i] = header->marks[i].load(std::memory_order_relaxed);
    }
  }
  return MarkSet(words);
}

bool Region::IsBanned(Table table, const Hash128& key, Nanos now, BanInfo* info) {
  now = At(now);
  thread_local BanBody copy;
  Access entry(base(), table.offset, TableKind::kBan, key);
  if (!entry.Find(now)) return false;
  if (info != nullptr) {
    copy = entry.body<BanBody>();
    *info = InfoOf(copy, CallersTime(copy.since), CallersTime(entry.head().time));
  }
  return true;
}

uint64_t Region::Places(Table table) const {
  if (table.offset == 0 || KindOf(base(), table.offset) != TableKind::kBan) return 0;
  const auto* header = reinterpret_cast<const TableHeader*>(base() + table.offset);
  return (header->bucket_mask + 1) * kWays;
}

bool Region::NextBan(Table table, Nanos now, uint64_t* cursor, BanInfo* info, uint64_t end) {
  now = At(now);
  thread_local BanBody copy;
  if (table.offset == 0 || KindOf(base(), table.offset) != TableKind::kBan) return false;
  const auto* header = reinterpret_cast<const TableHeader*>(base() + table.offset);
  while (*cursor < end && *cursor / kWays <= header->bucket_mask) {
    const uint64_t at = (*cursor)++;
    Nanos until = 0;
    Hash128 hash;
    {
      const Access entry(base(), table.offset, TableKind::kBan, Hash128{at / kWays, 0});
      if (!entry.ReadWay(at % kWays, &copy, &until, &hash)) continue;
    }
    if (until <= now) continue;
    *info = InfoOf(copy, CallersTime(copy.since), CallersTime(until));
    info->hash = hash;
    return true;
  }
  return false;
}

void Region::ForEachBan(Table table, Nanos now, const std::function<void(const BanInfo&)>& visit) {
  now = At(now);
  if (table.offset == 0 || KindOf(base(), table.offset) != TableKind::kBan) return;
  const auto* header = reinterpret_cast<const TableHeader*>(base() + table.offset);
  for (uint64_t bucket = 0; bucket <= header->bucket_mask; ++bucket) {
    for (unsigned way = 0; way < kWays; ++way) {
      BanBody copy;
      Nanos until = 0;
      Hash128 hash;
      {
        const Access entry(base(), table.offset, TableKind::kBan, Hash128{bucket, 0});
        if (!entry.ReadWay(way, &copy, &until, &hash)) continue;
      }
      if (until > now) visit(InfoOf(copy, CallersTime(copy.since), CallersTime(until)));
    }
  }
}

}  // namespace sipward::state
