// One row of an explained message: bytes above, marks and names below.
#ifndef SIPWARD_BINDINGS_CLI_EXPLAIN_ROW_H_
#define SIPWARD_BINDINGS_CLI_EXPLAIN_ROW_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::cli {

// The bytes from `begin` to `end` of a message as they are shown, and where each stands.
class ExplainRow {
 public:
  // Takes bytes from `begin` on: up to a line feed, which is part of the row, or to as many columns
  // as fit. Of an ordinary line end (CRLF) nothing is shown.
  ExplainRow(std::string_view bytes, size_t begin);

  size_t begin() const { return begin_; }
  size_t end() const { return begin_ + columns_.size(); }
  const std::string& text() const { return text_; }
  // Of the byte at `offset`, or behind the last one.
  size_t ColumnOf(size_t offset) const;

 private:
  size_t begin_;
  std::string text_;
  size_t width_ = 0;
  std::vector<size_t> columns_;  // one for each byte
};

// A name below a row, and what it is the name of.
struct ExplainMark {
  size_t column;
  size_t width;
  std::string_view label;
};

// The lines below a row: `^~~~` under every mark, then the names, each as high as it can stand
// without touching another, with a stroke up to its mark. Marks are sorted and do not overlap.
std::vector<std::string> LayOut(const std::vector<ExplainMark>& marks);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EXPLAIN_ROW_H_
