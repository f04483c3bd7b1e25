#include <array>
#include <bit>
#include <string_view>

#include "base/ascii.h"
#include "sip/load.h"
#include "sip/sip.h"

namespace sipward::sip {
namespace {

struct HeaderInfo {
  std::string_view name;
  char compact;
  bool singleton;
};

constexpr HeaderInfo kHeaders[] = {
    {"", 0, false},
#define SIPWARD_HEADER(symbol, name, compact, singleton) {name, compact, singleton},
#include "sip/header.def"
#undef SIPWARD_HEADER
};

constexpr size_t kLongest = 24;
constexpr uint64_t kCaseBits = 0x2020202020202020u;

// A name in three words, whatever its length: the words overlap where the name is shorter than they
// are.
struct Words {
  uint64_t a = 0, b = 0, c = 0;
};

// `text` has from 1 to kLongest octets.
constexpr Words Split(std::string_view text) {
  const char* p = text.data();
  const size_t n = text.size();
  if (n > 16) return {LoadEight(p), LoadEight(p + n - 8), LoadEight(p + 8)};
  if (n >= 8) return {LoadEight(p), LoadEight(p + n - 8), 0};
  if (n >= 4) return {LoadFour(p) | LoadFour(p + n - 4) << 32, 0, 0};
  return {LoadOctet(p) | LoadOctet(p + n / 2) << 8 | LoadOctet(p + n - 1) << 16, 0, 0};
}

constexpr uint32_t kSlots = 1024;

constexpr uint32_t SlotOf(const Words& w, size_t length, uint64_t factor) {
  const uint64_t key = (w.a | kCaseBits) ^ std::rotl(w.b | kCaseBits, 24) ^ length;
  return static_cast<uint32_t>((key * factor) >> 54);
}
static_assert(kSlots == 1u << (64 - 54), "the slot is the top bits of the product");

// What a name must be once its letters are in lower case: (word | mask) == lower. Only letters have
// a mask bit, or the CR in "Call\rID" would pass for the hyphen.
struct Entry {
  Words lower;
  Words mask;
  uint8_t length = 0;
  HeaderId id = HeaderId::kOther;
};

constexpr uint64_t LetterMask(uint64_t word) {
  uint64_t mask = 0;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    if (IsAlpha(static_cast<char>(word >> shift & 0x7F))) mask |= uint64_t{0x20} << shift;
  }
  return mask;
}

constexpr Entry MakeEntry(std::string_view name, HeaderId id) {
  const Words w = Split(name);
  Entry entry;
  entry.mask = {LetterMask(w.a), LetterMask(w.b), LetterMask(w.c)};
  entry.lower = {w.a | entry.mask.a, w.b | entry.mask.b, w.c | entry.mask.c};
  entry.length = static_cast<uint8_t>(name.size());
  entry.id = id;
  return entry;
}

// Long names and compact letters in one list; entry 0 matches nothing.
constexpr size_t kMaxEntries = 128;
struct EntryList {
  std::array<Entry, kMaxEntries> entries{};
  size_t count = 1;
};

constexpr EntryList kEntries = [] {
  EntryList list;
  for (size_t i = 1; i < kHeaderIdCount; ++i) {
    const auto id = static_cast<HeaderId>(i);
    list.entries[list.count++] = MakeEntry(kHeaders[i].name, id);
    if (kHeaders[i].compact != 0) {
      list.entries[list.count++] = MakeEntry(std::string_view(&kHeaders[i].compact, 1), id);
    }
  }
  return list;
}();

struct SlotTable {
  uint64_t factor = 0;
  std::array<uint8_t, kSlots> entry{};
};

constexpr bool Fill(SlotTable* table) {
  table->entry.fill(0);
  for (size_t i = 1; i < kEntries.count; ++i) {
    const Entry& e = kEntries.entries[i];
    uint8_t& slot = table->entry[SlotOf(e.lower, e.length, table->factor)];
    if (slot != 0) return false;
    slot = static_cast<uint8_t>(i);
  }
  return true;
}

// The compiler looks for a factor without collisions, so that header.def can be added to freely.
constexpr SlotTable kTable = [] {
  SlotTable table;
  uint64_t factor = 0x9E3779B97F4A7C15u;
  for (int attempt = 0; attempt < 400; ++attempt) {
    table.factor = factor | 1;
    if (Fill(&table)) return table;
    factor = factor * 6364136223846793005u + 1442695040888963407u;
  }
  table.factor = 0;
  return table;
}();
static_assert(kTable.factor != 0, "no factor found: raise kSlots");

}  // namespace

HeaderId FindHeader(std::string_view name) {
  if (name.empty() || name.size() > kLongest) return HeaderId::kOther;
  const Words w = Split(name);
  const Entry& e = kEntries.entries[kTable.entry[SlotOf(w, name.size(), kTable.factor)]];
  const bool same = e.length == name.size() && (w.a | e.mask.a) == e.lower.a &&
                    (w.b | e.mask.b) == e.lower.b && (w.c | e.mask.c) == e.lower.c;
  return same ? e.id : HeaderId::kOther;
}

std::string_view HeaderName(HeaderId id) { return kHeaders[static_cast<size_t>(id)].name; }

bool IsSingleton(HeaderId id) { return kHeaders[static_cast<size_t>(id)].singleton; }

}  // namespace sipward::sip
