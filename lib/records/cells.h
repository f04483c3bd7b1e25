// A row of CSV cut into cells.
#ifndef SIPWARD_RECORDS_CELLS_H_
#define SIPWARD_RECORDS_CELLS_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "records/values.h"

namespace sipward::records {

inline constexpr size_t kMostCells = 256;  // those behind are counted, not kept

// How a quoted cell says a quote. RFC 4180 doubles it, as Asterisk does; some put a backslash
// before it; FreeSWITCH's templates write it as it is.
enum class Quoting : uint8_t {
  kDoubled,
  kBackslash,  // or doubled
  kLoose,      // a quote ends a cell only before a delimiter or the end of the line; one line
};
inline constexpr Quoting kQuotings[] = {Quoting::kDoubled, Quoting::kBackslash, Quoting::kLoose};

struct Cell {
  const char* data = nullptr;
  uint32_t size = 0;
  bool escaped = false;  // quotes in it are not as meant
};

struct Cells {
  size_t count = 0;
  Quoting quoting = Quoting::kDoubled;
  const char* end = nullptr;  // of the row, without the end of its line
  bool spans = false;         // the row has more lines than one
  std::array<Cell, kMostCells> cell;
};

enum class Cut : uint8_t { kOk, kMore, kBad };

// Cuts the row that begins at the start of `bytes`; `line` is its first line, without its end.
// kMore: a quote is open and `bytes`, which are not the last, end before it may be.
Cut CutRow(std::string_view bytes, std::string_view line, bool last, char delimiter,
           Quoting quoting, Cells* out);

// The text of a cell, written to the scratch where it is not as it stands. False if it is longer
// than kMostText.
bool TextOf(const Cell& cell, Quoting quoting, Scratch* scratch, std::string_view* out);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_CELLS_H_
