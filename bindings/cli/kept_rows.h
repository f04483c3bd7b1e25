// Rows of a table of findings, of which there is room for some of each rule.
#ifndef SIPWARD_BINDINGS_CLI_KEPT_ROWS_H_
#define SIPWARD_BINDINGS_CLI_KEPT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html_report.h"

namespace sipward::cli {

// Decides which findings a report shows: of each rule the first ones, up to a number in all. So one
// rule that matches without end leaves room for the others.
class KeptRows {
 public:
  static constexpr size_t kMost = 5'000;
  static constexpr size_t kMostOfRule = 500;

  // A finding of these rules: whether there is room for its row.
  bool Wants(const std::vector<std::string>& rules) {
    if (rows_.size() < kMost) {
      bool wanted = false;
      for (const std::string& rule : rules) wanted |= of_rule_[rule]++ < kMostOfRule;
      if (wanted) return true;
    }
    ++left_out_;
    return false;
  }
  void Add(std::vector<HtmlValue> row) { rows_.push_back(std::move(row)); }

  bool empty() const { return rows_.empty(); }
  std::vector<std::vector<HtmlValue>> Take() { return std::move(rows_); }
  // What the table says of those that it does not show; or nothing.
  std::string LeftOut() const;

 private:
  std::vector<std::vector<HtmlValue>> rows_;
  std::unordered_map<std::string, size_t> of_rule_;
  uint64_t left_out_ = 0;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_KEPT_ROWS_H_
