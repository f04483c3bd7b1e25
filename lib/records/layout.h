// Which cell of a row means what.
#ifndef SIPWARD_RECORDS_LAYOUT_H_
#define SIPWARD_RECORDS_LAYOUT_H_

#include <array>
#include <cstdint>
#include <optional>

#include "records/cells.h"
#include "records/column.h"
#include "records/records.h"

namespace sipward::records {

struct Layout {
  Format format = Format::kCsv;
  char delimiter = ',';
  uint16_t least = 0;  // cells that a row has at least
  uint16_t used = 0;   // of the places
  struct Place {
    uint16_t cell = 0;  // from 0, ascending
    Column column = Column::kStart;
    friend bool operator==(const Place&, const Place&) = default;
  };
  std::array<Place, kColumns> place{};
  friend bool operator==(const Layout&, const Layout&) = default;

  bool Has(Column column) const;
  // The cell means `column`, unless another cell does. False then.
  bool Add(size_t cell, Column column);
};

// The layout of a format whose files have no header line.
Layout LayoutOf(Format format);
// The layout that a header line shows: cells that are names, among them when a call began and who
// called or was called.
std::optional<Layout> LayoutOfHeader(const Cells& cells, char delimiter, const Names& names);
// The format without a header line of which a row looks like one. A row must have its times, its
// words and its numbers where the format has them.
std::optional<Format> FormatOfRow(const Cells& cells);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_LAYOUT_H_
