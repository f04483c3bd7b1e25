// Names of headers in front of their colon: how a line is given its HeaderId. Internal to this
// folder.
#ifndef SIPWARD_SIP_HEADER_NAME_H_
#define SIPWARD_SIP_HEADER_NAME_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "sip/load.h"
#include "sip/sip.h"

namespace sipward::sip {

struct HeaderInfo {
  std::string_view name;
  char compact;
  bool singleton;
};

inline constexpr HeaderInfo kHeaders[] = {
    {"", 0, false},
#define SIPWARD_HEADER(symbol, name, compact, singleton) {name, compact, singleton},
#include "sip/header.def"
#undef SIPWARD_HEADER
};

inline constexpr size_t kLongestHeaderName = 24;
// How many octets in front of a name are read with it; the two behind are CRLF.
inline constexpr size_t kBeforeHeaderName = 16;

// The table of the names. A name is read backwards from its colon in up to three words of eight
// octets, so that no length needs a branch of its own and nothing behind the colon is touched.
namespace header_names {

inline constexpr unsigned kSlotBits = 11;

// Of the last four octets, the first two and the length; of "To" and "Via" the line end in front
// is a part. `name` has two octets or more, and CRLF in front of it.
constexpr uint32_t SlotOf(const char* colon, uint32_t length, uint32_t factor) {
  const char* begin = colon - length;
  const auto last = static_cast<uint32_t>(LoadFour(colon - 4)) | 0x20202020u;
  const auto first = static_cast<uint32_t>(LoadTwo(begin)) | 0x2020u;
  return ((last + length) * factor ^ first * 0x9E3779B1u) >> (32 - kSlotBits);
}

// What a word of a name must be once its letters are in lower case: (word | mask) == lower. Only
// letters have a mask bit, or the CR in "Call\rID" would pass for the hyphen; and every bit of an
// octet in front of the name, which may be anything.
struct Word {
  uint64_t lower = ~uint64_t{0};
  uint64_t mask = ~uint64_t{0};

  constexpr bool Is(uint64_t word) const { return (word | mask) == lower; }
};

// `words[i]` are the octets up to 8 * i before the colon.
struct alignas(64) Entry {
  std::array<Word, 3> words;
  uint8_t length = 0;
};

constexpr Entry MakeEntry(std::string_view name) {
  Entry entry;
  for (size_t i = 0; i < name.size(); ++i) {
    Word& word = entry.words[i / 8];
    const unsigned shift = 56 - static_cast<unsigned>(i % 8) * 8;
    const char c = name[name.size() - 1 - i];
    const uint64_t octet = uint64_t{0xFF} << shift;
    word.lower = (word.lower & ~octet) | LoadOctet(&c) << shift;
    word.mask &= ~octet;
    if (!IsAlpha(c)) continue;
    word.lower |= uint64_t{0x20} << shift;
    word.mask |= uint64_t{0x20} << shift;
  }
  entry.length = static_cast<uint8_t>(name.size());
  return entry;
}

// By the number of the HeaderId. Entry 0 matches nothing.
inline constexpr std::array<Entry, kHeaderIdCount> kEntries = [] {
  std::array<Entry, kHeaderIdCount> entries{};
  for (size_t i = 1; i < entries.size(); ++i) entries[i] = MakeEntry(kHeaders[i].name);
  return entries;
}();

// Of the compact letters, by their low bits.
inline constexpr std::array<HeaderId, 32> kCompact = [] {
  std::array<HeaderId, 32> ids{};
  for (size_t i = 1; i < kHeaderIdCount; ++i) {
    if (kHeaders[i].compact != 0) ids[kHeaders[i].compact & 31] = static_cast<HeaderId>(i);
  }
  return ids;
}();

struct SlotTable {
  uint32_t factor = 0;
  std::array<uint8_t, 1u << kSlotBits> entry{};
};

constexpr bool Fill(SlotTable* table) {
  table->entry.fill(0);
  for (size_t i = 1; i < kEntries.size(); ++i) {
    std::array<char, kBeforeHeaderName + kLongestHeaderName> room{};
    size_t at = kBeforeHeaderName;
    room[at - 2] = '\r';
    room[at - 1] = '\n';
    for (const char c : kHeaders[i].name) room[at++] = c;
    uint8_t& slot = table->entry[SlotOf(room.data() + at, kEntries[i].length, table->factor)];
    if (slot != 0) return false;
    slot = static_cast<uint8_t>(i);
  }
  return true;
}

// The compiler looks for a factor without collisions, so that header.def can be added to freely.
inline constexpr SlotTable kTable = [] {
  SlotTable table;
  uint32_t factor = 0x85EBCA6Bu;
  for (int attempt = 0; attempt < 400; ++attempt) {
    table.factor = factor | 1;
    if (Fill(&table)) return table;
    factor = factor * 1664525u + 1013904223u;
  }
  table.factor = 0;
  return table;
}();
static_assert(kTable.factor != 0, "no factor found: raise kSlotBits");

}  // namespace header_names

// The header whose name of `length` octets, one at least, ends before `colon`. Reads up to
// kBeforeHeaderName octets in front of the name, the last two of which must be CRLF.
inline HeaderId HeaderBefore(const char* colon, uint32_t length) {
  namespace names = header_names;
  if (length == 1) return IsAlpha(colon[-1]) ? names::kCompact[colon[-1] & 31] : HeaderId::kOther;
  const uint32_t slot = names::SlotOf(colon, length, names::kTable.factor);
  const uint8_t number = names::kTable.entry[slot];
  const names::Entry& entry = names::kEntries[number];
  const bool same = entry.length == length && entry.words[0].Is(LoadEight(colon - 8)) &&
                    entry.words[1].Is(LoadEight(colon - 16)) &&
                    (length <= 16 || entry.words[2].Is(LoadEight(colon - 24)));
  return same ? static_cast<HeaderId>(number) : HeaderId::kOther;
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_HEADER_NAME_H_
