// What dynamic lists hold, and what is looked for in them.
//
// An entry says by a mark how long it is: the bits of a network, the digits of a prefix, the labels
// of a domain. A look-up probes only lengths that the table has a mark of, the longest first.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

using facts::Value;
using lists::Kind;

constexpr uint8_t kFirstV6Mark = 33;  // behind those of IPv4, 0 to 32
constexpr uint8_t kV4Bits = 32, kV6Bits = 128;
// Wider networks would be a continent.
constexpr uint8_t kLeastV4Bits = 8, kLeastV6Bits = 16;
constexpr size_t kMostLabels = (lists::kMostName + 1) / 2;
static_assert(kFirstV6Mark + kV6Bits < state::kMarks && lists::kMostDigits < state::kMarks &&
              kMostLabels < state::kMarks);

struct Key {
  Hash128 hash;
  uint8_t mark = 0;
};

std::string_view WithoutPlus(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  return text;
}

// A name as it is compared: lower case, no root. Of one that is too long for an entry only the end
// is there, with a byte more than any entry has.
class Name {
 public:
  explicit Name(std::string_view text) {
    if (!text.empty() && text.back() == '.') text.remove_suffix(1);
    text = text.substr(text.size() - std::min(text.size(), bytes_.size()));
    size_ = text.size();
    std::transform(text.begin(), text.end(), bytes_.begin(), ToLower);
    for (size_t at = size_; at > 0; --at) {
      if (bytes_[at - 1] == '.' && count_ < starts_.size()) {
        starts_[count_++] = static_cast<uint8_t>(at);
      }
    }
    if (size_ <= lists::kMostName && count_ < starts_.size()) starts_[count_++] = 0;
  }
  std::string_view text() const { return {bytes_.data(), size_}; }
  // Names that an entry may be: of 1 label, of 2, and so on.
  uint8_t labels() const { return count_; }
  std::string_view Last(uint8_t labels) const { return text().substr(starts_[labels - 1u]); }

 private:
  std::array<char, lists::kMostName + 1> bytes_;
  size_t size_ = 0;
  std::array<uint8_t, kMostLabels> starts_;
  uint8_t count_ = 0;
};

Key KeyOfNet(const IpAddress& ip, uint8_t bits, const HashSecret& secret) {
  std::array<char, 32> bytes;
  const Value net = Value::Net({ip.Prefix(bits), bits});
  const auto mark = static_cast<uint8_t>(ip.is_v4() ? bits : kFirstV6Mark + bits);
  return {KeyedHash128(secret, {bytes.data(), CanonicalBytes(net, secret, bytes)}), mark};
}

Key KeyOfText(std::string_view text, size_t mark, const HashSecret& secret) {
  std::array<char, 2 + 255> bytes;
  const size_t used = CanonicalBytes(Value::String(text), secret, bytes);
  return {KeyedHash128(secret, {bytes.data(), used}), static_cast<uint8_t>(mark)};
}

// The key under which an entry stands; nothing if the list cannot have it.
std::optional<Key> KeyOf(Kind kind, const Value& value, const HashSecret& secret) {
  if (!value.present()) return std::nullopt;
  switch (kind) {
    case Kind::kCidr: {
      const IpAddress ip = value.address();
      const uint8_t most = ip.is_v4() ? kV4Bits : kV6Bits;
      const uint8_t bits = value.kind == Value::Kind::kIp ? most : value.bits;
      if (bits < (ip.is_v4() ? kLeastV4Bits : kLeastV6Bits)) return std::nullopt;
      return KeyOfNet(ip, bits, secret);
    }
    case Kind::kPrefix: {
      const std::string_view digits = WithoutPlus(value.str());
      if (!lists::IsEntry(kind, digits)) return std::nullopt;
      return KeyOfText(digits, digits.size(), secret);
    }
    case Kind::kDomain: {
      if (!lists::IsEntry(kind, value.str())) return std::nullopt;
      const Name name(value.str());
      return KeyOfText(name.text(), name.labels(), secret);
    }
    default:
      if (value.str().empty()) return std::nullopt;
      return KeyOfText(value.str(), 0, secret);
  }
}

// Asks `holds` for every key under which an entry that fits may stand, until one does.
template <class Holds>
bool AnyKey(Kind kind, const Value& value, const HashSecret& secret, const state::MarkSet& marks,
            const Holds& holds) {
  if (kind == Kind::kCidr) {
    const IpAddress ip = value.address();
    const bool v4 = ip.is_v4();
    const unsigned first = v4 ? 0 : kFirstV6Mark;
    for (uint8_t bits = v4 ? kV4Bits : kV6Bits; bits > 0; --bits) {
      if (marks.Has(first + bits) && holds(KeyOfNet(ip, bits, secret).hash)) return true;
    }
    return false;
  }
  if (kind == Kind::kPrefix) {
    const std::string_view text = WithoutPlus(value.str());
    for (size_t size = std::min(text.size(), lists::kMostDigits); size > 0; --size) {
      if (!marks.Has(static_cast<unsigned>(size))) continue;
      if (holds(KeyOfText(text.substr(0, size), size, secret).hash)) return true;
    }
    return false;
  }
  if (kind == Kind::kDomain) {
    const Name name(value.str());
    for (uint8_t labels = name.labels(); labels > 0; --labels) {
      if (!marks.Has(labels)) continue;
      if (holds(KeyOfText(name.Last(labels), labels, secret).hash)) return true;
    }
    return false;
  }
  return marks.Has(0) && holds(KeyOfText(value.str(), 0, secret).hash);
}

}  // namespace

DynamicTable::Added DynamicTable::Add(const Value& value, std::string_view reason, Nanos until,
                                      Nanos now) const {
  const auto key = KeyOf(kind_, value, region_->secret());
  if (!key) return Added::kRefused;
  std::array<char, 64> text;
  const size_t size = Text(value, text);
  const bool displaced =
      region_->Ban(table_, key->hash, {text.data(), size}, reason, until, now, key->mark);
  return displaced ? Added::kDisplaced : Added::kAdded;
}

bool DynamicTable::Find(const Value& value, Nanos now, state::BanInfo* info) const {
  if (!value.present()) return false;
  return AnyKey(kind_, value, region_->secret(), region_->Marks(table_),
                [&](const Hash128& key) { return region_->IsBanned(table_, key, now, info); });
}

bool DynamicTable::FindEntry(const Value& value, Nanos now, state::BanInfo* info) const {
  const auto key = KeyOf(kind_, value, region_->secret());
  return key && region_->IsBanned(table_, key->hash, now, info);
}

bool DynamicTable::Remove(const Value& value, Nanos now) const {
  const auto key = KeyOf(kind_, value, region_->secret());
  if (!key) return false;
  const bool there = region_->IsBanned(table_, key->hash, now, nullptr);
  region_->Reset(table_, key->hash);
  return there;
}

std::optional<Hash128> DynamicTable::HashOf(const Value& value) const {
  const auto key = KeyOf(kind_, value, region_->secret());
  return key ? std::optional(key->hash) : std::nullopt;
}

size_t DynamicTable::Text(const Value& value, std::span<char> out) const {
  if (kind_ == Kind::kPrefix) return KeyText(Value::String(WithoutPlus(value.str())), out);
  if (kind_ == Kind::kDomain) return KeyText(Value::String(Name(value.str()).text()), out);
  return KeyText(value, out);
}

}  // namespace sipward::rules
