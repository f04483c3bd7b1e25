#include "identity/replay.h"

#include <algorithm>

#include "base/hash.h"

namespace sipward::identity {
namespace {

// Whose call it is, never 0, which stands for nothing noted.
uint64_t CallOf(const HashSecret& secret, std::string_view call_id, std::string_view from_tag) {
  // Hashes of hashes, so that no Call-ID and tag together read like others.
  const uint64_t both[] = {KeyedHash64(secret, call_id), KeyedHash64(secret, from_tag)};
  const std::string_view octets(reinterpret_cast<const char*>(both), sizeof both);
  return std::max<uint64_t>(KeyedHash64(secret, octets), 1);
}

state::TableSpec SpecOf(int64_t window, uint32_t capacity) {
  return {.kind = state::TableKind::kRepeat,
          .window = 2 * window * kSecond,
          .capacity = capacity,
          .signature = "identity.replay"};
}

}  // namespace

uint64_t ReplayMemory::Bytes(int64_t window, uint32_t capacity) {
  return state::TableBytes(SpecOf(window, capacity));
}

std::optional<ReplayMemory> ReplayMemory::Open(state::Region* region, int64_t window,
                                               uint32_t capacity) {
  const std::optional<state::Region::Table> table = region->Open(SpecOf(window, capacity));
  if (!table) return {};
  return ReplayMemory(region, *table);
}

void ReplayMemory::Close() { region_->Close(table_); }

ReplayMemory::Seen ReplayMemory::Take(std::string_view signed_octets, std::string_view call_id,
                                      std::string_view from_tag, Nanos now) {
  const HashSecret& secret = region_->secret();
  const Hash128 key = KeyedHash128(secret, signed_octets);
  const uint64_t call = CallOf(secret, call_id, from_tag);
  const state::Repeats seen = region_->Repeat(table_, key, now);
  if (seen.before == 0) {
    region_->SetNote(table_, key, call, now);
    return Seen::kNew;
  }
  if (seen.note == 0) return Seen::kUnknown;
  return seen.note == call ? Seen::kSameCall : Seen::kOtherCall;
}

}  // namespace sipward::identity
