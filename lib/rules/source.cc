#include "rules/source.h"

#include <array>
#include <charconv>
#include <optional>

namespace sipward::rules {
namespace {

constexpr std::string_view kHead = "sipward rules 1";

// The numbers of a line behind its word; nothing if there are not as many.
template <size_t kCount>
std::optional<std::array<uint64_t, kCount>> NumbersOf(std::string_view line) {
  std::array<uint64_t, kCount> numbers{};
  for (uint64_t& number : numbers) {
    if (line.empty() || line[0] != ' ') return std::nullopt;
    const auto [end, error] = std::from_chars(line.data() + 1, line.data() + line.size(), number);
    if (error != std::errc()) return std::nullopt;
    line.remove_prefix(static_cast<size_t>(end - line.data()));
  }
  if (!line.empty()) return std::nullopt;
  return numbers;
}

}  // namespace

void Source::AddText(std::string_view name, std::string_view text) {
  parts_ += "text " + std::to_string(name.size()) + ' ' + std::to_string(text.size()) + '\n';
  (parts_ += name) += text;
}

void Source::AddFile(std::string_view path, std::string_view named_by, std::string_view content) {
  parts_ += "file " + std::to_string(path.size()) + ' ' + std::to_string(named_by.size()) + ' ' +
            std::to_string(content.size()) + '\n';
  ((parts_ += path) += named_by) += content;
}

std::string Source::Text(uint64_t state_bytes, uint64_t event_ns) const {
  return std::string(kHead) + "\nbudget " + std::to_string(state_bytes) + ' ' +
         std::to_string(event_ns) + '\n' + parts_;
}

SourceReader::SourceReader(std::string_view bytes) : rest_(bytes) {
  std::string_view head, budget;
  if (!Line(&head) || head != kHead || !Line(&budget) || !budget.starts_with("budget")) return;
  const auto numbers = NumbersOf<2>(budget.substr(6));
  if (!numbers) return;
  ok_ = true;
  state_bytes_ = (*numbers)[0];
  event_ns_ = (*numbers)[1];
}

bool SourceReader::Line(std::string_view* line) {
  const size_t end = rest_.find('\n');
  if (end == rest_.npos) return false;
  *line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return true;
}

bool SourceReader::Take(uint64_t size, std::string_view* bytes) {
  if (size > rest_.size()) return false;
  *bytes = rest_.substr(0, static_cast<size_t>(size));
  rest_.remove_prefix(static_cast<size_t>(size));
  return true;
}

SourceReader::Part SourceReader::Next(std::string_view* name, std::string_view* by,
                                      std::string_view* content) {
  if (rest_.empty()) return Part::kEnd;
  std::string_view line;
  if (!Line(&line)) return Part::kBroken;
  const std::string_view word = line.substr(0, 4);
  const std::string_view sizes = line.substr(word.size());
  *by = {};
  if (word == "text") {
    const auto numbers = NumbersOf<2>(sizes);
    const bool there = numbers && Take((*numbers)[0], name) && Take((*numbers)[1], content);
    return there ? Part::kText : Part::kBroken;
  }
  if (word == "file") {
    const auto numbers = NumbersOf<3>(sizes);
    const bool there = numbers && Take((*numbers)[0], name) && Take((*numbers)[1], by) &&
                       Take((*numbers)[2], content);
    return there ? Part::kFile : Part::kBroken;
  }
  return Part::kBroken;
}

}  // namespace sipward::rules
