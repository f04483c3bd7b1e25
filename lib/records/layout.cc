#include "records/layout.h"

#include <algorithm>
#include <span>

#include "base/ascii.h"
#include "records/outcome.h"
#include "records/quantity.h"

namespace sipward::records {
namespace {

struct Fixed {
  uint16_t cell;
  Column column;
};

// cdr-csv's Master.csv: 16 columns, then uniqueid and userfield if loguniqueid and loguserfield say
// so. FreeSWITCH's template "asterisk" has them all.
constexpr Fixed kAsterisk[] = {
    {0, Column::kAccount},      {1, Column::kCaller},    {2, Column::kCallee},
    {3, Column::kContext},      {4, Column::kClid},      {5, Column::kChannel},
    {6, Column::kFarChannel},   {9, Column::kStart},     {10, Column::kAnswer},
    {11, Column::kEnd},         {12, Column::kDuration}, {13, Column::kBillsec},
    {14, Column::kDisposition}, {16, Column::kId},
};
// mod_cdr_csv's template "example" and those that begin like it.
constexpr Fixed kFreeswitch[] = {
    {0, Column::kCallerName},  {1, Column::kCaller},   {2, Column::kCallee},
    {3, Column::kContext},     {4, Column::kStart},    {5, Column::kAnswer},
    {6, Column::kEnd},         {7, Column::kDuration}, {8, Column::kBillsec},
    {9, Column::kDisposition}, {10, Column::kId},      {12, Column::kAccount},
};
// The table acc, without its id, and the extra columns that the default configuration proposes.
constexpr Fixed kKamailio[] = {
    {0, Column::kMethod}, {3, Column::kCallId},   {4, Column::kCode},     {6, Column::kStart},
    {7, Column::kCaller}, {9, Column::kSourceIp}, {10, Column::kDialled}, {11, Column::kCallee},
};

std::string_view At(const Cells& cells, size_t cell) {
  if (cell >= std::min(cells.count, kMostCells)) return {};
  return Trimmed({cells.cell[cell].data, cells.cell[cell].size});
}

bool IsTime(const Cells& cells, size_t cell) {
  const std::string_view text = At(cells, cell);
  Nanos time = 0;
  return text.size() >= 10 && TimeReader(0).Time(text, &time) != Read::kBad;
}
bool IsTimeOrNothing(const Cells& cells, size_t cell) {
  return At(cells, cell).empty() || IsTime(cells, cell);
}
bool IsSeconds(const Cells& cells, size_t cell) {
  Nanos duration = 0;
  return Duration(At(cells, cell), &duration) != Read::kBad;
}

bool IsAsterisk(const Cells& cells) {
  return cells.count >= 16 && IsTime(cells, 9) && IsTimeOrNothing(cells, 10) &&
         IsTimeOrNothing(cells, 11) && IsSeconds(cells, 12) && IsSeconds(cells, 13) &&
         FindOutcome(At(cells, 14)).has_value();
}

bool IsFreeswitch(const Cells& cells) {
  return cells.count >= 10 && IsTime(cells, 4) && IsTimeOrNothing(cells, 5) &&
         IsTimeOrNothing(cells, 6) && IsSeconds(cells, 7) && IsSeconds(cells, 8) &&
         FindOutcome(At(cells, 9)).has_value();
}

bool IsMethod(std::string_view text) {
  return text.size() >= 3 && text.size() <= 9 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsKamailio(const Cells& cells) {
  return cells.count >= 7 && IsMethod(At(cells, 0)) && StatusCode(At(cells, 4)) != 0 &&
         IsTime(cells, 6);
}

}  // namespace

bool Layout::Has(Column column) const {
  return std::any_of(place.begin(), place.begin() + used,
                     [&](const Place& p) { return p.column == column; });
}

bool Layout::Add(size_t cell, Column column) {
  if (Has(column) || cell >= kMostCells) return false;
  place[used++] = {static_cast<uint16_t>(cell), column};
  std::sort(place.begin(), place.begin() + used,
            [](const Place& a, const Place& b) { return a.cell < b.cell; });
  return true;
}

Layout LayoutOf(Format format) {
  Layout layout;
  layout.format = format;
  std::span<const Fixed> fixed;
  if (format == Format::kAsterisk) fixed = kAsterisk, layout.least = 16;
  if (format == Format::kFreeswitch) fixed = kFreeswitch, layout.least = 10;
  if (format == Format::kKamailio) fixed = kKamailio, layout.least = 7;
  for (const Fixed& entry : fixed) layout.Add(entry.cell, entry.column);
  return layout;
}

std::optional<Layout> LayoutOfHeader(const Cells& cells, char delimiter, const Names& names) {
  Layout layout;
  layout.delimiter = delimiter;
  layout.least = static_cast<uint16_t>(std::min(cells.count, kMostCells));
  for (size_t i = 0; i < layout.least; ++i) {
    std::string_view name = At(cells, i);
    if (const auto column = names.Find(name)) layout.Add(i, *column);
  }
  const bool party = layout.Has(Column::kCaller) || layout.Has(Column::kCallee) ||
                     layout.Has(Column::kAccount) || layout.Has(Column::kCallId) ||
                     layout.Has(Column::kClid) || layout.Has(Column::kDialled);
  const bool when = layout.Has(Column::kStart) || layout.Has(Column::kAnswer) ||
                    (layout.Has(Column::kEnd) && layout.Has(Column::kDuration));
  if (!party || !when) return std::nullopt;
  if (layout.Has(Column::kMethod)) layout.format = Format::kKamailio;
  return layout;
}

std::optional<Format> FormatOfRow(const Cells& cells) {
  if (IsAsterisk(cells)) return Format::kAsterisk;
  if (IsFreeswitch(cells)) return Format::kFreeswitch;
  if (IsKamailio(cells)) return Format::kKamailio;
  return std::nullopt;
}

}  // namespace sipward::records
