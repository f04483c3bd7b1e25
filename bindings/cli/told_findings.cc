#include "told_findings.h"

#include <sodium.h>

#include <cstring>

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kAgainAfter = 60 * kSecond;

}  // namespace

ToldFindings::ToldFindings() {
  static_assert(sizeof secret_ == crypto_shorthash_KEYBYTES);
  static_assert(kMostKept < kPlaces, "a place is always free");
  crypto_shorthash_keygen(secret_.data());
}

// Where it is, or where it belongs.
ToldFindings::Told* ToldFindings::Find(uint64_t hash) {
  size_t at = hash % kPlaces;
  while (places_[at].hash != 0 && places_[at].hash != hash) at = (at + 1) % kPlaces;
  return &places_[at];
}

bool ToldFindings::Allowed(int64_t now_ns) {
  const int64_t second = now_ns / kSecond;
  if (second != second_) in_second_ = 0;
  second_ = second;
  return ++in_second_ <= kMostASecond;
}

// Costs a line for each finding that comes again, not their number.
void ToldFindings::Forget() {
  std::memset(static_cast<void*>(places_), 0, sizeof places_);
  kept_ = 0;
}

ToldFindings::Answer ToldFindings::AskLocked(uint64_t hash, int64_t now_ns, uint64_t* since) {
  Told* told = Find(hash);
  const bool known = told->hash != 0;
  if (known && now_ns - told->at_ns < kAgainAfter) {
    ++told->since;
    return Answer::kAgain;
  }
  if (!Allowed(now_ns)) return Answer::kTooMany;
  *since = told->since;
  if (!known && kept_ == kMostKept) {
    Forget();
    told = Find(hash);
  }
  if (!known) ++kept_;
  *told = {hash, now_ns, 0};
  return Answer::kTell;
}

ToldFindings::Answer ToldFindings::Ask(std::string_view key, int64_t now_ns, uint64_t* since) {
  uint64_t hash = 0;
  static_assert(sizeof hash == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash),
                   reinterpret_cast<const unsigned char*>(key.data()), key.size(), secret_.data());
  if (hash == 0) hash = 1;
  if (!lock_.Lock()) Forget();
  const Answer answer = AskLocked(hash, now_ns, since);
  lock_.Unlock();
  return answer;
}

}  // namespace sipward::cli
