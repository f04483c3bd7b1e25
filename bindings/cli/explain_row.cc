#include "explain_row.h"

#include <algorithm>

#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostColumns = 100;

// Writes `text` into a line that is as long as it has to be.
void Put(std::string* line, size_t column, std::string_view text) {
  if (line->size() < column + text.size()) line->resize(column + text.size(), ' ');
  line->replace(column, text.size(), text);
}

// Whether `columns` from `column` on, and one beside them, are free.
bool IsFree(const std::string& line, size_t column, size_t columns) {
  const size_t end = std::min(line.size(), column + columns + 1);
  for (size_t at = column; at < end; ++at) {
    if (line[at] != ' ') return false;
  }
  return true;
}

}  // namespace

ExplainRow::ExplainRow(std::string_view bytes, size_t begin) : begin_(begin) {
  for (size_t at = begin; at < bytes.size();) {
    if (bytes.substr(at, 2) == "\r\n") {
      columns_.insert(columns_.end(), 2, width_);
      return;
    }
    const size_t length = std::max<size_t>(DecodeUtf8(bytes, at).length, 1);
    const std::string shown = bytes[at] == '\n'   ? "\\n"
                              : bytes[at] == '\r' ? "\\r"
                                                  : Printable(bytes.substr(at, length));
    const size_t width = DisplayWidth(shown);
    if (width_ + width > kMostColumns) return;
    columns_.insert(columns_.end(), length, width_);
    text_ += shown;
    width_ += width;
    at += length;
    if (bytes[at - 1] == '\n') return;
  }
}

size_t ExplainRow::ColumnOf(size_t offset) const {
  return offset < end() ? columns_[offset - begin_] : width_;
}

std::vector<std::string> LayOut(const std::vector<ExplainMark>& marks) {
  std::vector<std::string> lines(1);
  for (const ExplainMark& mark : marks) {
    std::string stroke(std::max<size_t>(mark.width, 1), '~');
    stroke[0] = '^';
    Put(&lines[0], mark.column, stroke);
  }
  // From right to left: what is already there stands to the right, so that a stroke never crosses a
  // name.
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    size_t line = 1;
    while (line < lines.size() && !IsFree(lines[line], mark->column, mark->label.size())) {
      Put(&lines[line++], mark->column, "|");
    }
    if (line == lines.size()) lines.emplace_back();
    Put(&lines[line], mark->column, mark->label);
  }
  return lines;
}

}  // namespace sipward::cli
