#include "auth/nonce.h"

#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>

#include <algorithm>
#include <utility>

namespace sipward::auth {
namespace {

// key number | milliseconds since 1970 | counter | mark of the source | seal
constexpr size_t kTimeAt = 1;
constexpr size_t kTimeBytes = 6;
constexpr size_t kCounterAt = kTimeAt + kTimeBytes;
constexpr size_t kCounterBytes = 8;
constexpr size_t kSourceAt = kCounterAt + kCounterBytes;
constexpr size_t kSourceBytes = 5;
constexpr size_t kSealAt = kSourceAt + kSourceBytes;
constexpr size_t kSealBytes = 16;
constexpr size_t kNonceBytes = kSealAt + kSealBytes;
// No digit of the last group is spare: one nonce is one text.
static_assert(kNonceBytes % 3 == 0 && kNonceBytes / 3 * 4 == kNonceChars);

using Octets = std::array<uint8_t, kNonceBytes>;

// Clocks of workers may differ by so much.
constexpr int64_t kMostAhead = kMinute / kMillisecond;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<int8_t, 256> DigitValues() {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<uint8_t>(kDigits[i])] = static_cast<int8_t>(i);
  }
  return values;
}
constexpr std::array<int8_t, 256> kValues = DigitValues();

void Write(const Octets& octets, std::span<char, kNonceChars> out) {
  for (size_t i = 0; i < kNonceBytes; i += 3) {
    const uint32_t group =
        uint32_t{octets[i]} << 16 | uint32_t{octets[i + 1]} << 8 | uint32_t{octets[i + 2]};
    for (size_t digit = 0; digit < 4; ++digit) {
      out[i / 3 * 4 + digit] = kDigits[group >> (18 - 6 * digit) & 63];
    }
  }
}

bool Read(std::string_view text, Octets* out) {
  if (text.size() != kNonceChars) return false;
  for (size_t i = 0; i < kNonceBytes; i += 3) {
    uint32_t group = 0;
    for (size_t digit = 0; digit < 4; ++digit) {
      const int8_t value = kValues[static_cast<uint8_t>(text[i / 3 * 4 + digit])];
      if (value < 0) return false;
      group = group << 6 | static_cast<uint32_t>(value);
    }
    (*out)[i] = static_cast<uint8_t>(group >> 16);
    (*out)[i + 1] = static_cast<uint8_t>(group >> 8);
    (*out)[i + 2] = static_cast<uint8_t>(group);
  }
  return true;
}

void PutNumber(uint64_t number, std::span<uint8_t> out) {
  for (size_t i = out.size(); i-- > 0; number >>= 8) out[i] = static_cast<uint8_t>(number);
}

uint64_t NumberIn(std::span<const uint8_t> octets) {
  uint64_t number = 0;
  for (const uint8_t octet : octets) number = number << 8 | octet;
  return number;
}

// BLAKE2b of the parts, whose lengths follow from the first; the realm stands last.
void Seal(const NonceKey& key, uint8_t purpose, std::span<const uint8_t> octets,
          std::span<const uint8_t> rest, std::span<uint8_t> out) {
  std::array<uint8_t, crypto_generichash_BYTES_MIN> seal;
  static_assert(kSealBytes == crypto_generichash_BYTES_MIN);
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.octets().data(), key.octets().size(), seal.size());
  crypto_generichash_update(&state, &purpose, 1);
  crypto_generichash_update(&state, octets.data(), octets.size());
  crypto_generichash_update(&state, rest.data(), rest.size());
  crypto_generichash_final(&state, seal.data(), seal.size());
  std::copy_n(seal.begin(), out.size(), out.begin());
}

void SealAll(const NonceKey& key, std::string_view realm, Octets* octets, uint8_t* out) {
  Seal(key, 'n', std::span(*octets).first(kSealAt),
       {reinterpret_cast<const uint8_t*>(realm.data()), realm.size()}, {out, kSealBytes});
}

// Of a source, another one in each nonce, so that nobody can tell who shares one.
void MarkSource(const NonceKey& key, Binding binding, const IpAddress& source, const Octets& octets,
                uint8_t* out) {
  IpAddress bound;
  if (binding == Binding::kNetwork) bound = NetworkOf(source).address;
  if (binding == Binding::kHost) bound = HostOf(source).address;
  Seal(key, static_cast<uint8_t>('0' + static_cast<uint8_t>(binding)),
       std::span(octets).first(kSourceAt), bound.bytes, {out, kSourceBytes});
}

}  // namespace

NonceKey::NonceKey(std::string_view secret) {
  constexpr std::string_view kPurpose = "sipward nonce";
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, octets_.size());
  for (const std::string_view piece : {kPurpose, secret}) {
    crypto_generichash_update(&state, reinterpret_cast<const uint8_t*>(piece.data()), piece.size());
  }
  crypto_generichash_final(&state, octets_.data(), octets_.size());
  sodium_memzero(&state, sizeof state);
}

NonceKey::~NonceKey() { sodium_memzero(octets_.data(), octets_.size()); }

NonceSealer::NonceSealer(std::string realm, Binding binding, Nanos lifetime,
                         std::string_view secret)
    : realm_(std::move(realm)), binding_(binding), lifetime_(lifetime), key_(secret) {}

void NonceSealer::SetKey(std::string_view secret) {
  before_ = key_;
  key_ = NonceKey(secret);
}

void NonceSealer::Make(const IpAddress& source, Nanos wall, uint64_t counter,
                       std::span<char, kNonceChars> out) const {
  Octets octets{};
  octets[0] = key_.number();
  PutNumber(static_cast<uint64_t>(wall / kMillisecond),
            std::span(octets).subspan(kTimeAt, kTimeBytes));
  PutNumber(counter, std::span(octets).subspan(kCounterAt, kCounterBytes));
  MarkSource(key_, binding_, source, octets, &octets[kSourceAt]);
  SealAll(key_, realm_, &octets, &octets[kSealAt]);
  Write(octets, out);
}

NonceState NonceSealer::Check(std::string_view nonce, const IpAddress& source, Nanos wall) const {
  Octets octets;
  if (!Read(nonce, &octets)) return NonceState::kForged;
  std::array<uint8_t, kSealBytes> seal;
  const auto fits = [&](const NonceKey& key) {
    if (key.number() != octets[0]) return false;
    SealAll(key, realm_, &octets, seal.data());
    return sodium_memcmp(seal.data(), &octets[kSealAt], kSealBytes) == 0;
  };
  const NonceKey* key = fits(key_) ? &key_ : nullptr;
  if (key == nullptr && before_ && fits(*before_)) key = &*before_;
  if (key == nullptr) return NonceState::kForged;
  const auto made = static_cast<int64_t>(NumberIn(std::span(octets).subspan(kTimeAt, kTimeBytes)));
  const int64_t age = wall / kMillisecond - made;
  if (age > lifetime_ / kMillisecond || age < -kMostAhead) return NonceState::kStale;
  std::array<uint8_t, kSourceBytes> mark;
  MarkSource(*key, binding_, source, octets, mark.data());
  if (sodium_memcmp(mark.data(), &octets[kSourceAt], kSourceBytes) != 0) {
    return NonceState::kElsewhere;
  }
  return NonceState::kGood;
}

}  // namespace sipward::auth
