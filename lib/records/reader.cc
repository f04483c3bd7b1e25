#include <algorithm>
#include <cstring>
#include <new>

#include "records/cells.h"
#include "records/column.h"
#include "records/fingerprint.h"
#include "records/interpret.h"
#include "records/json_row.h"
#include "records/layout.h"
#include "records/rates.h"

namespace sipward::records {
namespace {

constexpr size_t kMostLayouts = 16;
constexpr char kDelimiters[] = {',', ';', '\t', '|'};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(std::string_view line) {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\x1A'; });
}

bool IsObject(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  return first != line.npos && line[first] == '{';
}

std::string_view WithoutReturn(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

struct Reader::Impl {
  explicit Impl(const Options& given) : options(given), times(given.utc_offset) {
    if (options.format == Format::kAsterisk || options.format == Format::kFreeswitch ||
        options.format == Format::kKamailio) {
      Layout layout = LayoutOf(options.format);
      if (options.delimiter != 0) layout.delimiter = options.delimiter;
      Use(layout);
    }
  }

  bool Use(const Layout& layout);
  Reason ReadWith(std::string_view bytes, std::string_view line, bool last, Record* out);
  Reason ReadCells(const Layout& layout, Record* out);
  Reason ReadObject(std::string_view line, Record* out);
  Reason ReadKnown(std::string_view bytes, std::string_view line, bool last, Record* out);
  bool ReadHeader(std::string_view line);
  bool FindFormat(std::string_view bytes, std::string_view line, bool last);
  bool IsRow(std::string_view bytes, std::string_view line, bool last, Record* out);
  void Finish(std::string_view row, Record* out) const;
  void Pass(size_t bytes, size_t lines, size_t* taken);
  bool Skip(std::string_view bytes, size_t* taken);
  bool SkipMark(std::string_view bytes, bool last, size_t* taken);

  Options options;
  TimeReader times;
  Names names;
  Layout mapped;  // by places
  std::array<Layout, kMostLayouts> layouts;
  size_t layout_count = 0;
  size_t current = kMostLayouts;  // none
  bool layouts_full = false;
  bool wants_more = false;  // the row may go on behind the bytes
  bool begun = false;       // something was read
  bool skipping = false;    // of a row that is too long
  uint64_t line = 1;
  uint64_t offset = 0;
  Cells cells;
  Values values;
  Scratch scratch;
  std::shared_ptr<const Rates> rates;
};

// Equal layouts are one: a file may repeat its header line.
bool Reader::Impl::Use(const Layout& layout) {
  const auto end = layouts.begin() + static_cast<ptrdiff_t>(layout_count);
  const auto same = std::find(layouts.begin(), end, layout);
  if (same == layouts.end()) {
    layouts_full = true;
    return false;
  }
  if (same == end) layouts[layout_count++] = layout;
  current = static_cast<size_t>(same - layouts.begin());
  return true;
}

Reason Reader::Impl::ReadCells(const Layout& layout, Record* out) {
  if (cells.count < layout.least) return Reason::kCutOff;
  scratch.Clear();
  values.Clear();
  const size_t count = std::min(cells.count, kMostCells);
  for (size_t i = 0; i < layout.used && layout.place[i].cell < count; ++i) {
    std::string_view text;
    if (!TextOf(cells.cell[layout.place[i].cell], cells.quoting, &scratch, &text)) {
      return Reason::kValueSize;
    }
    values.Set(layout.place[i].column, text);
  }
  return Interpret(values, &times, out);
}

// By the layout that is current, in one way of quoting after the other.
Reason Reader::Impl::ReadWith(std::string_view bytes, std::string_view line_text, bool last,
                              Record* out) {
  const Layout& layout = layouts[current];
  Reason first = Reason::kNone;
  for (const Quoting quoting : kQuotings) {
    const Cut cut = CutRow(bytes, line_text, last, layout.delimiter, quoting, &cells);
    if (cut == Cut::kMore) {
      wants_more = true;
      return Reason::kQuotes;
    }
    const Reason reason = cut == Cut::kOk ? ReadCells(layout, out) : Reason::kQuotes;
    if (reason == Reason::kNone) return reason;
    if (first == Reason::kNone) first = reason;
    // Without a quote all ways are one.
    if (cut == Cut::kOk &&
        std::memchr(bytes.data(), '"', static_cast<size_t>(cells.end - bytes.data())) == nullptr)
      break;
  }
  return first;
}

Reason Reader::Impl::ReadObject(std::string_view line_text, Record* out) {
  scratch.Clear();
  values.Clear();
  cells.end = line_text.data() + line_text.size();
  cells.spans = false;
  const Reason reason = ReadJsonRow(line_text, names, &scratch, &values);
  return reason == Reason::kNone ? Interpret(values, &times, out) : reason;
}

bool Reader::Impl::ReadHeader(std::string_view line_text) {
  const size_t first = line_text.find_first_not_of(" \t\"#");
  if (first == line_text.npos || line_text.size() > kMostSpan) return false;
  for (const char delimiter : kDelimiters) {
    if (options.delimiter != 0 && delimiter != options.delimiter) continue;
    if (CutRow(line_text, line_text, true, delimiter, Quoting::kDoubled, &cells) != Cut::kOk)
      continue;
    const auto layout = LayoutOfHeader(cells, delimiter, names);
    if (layout) return Use(*layout) || layouts_full;
  }
  return false;
}

// In auto alone: the format of which the row looks like one, if there is one.
bool Reader::Impl::FindFormat(std::string_view bytes, std::string_view line_text, bool last) {
  if (options.format != Format::kAuto) return false;
  for (const char delimiter : kDelimiters) {
    for (const Quoting quoting : kQuotings) {
      const Cut cut = CutRow(bytes, line_text, last, delimiter, quoting, &cells);
      wants_more = cut == Cut::kMore;
      if (wants_more) return false;
      if (cut != Cut::kOk) continue;
      const auto format = FormatOfRow(cells);
      if (!format) continue;
      Layout layout = LayoutOf(*format);
      layout.delimiter = delimiter;
      return Use(layout);
    }
  }
  return false;
}

Reason Reader::Impl::ReadKnown(std::string_view bytes, std::string_view line_text, bool last,
                               Record* out) {
  out->layout = static_cast<uint32_t>(current);
  out->format = layouts[current].format;
  return layouts[current].format == Format::kJsonLines ? ReadObject(line_text, out)
                                                       : ReadWith(bytes, line_text, last, out);
}

// False: a header line. Otherwise the row is read, and out->reason says what came of it.
bool Reader::Impl::IsRow(std::string_view bytes, std::string_view line_text, bool last,
                         Record* out) {
  const bool object = IsObject(line_text) &&
                      (options.format == Format::kAuto || options.format == Format::kJsonLines);
  if (object) {
    Layout json;
    json.format = Format::kJsonLines;
    Use(json);
  }
  out->reason = Reason::kUnknownFormat;
  if (options.format == Format::kJsonLines && !object) out->reason = Reason::kJson;
  const bool usable =
      current < kMostLayouts && (layouts[current].format == Format::kJsonLines) == object;
  if (usable) {
    out->reason = ReadKnown(bytes, line_text, last, out);
    if (out->reason == Reason::kNone || wants_more) return true;
  }
  if (object || options.format == Format::kJsonLines) return true;
  layouts_full = false;
  if (ReadHeader(line_text)) {
    if (layouts_full) out->reason = Reason::kLayouts;
    return layouts_full;
  }
  const size_t before = current;
  if (FindFormat(bytes, line_text, last) && current != before) {
    out->reason = ReadKnown(bytes, line_text, last, out);
  }
  return true;
}

// What is known once the bytes of the row are.
void Reader::Impl::Finish(std::string_view row, Record* out) const {
  if (row.find('\0') != row.npos) out->reason = Reason::kNul;
  if (out->reason != Reason::kNone) return;
  if (!out->id.empty()) out->fingerprint = Fingerprint(row);
  if (rates == nullptr || (out->part != Part::kCall && out->part != Part::kBegin)) return;
  const Rates::Rate* rate = rates->Find(out->callee);
  if (rate == nullptr) return;
  if (!out->price) out->price = rate->per_minute;
  if (!out->cost) out->cost = Rates::CostOf(*rate, out->duration);
}

void Reader::Impl::Pass(size_t bytes, size_t lines, size_t* taken) {
  *taken += bytes;
  offset += bytes;
  line += lines;
  begun = true;
}

// The rest of a row that was too long. False: its end is not there yet.
bool Reader::Impl::Skip(std::string_view bytes, size_t* taken) {
  const size_t end = bytes.find('\n');
  if (end == bytes.npos) {
    Pass(bytes.size(), 0, taken);
    return false;
  }
  Pass(end + 1, 1, taken);
  skipping = false;
  return true;
}

// A byte order mark at the very beginning. False: it cannot be told yet.
bool Reader::Impl::SkipMark(std::string_view bytes, bool last, size_t* taken) {
  if (begun || bytes.empty()) return true;
  if (bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    Pass(kByteOrderMark.size(), 0, taken);
    return true;
  }
  return last || bytes.size() >= kByteOrderMark.size() ||
         kByteOrderMark.substr(0, bytes.size()) != bytes;
}

Reader::Reader(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

bool Reader::MapName(std::string_view name, Column column) {
  return impl_->names.Put(name, column);
}

void Reader::SetRates(std::shared_ptr<const Rates> rates) { impl_->rates = std::move(rates); }

bool Reader::MapPlace(uint32_t place, Column column) {
  if (place == 0 || place > kMostCells) return false;
  Impl& my = *impl_;
  if (!my.mapped.Add(place - 1, column)) return false;
  my.mapped.delimiter = my.options.delimiter != 0 ? my.options.delimiter : ',';
  my.mapped.least = std::max(my.mapped.least, static_cast<uint16_t>(place));
  my.layouts[0] = my.mapped;
  my.layout_count = 1;
  my.current = 0;
  return true;
}

Reader::Step Reader::Next(std::string_view bytes, bool last, size_t* taken, Record* out) {
  Impl& my = *impl_;
  *taken = 0;
  for (;;) {
    std::string_view rest = bytes.substr(*taken);
    if (my.skipping && !my.Skip(rest, taken)) return last ? Step::kEnd : Step::kMore;
    rest = bytes.substr(*taken);
    if (!my.SkipMark(rest, last, taken)) return Step::kMore;
    rest = bytes.substr(*taken);
    if (rest.empty()) return last ? Step::kEnd : Step::kMore;
    const size_t end = rest.substr(0, kMostRow + 1).find('\n');
    const bool whole = end != rest.npos || (last && rest.size() <= kMostRow);
    if (!whole && rest.size() <= kMostRow) return Step::kMore;
    *out = Record();
    out->line = my.line;
    out->offset = my.offset;
    if (!whole) {
      out->reason = Reason::kRowSize;
      out->size = kMostRow;
      my.skipping = true;
      my.Pass(kMostRow, 0, taken);
      return Step::kRow;
    }
    const bool has_end = end != rest.npos;
    const std::string_view line = WithoutReturn(rest.substr(0, has_end ? end : rest.size()));
    const size_t step = has_end ? end + 1 : rest.size();
    if (IsBlank(line)) {
      my.Pass(step, has_end ? 1 : 0, taken);
      continue;
    }
    my.wants_more = false;
    const bool row = my.IsRow(rest, line, last, out);
    if (my.wants_more) return Step::kMore;
    if (!row) {
      my.Pass(step, has_end ? 1 : 0, taken);
      continue;
    }
    out->size = line.size();
    if (out->reason != Reason::kNone || !my.cells.spans) {
      my.Pass(step, has_end ? 1 : 0, taken);
    } else {
      out->size = static_cast<uint64_t>(my.cells.end - rest.data());
      const size_t close = rest.find('\n', out->size);
      const size_t through = close == rest.npos ? rest.size() : close + 1;
      const auto lines =
          std::count(rest.begin(), rest.begin() + static_cast<ptrdiff_t>(through), '\n');
      my.Pass(through, static_cast<size_t>(lines), taken);
    }
    my.Finish(rest.substr(0, out->size), out);
    return Step::kRow;
  }
}

void Reader::Again(std::string_view row, uint32_t layout, Record* out) {
  Impl& my = *impl_;
  const size_t before = my.current;
  *out = Record();
  out->size = row.size();
  out->reason = Reason::kUnknownFormat;
  if (layout < my.layout_count) {
    my.current = layout;
    const size_t end = row.find('\n');
    const std::string_view line = WithoutReturn(row.substr(0, end == row.npos ? row.size() : end));
    out->reason = my.ReadKnown(row, line, true, out);
    my.current = before;
  }
  my.Finish(row, out);
}

}  // namespace sipward::records
