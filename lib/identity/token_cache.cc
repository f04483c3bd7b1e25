#include "identity/token_cache.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <vector>

#include "base/hash.h"
#include "base/platform/lock.h"
#include "identity/base64.h"
#include "identity/es256.h"
#include "identity/token.h"

namespace sipward::identity {
namespace {

constexpr size_t kMostValue = 1'280;
constexpr size_t kMostPayload = 640;
constexpr size_t kMostDest = 8;

// A view into a text that is somewhere else by now. Empty: there is none.
struct Piece {
  uint16_t begin = 0;
  uint16_t size = 0;

  std::string_view In(const char* text) const {
    return size == 0 ? std::string_view() : std::string_view(text + begin, size);
  }
};

// Views of one text as pieces of it.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  Piece operator()(std::string_view view) {
    if (view.empty()) return {};
    const bool within = std::greater_equal<>()(view.data(), text_.data()) &&
                        std::less_equal<>()(view.data() + view.size(), text_.data() + text_.size());
    all_within_ = all_within_ && within;
    if (!within) return {};
    return {static_cast<uint16_t>(view.data() - text_.data()), static_cast<uint16_t>(view.size())};
  }
  bool all_within() const { return all_within_; }

 private:
  std::string_view text_;
  bool all_within_ = true;
};

struct StoredParty {
  PartyKind kind = PartyKind::kNone;
  Piece text;

  Party In(const char* payload) const { return {.kind = kind, .text = text.In(payload)}; }
};

// Of the value.
struct StoredHeader {
  Piece token, header, payload, signature, info, ppt_text, signed_octets;
  Ppt ppt = Ppt::kNone;
  FlagSet flags;
};

// Of the payload, as it was decoded and its escapes were read.
struct StoredClaims {
  int64_t iat = 0;
  StoredParty orig, div;
  std::array<StoredParty, kMostDest> dest;
  uint32_t dest_count = 0;
  Piece attest, origid, nam, crn;
};

struct Slot {
  uint64_t hash = 0;
  uint64_t used = 0;  // when, in turns of its set
  uint64_t credential = 0;
  Reason judged = Reason::kOk;
  FlagSet flags;
  uint16_t value_size = 0;  // 0: nobody's
  uint16_t payload_size = 0;
  StoredHeader header;
  StoredClaims claims;
  std::array<char, kEs256Size> signature;
  std::array<char, kMostPayload> payload;
  std::array<char, kMostValue> value;
};
static_assert(sizeof(Slot) <= TokenCache::kTokenBytes - 64, "what the header promises");

bool Store(const Token& token, std::string_view value, Slot* slot) {
  const HeaderValue& read = token.value;
  const size_t payload_size = DecodedSize(read.payload.size());
  if (token.claims.dest_count > kMostDest || payload_size > kMostPayload) return false;
  if (!token.claims.opt.empty()) return false;
  Cutter of_value(value);
  slot->header = {.token = of_value(read.token),
                  .header = of_value(read.header),
                  .payload = of_value(read.payload),
                  .signature = of_value(read.signature),
                  .info = of_value(read.info),
                  .ppt_text = of_value(read.ppt_text),
                  .signed_octets = of_value(token.signed_octets),
                  .ppt = read.ppt,
                  .flags = read.flags};
  Cutter of_payload({token.payload.data(), payload_size});
  const auto party = [&](const Party& one) {
    return StoredParty{.kind = one.kind, .text = of_payload(one.text)};
  };
  const Claims& claims = token.claims;
  StoredClaims& stored = slot->claims;
  stored.iat = claims.iat;
  stored.orig = party(claims.orig);
  stored.div = party(claims.div);
  stored.dest_count = claims.dest_count;
  std::transform(claims.dests().begin(), claims.dests().end(), stored.dest.begin(), party);
  stored.attest = of_payload(claims.attest);
  stored.origid = of_payload(claims.origid);
  stored.nam = of_payload(claims.nam);
  stored.crn = of_payload(claims.crn);
  if (!of_value.all_within() || !of_payload.all_within()) return false;
  std::copy(value.begin(), value.end(), slot->value.begin());
  std::copy_n(token.payload.begin(), payload_size, slot->payload.begin());
  std::copy_n(token.signature.begin(), kEs256Size, slot->signature.begin());
  slot->value_size = static_cast<uint16_t>(value.size());
  slot->payload_size = static_cast<uint16_t>(payload_size);
  slot->flags = token.read_flags;
  slot->credential = token.judged_by;
  slot->judged = token.judged;
  return true;
}

void Restore(const Slot& slot, std::string_view value, Token* token) {
  const StoredHeader& header = slot.header;
  const char* text = value.data();
  token->value = {.token = header.token.In(text),
                  .header = header.header.In(text),
                  .payload = header.payload.In(text),
                  .signature = header.signature.In(text),
                  .info = header.info.In(text),
                  .ppt_text = header.ppt_text.In(text),
                  .ppt = header.ppt,
                  .flags = header.flags};
  token->signed_octets = header.signed_octets.In(text);
  std::copy_n(slot.payload.begin(), slot.payload_size, token->payload.begin());
  std::copy_n(slot.signature.begin(), kEs256Size, token->signature.begin());
  token->signature_size = kEs256Size;
  const StoredClaims& stored = slot.claims;
  const char* payload = token->payload.data();
  Claims& claims = token->claims;
  claims.iat = stored.iat;
  claims.orig = stored.orig.In(payload);
  claims.div = stored.div.In(payload);
  claims.dest_count = stored.dest_count;
  for (uint32_t i = 0; i < stored.dest_count; ++i) claims.dest[i] = stored.dest[i].In(payload);
  claims.attest = stored.attest.In(payload);
  claims.origid = stored.origid.In(payload);
  claims.nam = stored.nam.In(payload);
  claims.crn = stored.crn.In(payload);
  claims.opt = {};
  token->flags.Add(slot.flags);
  token->read_flags = slot.flags;
  token->stands_alone = true;
  token->remembered = true;
  token->judged_by = slot.credential;
  token->judged = slot.judged;
}

}  // namespace

class TokenCache::Impl {
 public:
  explicit Impl(uint32_t tokens)
      : sets_(std::bit_ceil(std::clamp(tokens, kWays, kMostTokens)) / kWays) {
    randombytes_buf(secret_.bytes.data(), secret_.bytes.size());
    for (Set& set : sets_) set.lock.Init(platform::Sharing::kPrivate);
  }

  bool Find(std::string_view value, Token* token) {
    if (!Fits(value)) return false;
    const uint64_t hash = KeyedHash64(secret_, value);
    Set& set = SetOf(hash);
    const platform::LockGuard guard(&set.lock);
    Slot* slot = set.Find(hash, value);
    ++(slot != nullptr ? set.hits : set.misses);
    if (slot == nullptr) return false;
    slot->used = ++set.turn;
    Restore(*slot, value, token);
    return true;
  }

  void Keep(std::string_view value, const Token& token) {
    if (!Fits(value)) return;
    const uint64_t hash = KeyedHash64(secret_, value);
    Set& set = SetOf(hash);
    const platform::LockGuard guard(&set.lock);
    Slot* slot = set.Find(hash, value);
    if (slot == nullptr) slot = set.Oldest();
    slot->value_size = 0;
    slot->hash = hash;
    slot->used = ++set.turn;
    if (!Store(token, value, slot)) slot->used = 0;
  }

  Statistics statistics() {
    Statistics sum;
    for (Set& set : sets_) {
      const platform::LockGuard guard(&set.lock);
      sum.hits += set.hits;
      sum.misses += set.misses;
    }
    return sum;
  }

 private:
  static constexpr uint32_t kWays = 4;
  static constexpr uint32_t kMostTokens = uint32_t{1} << 20;

  struct Set {
    platform::SharedLock lock{};
    uint64_t turn = 0;
    uint64_t hits = 0;
    uint64_t misses = 0;
    std::array<Slot, kWays> slots;

    Slot* Find(uint64_t hash, std::string_view value) {
      const auto found = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) {
        return slot.hash == hash && slot.value_size != 0 &&
               value == std::string_view(slot.value.data(), slot.value_size);
      });
      return found == slots.end() ? nullptr : &*found;
    }
    Slot* Oldest() {
      return &*std::min_element(slots.begin(), slots.end(),
                                [](const Slot& a, const Slot& b) { return a.used < b.used; });
    }
  };
  static_assert(sizeof(Set) <= kWays * kTokenBytes);

  static bool Fits(std::string_view value) { return !value.empty() && value.size() <= kMostValue; }
  Set& SetOf(uint64_t hash) { return sets_[hash & (sets_.size() - 1)]; }

  HashSecret secret_;
  std::vector<Set> sets_;
};

TokenCache::TokenCache(uint32_t tokens) : impl_(std::make_unique<Impl>(tokens)) {}
TokenCache::~TokenCache() = default;

bool TokenCache::Find(std::string_view value, Token* token) const {
  return impl_->Find(value, token);
}
void TokenCache::Keep(std::string_view value, const Token& token) const {
  impl_->Keep(value, token);
}
TokenCache::Statistics TokenCache::statistics() const { return impl_->statistics(); }

}  // namespace sipward::identity
