// Which of many texts another text is, begins with or ends in.
#ifndef SIPWARD_RULES_TEXT_INDEX_H_
#define SIPWARD_RULES_TEXT_INDEX_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace sipward::rules {

// Built once. A look-up is one pass over as much of the text as the longest held text has, with a
// probe of a hash table at each length that is held. The hash is not keyed: whoever writes the
// rules chooses what is held, and whoever chooses what is looked up cannot make the table slower
// than its longest run.
class TextIndex {
 public:
  enum class Part : uint8_t { kWhole, kFront, kBack };
  // `fold`: ASCII letters are equal in either case.
  TextIndex(Part part, bool fold) : part_(part), fold_(fold) {}

  // An empty text is for kWhole alone.
  void Add(std::string_view text, uint32_t id);
  // After the last Add.
  void Finish();
  bool empty() const { return slots_.empty(); }

  // Calls found(id) for every id whose text this is, or begins or ends with.
  template <typename Found>
  void Find(std::string_view text, Found found) const {
    if (text.size() < shortest_ || !MayHold(text)) return;
    if (held_.size() <= kFew) return Compare(text, found);
    if (part_ == Part::kWhole) {
      if (text.size() > longest_ || !LengthHeld(text.size())) return;
      Hash hash;
      for (size_t i = 0; i < text.size(); ++i) hash.Add(At(text, i));
      return Probe(text, text.size(), hash, found);
    }
    Hash hash;
    for (size_t i = 0; i < text.size() && i < longest_; ++i) {
      hash.Add(At(text, i));
      if (LengthHeld(i + 1)) Probe(text, i + 1, hash, found);
    }
  }

 private:
  // From the front of the text, or from its end backwards.
  class Hash {
   public:
    void Add(char c) {
      value_ = (value_ ^ static_cast<uint8_t>(c)) * 0x9e3779b97f4a7c15u;
      value_ ^= value_ >> 29;
    }
    uint32_t value() const { return static_cast<uint32_t>(value_ >> 32 ^ value_); }

   private:
    uint64_t value_ = 0x2545f4914f6cdd1du;
  };
  struct Held {
    uint32_t begin = 0, length = 0;  // in bytes_, in the order of At
    uint32_t first_id = 0, id_count = 0;
  };
  struct Slot {
    uint32_t hash = 0;
    uint32_t held = 0;  // number from 1; 0: empty
  };
  static constexpr size_t kMarkBytes = 4;
  static constexpr size_t kFew = 4;  // so many are compared, each by itself

  char At(std::string_view text, size_t i) const {
    const char c = part_ == Part::kBack ? text[text.size() - 1 - i] : text[i];
    return fold_ ? ToLower(c) : c;
  }
  bool LengthHeld(size_t length) const { return (lengths_[length / 64] >> length % 64 & 1) != 0; }
  // Most texts differ in their first bytes from all that are held.
  bool MayHold(std::string_view text) const {
    const uint32_t mark = MarkOf(text);
    return (marks_[mark / 64] >> mark % 64 & 1) != 0;
  }
  uint32_t MarkOf(std::string_view text) const {
    uint32_t mark = 0;
    for (size_t i = 0; i < mark_bytes_; ++i) {
      mark = mark << 8 | static_cast<uint8_t>(At(text, i));
    }
    return static_cast<uint32_t>(uint64_t{mark} * 0x9e3779b97f4a7c15u >> mark_shift_);
  }
  bool Equals(const Held& held, std::string_view text) const {
    for (size_t i = 0; i < held.length; ++i) {
      if (bytes_[held.begin + i] != At(text, i)) return false;
    }
    return true;
  }
  template <typename Found>
  void Compare(std::string_view text, Found found) const {
    for (const Held& held : held_) {
      const bool fits =
          part_ == Part::kWhole ? text.size() == held.length : text.size() >= held.length;
      if (!fits || !Equals(held, text)) continue;
      for (uint32_t i = 0; i < held.id_count; ++i) found(ids_[held.first_id + i]);
    }
  }
  template <typename Found>
  void Probe(std::string_view text, size_t length, const Hash& hash, Found found) const {
    const size_t mask = slots_.size() - 1;
    for (size_t at = hash.value() & mask; slots_[at].held != 0; at = (at + 1) & mask) {
      if (slots_[at].hash != hash.value()) continue;
      const Held& held = held_[slots_[at].held - 1];
      if (held.length != length || !Equals(held, text)) continue;
      for (uint32_t i = 0; i < held.id_count; ++i) found(ids_[held.first_id + i]);
      return;
    }
  }
  void Hold(const std::string& text, const std::vector<uint32_t>& ids);

  Part part_;
  bool fold_;
  size_t shortest_ = 0, longest_ = 0;
  size_t mark_bytes_ = 0;
  unsigned mark_shift_ = 63;
  std::map<std::string, std::vector<uint32_t>> added_;  // empty after Finish
  std::string bytes_;
  std::vector<Held> held_;
  std::vector<uint32_t> ids_;
  std::vector<Slot> slots_;
  std::vector<uint64_t> lengths_;  // a bit for each length that is held
  std::vector<uint64_t> marks_;    // a bit for each hash of first bytes
};

// All indices over one text.
class TextIndices {
 public:
  void Add(TextIndex::Part part, bool fold, std::string_view text, uint32_t id) {
    index(part, fold).Add(text, id);
  }
  void Finish();

  template <typename Found>
  void Find(std::string_view text, Found found) const {
    for (const uint8_t i : used_) indices_[i].Find(text, found);
  }

 private:
  static constexpr size_t kIndices = 6;
  TextIndex& index(TextIndex::Part part, bool fold) {
    return indices_[2 * static_cast<size_t>(part) + (fold ? 1 : 0)];
  }

  std::array<TextIndex, kIndices> indices_ = {
      TextIndex(TextIndex::Part::kWhole, false), TextIndex(TextIndex::Part::kWhole, true),
      TextIndex(TextIndex::Part::kFront, false), TextIndex(TextIndex::Part::kFront, true),
      TextIndex(TextIndex::Part::kBack, false),  TextIndex(TextIndex::Part::kBack, true)};
  std::vector<uint8_t> used_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TEXT_INDEX_H_
