#include <algorithm>
#include <array>

#include "lists/lists.h"

namespace sipward::lists {
namespace {

constexpr size_t kMaxFileBytes = size_t{64} << 20;
constexpr size_t kMaxEntries = 4'000'000;
constexpr std::array<std::string_view, 5> kNames = {"cidr", "prefix", "domain", "exact", "pattern"};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

// Up to a '#' behind white space.
std::string_view WithoutComment(std::string_view line) {
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '#' && IsSpace(line[i - 1])) return line.substr(0, i);
  }
  return line;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

void CutValues(Entry* entry) {
  const std::string_view line = entry->text;
  const size_t comma = line.find(',');
  if (comma == std::string_view::npos) return;
  entry->text = Trimmed(line.substr(0, comma));
  entry->values = line.substr(comma + 1);
  entry->values_column = static_cast<uint32_t>(entry->column + comma + 1);
}

// The cell in quotes at the front of `text`, which is cut off. False if it is not closed.
bool TakeQuoted(std::string_view* text, std::string* cell) {
  for (size_t at = 1; at < text->size(); ++at) {
    if ((*text)[at] == '"') {
      if (at + 1 == text->size() || (*text)[at + 1] != '"') {
        text->remove_prefix(at + 1);
        return true;
      }
      ++at;
    }
    *cell += (*text)[at];
  }
  return false;
}

}  // namespace

bool SplitCells(const Entry& entry, std::vector<Cell>* cells, EntryError* error) {
  cells->clear();
  if (entry.values_column == 0) return true;
  std::string_view left = entry.values;
  for (;;) {
    while (!left.empty() && IsSpace(left.front())) left.remove_prefix(1);
    Cell& cell = cells->emplace_back();
    cell.column = entry.values_column + static_cast<uint32_t>(left.data() - entry.values.data());
    const bool quoted = !left.empty() && left.front() == '"';
    if (quoted && !TakeQuoted(&left, &cell.text)) {
      *error = {0, cell.column, "this value is not closed"};
      return false;
    }
    const size_t comma = left.find(',');
    const std::string_view rest = Trimmed(left.substr(0, comma));
    if (quoted && !rest.empty()) {
      *error = {0, cell.column, "something stands behind the closing quote of this value"};
      return false;
    }
    if (!quoted) cell.text = rest;
    if (comma == std::string_view::npos) return true;
    left.remove_prefix(comma + 1);
  }
}

std::string_view KindName(Kind kind) {
  const auto index = static_cast<size_t>(kind);
  return index < kNames.size() ? kNames[index] : std::string_view();
}

std::optional<Kind> FindKind(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

std::vector<Entry> SplitEntries(std::string_view file, Kind kind, bool with_values) {
  std::vector<Entry> entries;
  const bool too_long = file.size() > kMaxFileBytes;
  if (too_long) file = file.substr(0, kMaxFileBytes);
  size_t at = file.substr(0, kByteOrderMark.size()) == kByteOrderMark ? kByteOrderMark.size() : 0;
  uint32_t number = 0;
  while (at < file.size()) {
    const size_t end = std::min(file.find('\n', at), file.size());
    const size_t line_start = at;
    std::string_view line = file.substr(at, end - at);
    at = end + 1;
    ++number;
    size_t begin = 0;
    while (begin < line.size() && IsSpace(line[begin])) ++begin;
    line.remove_prefix(begin);
    if (line.empty() || line.front() == '#') continue;
    if (kind != Kind::kPattern) line = WithoutComment(line);
    while (IsSpace(line.back())) line.remove_suffix(1);
    const size_t column = (number == 1 ? line_start : 0) + begin + 1;
    Entry entry{line, number, static_cast<uint32_t>(column)};
    if (with_values) CutValues(&entry);
    if (entries.size() == kMaxEntries) entry = Entry{{}, number, 1, true};
    entries.push_back(entry);
    if (entry.beyond_limit) return entries;
  }
  if (too_long) entries.push_back(Entry{{}, number, 1, true});
  return entries;
}

}  // namespace sipward::lists
