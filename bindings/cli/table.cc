#include "table.h"

#include <algorithm>

#include "text.h"

namespace sipward::cli {

void Table::AddColumn(std::string title, Align align) {
  titles_.push_back(std::move(title));
  aligns_.push_back(align);
}

void Table::AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

std::string Table::Render() const {
  std::vector<size_t> widths(titles_.size(), 0);
  const auto measure = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(cells[i]));
    }
  };
  measure(titles_);
  for (const auto& row : rows_) measure(row);

  std::string out;
  const auto write = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < widths.size(); ++i) {
      const std::string padding(widths[i] - DisplayWidth(cells[i]), ' ');
      if (i > 0) out += "  ";
      out += aligns_[i] == Align::kRight ? padding + cells[i] : cells[i] + padding;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  };
  write(titles_);
  for (const auto& row : rows_) write(row);
  return out;
}

}  // namespace sipward::cli
