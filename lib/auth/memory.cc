#include "auth/memory.h"

#include <array>

namespace sipward::auth {
namespace {

using state::TableKind;

}  // namespace

Hash128 HashOf(const HashSecret& secret, std::initializer_list<std::string_view> texts) {
  constexpr size_t kMost = 8;
  std::array<Hash128, kMost> hashes;
  size_t count = 0;
  for (const std::string_view text : texts) {
    if (count < kMost) hashes[count++] = KeyedHash128(secret, text);
  }
  return KeyedHash128(secret,
                      {reinterpret_cast<const char*>(hashes.data()), count * sizeof(Hash128)});
}

std::optional<Memory> Memory::Open(state::Region* region, const Policy& policy) {
  // A nonce ends before what is remembered of it.
  const auto counts = region->Open({.kind = TableKind::kSequence,
                                    .window = policy.lifetime + 2 * kMinute,
                                    .capacity = policy.nonces,
                                    .signature = "auth.counts"});
  if (!counts) return std::nullopt;
  const auto clients = region->Open({.kind = TableKind::kMember,
                                     .window = 0,
                                     .capacity = policy.clients,
                                     .signature = "auth.clients " + policy.realm});
  if (!clients) {
    region->Close(*counts);
    return std::nullopt;
  }
  return Memory(region, *counts, *clients);
}

void Memory::Close() {
  region_->Close(counts_);
  region_->Close(clients_);
}

state::Taken Memory::TakeCount(const Credentials& credentials, const Request& request,
                               uint32_t late) {
  const HashSecret& secret = region_->secret();
  const Hash128 note = HashOf(secret, {request.call_id, request.cseq, request.branch,
                                       request.method, credentials.response, credentials.cnonce});
  const auto mark = static_cast<uint32_t>(note.low);
  if (credentials.qop == Qop::kNone) {
    // Nothing counts requests: each response is good for one.
    const Hash128 key = HashOf(secret, {credentials.nonce, credentials.response});
    return region_->TakeNumber(counts_, key, 1, mark, 0, request.monotonic);
  }
  const Hash128 key = HashOf(secret, {credentials.nonce});
  return region_->TakeNumber(counts_, key, credentials.count, mark, late, request.monotonic);
}

bool Memory::CouldDoBetter(std::string_view user, std::string_view client, Strength now,
                           const Policy& policy, Nanos monotonic) {
  const auto key = [&](Strength strength) {
    const auto number = static_cast<char>('0' + static_cast<int>(strength));
    return HashOf(region_->secret(), {user, client, {&number, 1}});
  };
  const Nanos until = SaturatingSum(monotonic, policy.remembers);
  region_->Insert(clients_, key(now), until, monotonic);
  for (auto better = static_cast<size_t>(now) + 1; better < kStrengths; ++better) {
    const auto strength = static_cast<Strength>(better);
    if (!policy.offered.HasStrength(strength)) continue;
    if (region_->Contains(clients_, key(strength), monotonic)) return true;
  }
  return false;
}

}  // namespace sipward::auth
