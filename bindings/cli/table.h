// Text in columns.
#ifndef SIPWARD_BINDINGS_CLI_TABLE_H_
#define SIPWARD_BINDINGS_CLI_TABLE_H_

#include <string>
#include <vector>

namespace sipward::cli {

// Collects rows of printable cells and lines them up, two spaces between columns.
class Table {
 public:
  enum class Align { kLeft, kRight };

  void AddColumn(std::string title, Align align = Align::kLeft);
  // As many cells as there are columns.
  void AddRow(std::vector<std::string> cells);
  std::string Render() const;

 private:
  std::vector<std::string> titles_;
  std::vector<Align> aligns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_TABLE_H_
