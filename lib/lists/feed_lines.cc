#include "lists/feed_lines.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "lists/feed_json.h"

namespace sipward::lists {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // byte order mark
constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr size_t kMostColumns = 256;

std::string_view WithoutMark(std::string_view bytes) {
  if (bytes.substr(0, kMark.size()) == kMark) bytes.remove_prefix(kMark.size());
  return bytes;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// The first line that says something.
std::string_view FirstLine(std::string_view bytes) {
  for (Lines lines(bytes); !lines.done();) {
    const std::string_view line = Trim(lines.Take());
    if (!line.empty() && line.front() != '#' && line.front() != ';') return line;
  }
  return {};
}

char CommaIn(std::string_view line) {
  char best = ',';
  const auto count = [&](char c) { return std::count(line.begin(), line.end(), c); };
  for (const char c : {';', '\t'}) {
    if (count(c) > count(best)) best = c;
  }
  return best;
}

FeedFormat FormatOf(const FeedSettings& settings, std::string_view bytes) {
  if (settings.format != FeedFormat::kAuto) return settings.format;
  const std::string_view line = FirstLine(WithoutMark(bytes));
  if (!line.empty() && (line.front() == '{' || line.front() == '[')) return FeedFormat::kJson;
  if (!settings.column.empty() || !settings.ttl_column.empty() || !settings.reason_column.empty()) {
    return FeedFormat::kCsv;
  }
  const bool commas = line.find(',') != std::string_view::npos;
  return commas && settings.kind != FeedKind::kAgent ? FeedFormat::kCsv : FeedFormat::kLines;
}

}  // namespace

std::unique_ptr<FeedReader> FeedReader::Make(const FeedSettings& settings, std::string_view bytes) {
  switch (FormatOf(settings, bytes)) {
    case FeedFormat::kJson:
      return std::make_unique<JsonReader>(settings, WithoutMark(bytes));
    case FeedFormat::kCsv:
      return std::make_unique<CsvReader>(settings, WithoutMark(bytes));
    default:
      return std::make_unique<LineReader>(settings, WithoutMark(bytes));
  }
}

Lines::Lines(std::string_view bytes) : bytes_(bytes) {}

std::string_view Lines::Take() {
  const size_t end = std::min(bytes_.find('\n', at_), bytes_.size());
  const std::string_view line = bytes_.substr(at_, end - at_);
  at_ = end + 1;
  ++number_;
  return line;
}

FeedItem LineReader::Next() {
  FeedItem item;
  if (lines_.done()) return item;
  const std::string_view line = lines_.Take();
  const size_t begin = std::min(line.find_first_not_of(kSpace), line.size());
  item.line = lines_.number();
  item.column = static_cast<uint32_t>(begin + 1);
  std::string_view text = Trim(line);
  item.kind = FeedItem::Kind::kNothing;
  if (text.empty() || text.front() == '#' || text.front() == ';') return item;
  item.kind = FeedItem::Kind::kEntry;
  // Spaces stand in numbers and in names of programs, and semicolons in the latter.
  const std::string_view ends = kind_ == FeedKind::kAgent    ? ""
                                : kind_ == FeedKind::kNumber ? ";#,"
                                                             : " \t;#,";
  const size_t end = ends.empty() ? text.size() : std::min(text.find_first_of(ends), text.size());
  item.text = Trim(text.substr(0, end));
  const size_t reason = text.find_first_not_of(" \t;#,", end);
  if (end < text.size() && reason != std::string_view::npos) item.reason = text.substr(reason);
  return item;
}

CsvReader::CsvReader(const FeedSettings& settings, std::string_view bytes)
    : bytes_(bytes),
      comma_(CommaIn(FirstLine(bytes))),
      column_(settings.column),
      ttl_column_(settings.ttl_column),
      reason_column_(settings.reason_column) {}

// One row, over several lines where a quoted cell holds line ends. False if a quote is not closed.
bool CsvReader::Row(std::vector<Cell>* cells) {
  cells->clear();
  size_t line_begin = at_;
  for (;;) {
    Cell cell{{}, line_, static_cast<uint32_t>(at_ - line_begin + 1)};
    if (at_ < bytes_.size() && bytes_[at_] == '"') {
      for (++at_;; ++at_) {
        if (at_ >= bytes_.size()) return false;
        if (bytes_[at_] == '\n') {
          ++line_;
          line_begin = at_ + 1;
        }
        if (bytes_[at_] != '"') {
          cell.text += bytes_[at_];
        } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
          cell.text += bytes_[++at_];
        } else {
          ++at_;
          break;
        }
      }
    }
    while (at_ < bytes_.size() && bytes_[at_] != comma_ && bytes_[at_] != '\n') {
      cell.text += bytes_[at_++];
    }
    if (cells->size() < kMostColumns) cells->push_back(std::move(cell));
    if (at_ >= bytes_.size() || bytes_[at_++] == '\n') break;
  }
  ++line_;
  return true;
}

std::optional<size_t> CsvReader::ColumnOf(const std::string& wanted,
                                          const std::vector<Cell>& header) const {
  const auto is_wanted = [&](const Cell& cell) {
    return EqualsIgnoreCase(Trim(cell.text), wanted);
  };
  const auto found = std::find_if(header.begin(), header.end(), is_wanted);
  if (found == header.end()) return std::nullopt;
  return static_cast<size_t>(found - header.begin());
}

// Which columns are meant: by number, or by what the first row calls them. False if that names one
// that is not there.
bool CsvReader::TakeHeader() {
  started_ = true;
  const auto number = [](const std::string& text) -> std::optional<size_t> {
    size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0) return std::nullopt;
    return value - 1;
  };
  const bool by_name = (!column_.empty() && !number(column_)) ||
                       (!ttl_column_.empty() && !number(ttl_column_)) ||
                       (!reason_column_.empty() && !number(reason_column_));
  std::vector<Cell> header;
  if (by_name) {
    while (at_ < bytes_.size() && (bytes_[at_] == '#' || bytes_[at_] == '\n')) Row(&header);
    if (at_ < bytes_.size() && !Row(&header)) return false;
  }
  const auto column = [&](const std::string& wanted) {
    return number(wanted) ? number(wanted) : ColumnOf(wanted, header);
  };
  entry_ = column_.empty() ? 0 : column(column_);
  if (!ttl_column_.empty()) ttl_ = column(ttl_column_);
  if (!reason_column_.empty()) reason_ = column(reason_column_);
  return entry_ && (ttl_column_.empty() || ttl_) && (reason_column_.empty() || reason_);
}

FeedItem CsvReader::Broken() {
  broken_ = true;
  FeedItem item;
  item.kind = FeedItem::Kind::kBroken;
  item.line = line_;
  item.column = 1;
  return item;
}

FeedItem CsvReader::Next() {
  FeedItem item;
  if (broken_) return item;
  if (!started_ && !TakeHeader()) return Broken();
  if (at_ >= bytes_.size()) return item;
  item.line = line_;
  item.column = 1;
  item.kind = FeedItem::Kind::kNothing;
  if (bytes_[at_] == '#') {
    at_ = std::min(bytes_.find('\n', at_), bytes_.size() - 1) + 1;
    ++line_;
    return item;
  }
  std::vector<Cell> cells;
  if (!Row(&cells)) return Broken();
  if (cells.size() == 1 && Trim(cells[0].text).empty()) return item;
  item.kind = FeedItem::Kind::kBad;
  if (*entry_ >= cells.size()) return item;
  item.kind = FeedItem::Kind::kEntry;
  item.line = cells[*entry_].line;
  item.column = cells[*entry_].column;
  item.text = Trim(cells[*entry_].text);
  if (ttl_ && *ttl_ < cells.size()) item.ttl = Trim(cells[*ttl_].text);
  if (reason_ && *reason_ < cells.size()) item.reason = Trim(cells[*reason_].text);
  return item;
}

}  // namespace sipward::lists
