#include "evidence/chain.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "evidence/json.h"

namespace sipward::evidence {
namespace {

constexpr size_t kHexHash = 64;

const uint8_t* Octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

template <size_t kSize>
std::string_view View(const std::array<uint8_t, kSize>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Hash Next(const Hash& before, std::string_view content) {
  crypto_generichash_state state;
  Hash hash;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  crypto_generichash_update(&state, before.data(), before.size());
  crypto_generichash_update(&state, Octets(content), content.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

std::string Signed(uint64_t sequence, const Hash& before) {
  return "sipward evidence " + std::to_string(sequence) + ' ' + ToHex(before);
}

template <size_t kSize>
std::optional<std::array<uint8_t, kSize>> ArrayFromHex(std::string_view hex) {
  const auto bytes = FromHex(hex);
  if (!bytes || bytes->size() != kSize) return std::nullopt;
  std::array<uint8_t, kSize> array;
  std::memcpy(array.data(), bytes->data(), kSize);
  return array;
}

// A word up to a blank, which is taken off as well.
std::string_view Word(std::string_view* rest) {
  const size_t end = rest->find(' ');
  if (end == rest->npos) return {};
  const std::string_view word = rest->substr(0, end);
  rest->remove_prefix(end + 1);
  return word;
}

}  // namespace

std::string ToHex(const Hash& bytes) { return ToHex(View(bytes)); }

std::optional<Hash> HashFromHex(std::string_view hex) { return ArrayFromHex<32>(hex); }

Hash HashOf(std::string_view bytes) {
  Hash hash;
  crypto_generichash(hash.data(), hash.size(), Octets(bytes), bytes.size(), nullptr, 0);
  return hash;
}

SecretKey MakeKey() {
  std::array<uint8_t, 32> seed;
  randombytes_buf(seed.data(), seed.size());
  const SecretKey key = KeyOfSeed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SecretKey KeyOfSeed(const std::array<uint8_t, 32>& seed) {
  static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64);
  SecretKey key;
  PublicKey open;
  crypto_sign_seed_keypair(open.data(), key.data(), seed.data());
  return key;
}

PublicKey PublicOf(const SecretKey& key) {
  PublicKey open;
  std::copy(key.begin() + 32, key.end(), open.begin());
  return open;
}

void Chain::Append(std::string_view kind, std::string_view body, std::string* out) {
  std::array<char, 20> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), next_).ptr;
  const size_t begin = out->size();
  out->append(kHexHash, '0') += ' ';
  const size_t content = out->size();
  (((out->append(digits.data(), static_cast<size_t>(end - digits.data())) += ' ') += kind) +=
   ' ') += body;
  head_ = Next(head_, std::string_view(*out).substr(content));
  char hex[kHexHash + 1];
  sodium_bin2hex(hex, sizeof hex, head_.data(), head_.size());
  std::copy(hex, hex + kHexHash, out->begin() + static_cast<ptrdiff_t>(begin));
  *out += '\n';
  ++next_;
}

void Chain::AppendCheckpoint(const SecretKey& key, std::string* out) {
  const std::string what = Signed(next_, head_);
  std::array<uint8_t, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, Octets(what), what.size(), key.data());
  std::string body;
  Writer json(&body);
  json.Begin('{');
  json.Key("key").String(ToHex(View(PublicOf(key))));
  json.Key("signature").String(ToHex(View(signature)));
  json.End('}');
  Append(kCheckpoint, body, out);
}

std::string_view TextOf(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return "";
    case Fault::kLine:
      return "this is no entry";
    case Fault::kSequence:
      return "entries are missing, repeated or out of order";
    case Fault::kHash:
      return "the entry was changed, or what stood before it";
    case Fault::kSignature:
      return "the signature of the checkpoint does not fit";
    case Fault::kKey:
      return "the checkpoint is signed by another key";
  }
  return "";
}

bool ReadLine(std::string_view line, Entry* entry) {
  std::string_view rest = line;
  const auto hash = HashFromHex(Word(&rest));
  const std::string_view number = Word(&rest);
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), entry->sequence);
  entry->kind = Word(&rest);
  entry->body = rest;
  if (!hash || number.empty() || error != std::errc() || end != number.data() + number.size() ||
      entry->kind.empty() || rest.empty()) {
    return false;
  }
  // Digits in one way alone, so that a line says what it says in one way alone.
  if (number[0] == '0' || std::any_of(line.begin(), line.begin() + kHexHash,
                                      [](char c) { return c >= 'A' && c <= 'F'; })) {
    return false;
  }
  entry->hash = *hash;
  return true;
}

Fault Checker::Take(std::string_view line, Entry* entry) {
  if (!ReadLine(line, entry)) return Fault::kLine;
  if (entry->sequence != next_) return Fault::kSequence;
  const bool left_out = entry->kind == "-" && entry->body == "-";
  if (!left_out && Next(head_, line.substr(kHexHash + 1)) != entry->hash) return Fault::kHash;
  if (entry->kind == kCheckpoint) {
    const Fault fault = TakeCheckpoint(*entry);
    if (fault != Fault::kNone) return fault;
  }
  ++next_;
  head_ = entry->hash;
  ended_ = ending_ && entry->kind == kCheckpoint;
  ending_ = ended_ || entry->kind == kEnd || entry->kind == kRotate;
  return Fault::kNone;
}

bool Checker::BeginAt(std::string_view line) {
  Entry entry;
  const auto before =
      ReadLine(line, &entry) ? HashFromHex(TextIn(entry.body, "before")) : std::nullopt;
  if (!before) return false;
  Begin(entry.sequence, *before);
  return true;
}

Fault Checker::TakeCheckpoint(const Entry& entry) {
  const auto key = ArrayFromHex<32>(TextIn(entry.body, "key"));
  const auto signature = ArrayFromHex<crypto_sign_BYTES>(TextIn(entry.body, "signature"));
  if (!key || !signature) return Fault::kSignature;
  if (trusted_ && *trusted_ != *key) return Fault::kKey;
  const std::string what = Signed(entry.sequence, head_);
  if (crypto_sign_verify_detached(signature->data(), Octets(what), what.size(), key->data()) != 0) {
    return Fault::kSignature;
  }
  trusted_ = key;
  covered_ = entry.sequence - 1;
  return Fault::kNone;
}

}  // namespace sipward::evidence
