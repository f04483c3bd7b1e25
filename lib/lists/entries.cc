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

}  // namespace

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

std::vector<Entry> SplitEntries(std::string_view file, Kind kind) {
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
    if (entries.size() == kMaxEntries) entry = Entry{{}, number, 1, true};
    entries.push_back(entry);
    if (entry.beyond_limit) return entries;
  }
  if (too_long) entries.push_back(Entry{{}, number, 1, true});
  return entries;
}

}  // namespace sipward::lists
