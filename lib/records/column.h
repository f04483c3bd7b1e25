// Which names stand for which column.
#ifndef SIPWARD_RECORDS_COLUMN_H_
#define SIPWARD_RECORDS_COLUMN_H_

#include <array>
#include <optional>
#include <string_view>

#include "records/records.h"

namespace sipward::records {

// The names of the formats that are known, and those of a mapping, which come first. Letters count
// alike in either case; a blank, a hyphen and a dot as `_`.
class Names {
 public:
  static constexpr size_t kMost = 192;
  static constexpr size_t kMostName = 64;

  Names();
  // In place of what the name meant. False if there is no room, or the name is none.
  bool Put(std::string_view name, Column column);
  std::optional<Column> Find(std::string_view name) const;

 private:
  static constexpr size_t kSlots = 512;
  struct Entry {
    uint8_t size = 0;  // 0: free
    Column column = Column::kStart;
    std::array<char, kMostName> name;
    std::string_view view() const { return {name.data(), size}; }
  };
  static size_t SlotOf(std::string_view name);

  size_t count_ = 0;
  std::array<Entry, kSlots> slots_;
};

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_COLUMN_H_
