#include "rules/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sipward::rules {
namespace {

constexpr size_t kMaxSourceLine = 240;

std::string_view LineOf(std::string_view text, uint32_t line) {
  while (line > 1) {
    const size_t newline = text.find('\n');
    if (newline == std::string_view::npos) return {};
    text.remove_prefix(newline + 1);
    --line;
  }
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text.substr(0, kMaxSourceLine);
}

// Letters put in, left out, changed, or two beside each other exchanged.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

}  // namespace

uint32_t Diagnostics::AddSource(std::string_view name, std::string_view text) {
  Source source{std::string(name), std::string(text), {0}};
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') source.lines.push_back(static_cast<uint32_t>(i + 1));
  }
  sources_.push_back(std::move(source));
  return static_cast<uint32_t>(sources_.size() - 1);
}

Diagnostics::Position Diagnostics::Locate(const Span& span) const {
  const Source& source = sources_[span.file];
  const std::string_view text = source.text;
  auto at = static_cast<uint32_t>(std::min<size_t>(span.offset, text.size()));
  const auto behind = std::upper_bound(source.lines.begin(), source.lines.end(), at);
  size_t begin = *(behind - 1);
  if (begin == 0 && text.starts_with("\xef\xbb\xbf")) {  // a byte order mark is in no column
    begin = 3;
    at = std::max(at, 3u);
  }
  Position position;
  position.line = static_cast<uint32_t>(behind - source.lines.begin());
  position.column = static_cast<uint32_t>(at - begin + 1);
  size_t end = behind == source.lines.end() ? text.size() : *behind - 1;
  if (end > begin && text[end - 1] == '\r') --end;
  position.source_line = text.substr(begin, std::min(end - begin, kMaxSourceLine));
  return position;
}

std::string Diagnostics::Place(const Span& span) const {
  const Position position = Locate(span);
  return Name(span.file) + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column);
}

uint32_t Diagnostics::Line(const Span& span) const { return Locate(span).line; }

void Diagnostics::Error(std::string_view code, const Span& span, std::string message,
                        std::string hint) {
  Add(Severity::kError, code, span, std::move(message), std::move(hint));
}

void Diagnostics::Warning(std::string_view code, const Span& span, std::string message,
                          std::string hint) {
  Add(Severity::kWarning, code, span, std::move(message), std::move(hint));
}

void Diagnostics::Add(Severity severity, std::string_view code, const Span& span,
                      std::string message, std::string hint) {
  if (!seen_.emplace(std::string(code), span.file, span.offset).second) return;
  const Position position = Locate(span);
  Entry entry;
  entry.file = span.file;
  Diagnostic& d = entry.diagnostic;
  d.severity = severity;
  d.code = code;
  d.file = Name(span.file);
  d.line = position.line;
  d.column = position.column;
  // What spans several lines is marked to the end of its first.
  const size_t rest = position.source_line.size() + 1 -
                      std::min<size_t>(position.column, position.source_line.size() + 1);
  d.length = static_cast<uint32_t>(std::clamp<size_t>(span.length, 1, std::max<size_t>(rest, 1)));
  d.message = std::move(message);
  d.hint = std::move(hint);
  d.source_line = position.source_line;
  Keep(severity, std::move(entry));
}

void Diagnostics::FileError(std::string_view code, uint32_t file, std::string message) {
  Entry entry;
  entry.file = file;
  entry.diagnostic.code = code;
  entry.diagnostic.file = Name(file);
  entry.diagnostic.message = std::move(message);
  Keep(Severity::kError, std::move(entry));
}

void Diagnostics::ListError(std::string_view code, std::string_view path, std::string_view text,
                            uint32_t line, uint32_t column, std::string message) {
  Entry entry;
  entry.file = static_cast<uint32_t>(sources_.size());
  Diagnostic& d = entry.diagnostic;
  d.code = code;
  d.file = path;
  d.line = line;
  d.column = column;
  d.source_line = LineOf(text, line);
  d.length = static_cast<uint32_t>(std::max<size_t>(
      1, d.source_line.size() + 1 - std::min<size_t>(column, d.source_line.size() + 1)));
  d.message = std::move(message);
  Keep(Severity::kError, std::move(entry));
}

void Diagnostics::Keep(Severity severity, Entry entry) {
  if (severity == Severity::kError) ++error_count_;
  auto& kept = severity == Severity::kError ? errors_ : warnings_;
  if (kept.size() < limit_) kept.push_back(std::move(entry));
}

std::vector<Diagnostic> Diagnostics::Sorted() const {
  const auto before = [](const Entry& a, const Entry& b) {
    return std::tie(a.file, a.diagnostic.line, a.diagnostic.column) <
           std::tie(b.file, b.diagnostic.line, b.diagnostic.column);
  };
  std::vector<Diagnostic> result;
  for (auto group : {errors_, warnings_}) {
    std::stable_sort(group.begin(), group.end(), before);
    for (Entry& entry : group) {
      if (result.size() < limit_) result.push_back(std::move(entry.diagnostic));
    }
  }
  return result;
}

void Diagnostics::Rewind(size_t errors) {
  error_count_ = std::min(error_count_, errors);
  if (errors_.size() > errors) errors_.resize(errors);
  warnings_.clear();
  seen_.clear();
}

Diagnostics::Mark Diagnostics::Now() const {
  return {sources_.size(), errors_.size(), warnings_.size(), error_count_};
}

void Diagnostics::GoBackTo(const Mark& mark) noexcept {
  const auto cut = [](auto& items, size_t size) {
    items.erase(items.begin() + static_cast<ptrdiff_t>(size), items.end());
  };
  cut(sources_, mark.sources);
  cut(errors_, mark.errors);
  cut(warnings_, mark.warnings);
  error_count_ = mark.error_count;
  std::erase_if(seen_, [&](const auto& place) { return std::get<1>(place) >= mark.sources; });
}

std::string_view Nearest(std::string_view name, std::span<const std::string_view> candidates) {
  constexpr size_t kLongestName = 64;
  if (name.size() > kLongestName) return {};
  std::string_view best;
  size_t best_distance = std::min(name.size(), std::max<size_t>(1, name.size() / 3) + 1);
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const size_t distance = EditDistance(name, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string DidYouMean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view nearest = Nearest(name, candidates);
  return nearest.empty() ? "" : "Did you mean '" + std::string(nearest) + "'?";
}

std::string Diagnostics::OneLine(const Span& span) const {
  std::string line;
  for (const char c : Text(span)) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

}  // namespace sipward::rules
