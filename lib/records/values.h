// The texts of one row by what they mean.
#ifndef SIPWARD_RECORDS_VALUES_H_
#define SIPWARD_RECORDS_VALUES_H_

#include <array>
#include <bitset>
#include <cstring>
#include <string_view>

#include "records/records.h"

namespace sipward::records {

// White space around a value, and what databases write for nothing.
inline std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Values {
  std::array<std::string_view, kColumns> text;
  std::bitset<kColumns> named;  // the row has a place for it, be it empty

  void Clear() {
    text.fill({});
    named.reset();
  }
  std::string_view operator[](Column column) const { return text[static_cast<size_t>(column)]; }
  bool IsNamed(Column column) const { return named.test(static_cast<size_t>(column)); }
  void Set(Column column, std::string_view value) {
    named.set(static_cast<size_t>(column));
    value = Trimmed(value);
    if (value == "\\N" || value == "NULL" || value == "null") value = {};
    text[static_cast<size_t>(column)] = value;
  }
};

// Room for texts that are not as they stand: quotes were doubled, JSON was escaped. Fixed: every
// column has its most.
class Scratch {
 public:
  void Clear() { size_ = 0; }
  // Room for a text of at most `size` bytes, which is at most kMostText; Take says how many it has.
  char* Room(size_t size) { return size_ + size <= room_.size() ? room_.data() + size_ : nullptr; }
  std::string_view Take(size_t size) {
    const std::string_view text(room_.data() + size_, size);
    size_ += size;
    return text;
  }

 private:
  size_t size_ = 0;
  std::array<char, kColumns * kMostText> room_;
};

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_VALUES_H_
