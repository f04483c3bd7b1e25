// Values that entries of lists carry: `list[x].risk`.
#ifndef SIPWARD_RULES_LIST_VALUES_H_
#define SIPWARD_RULES_LIST_VALUES_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace sipward::rules {

// One value of every entry. Lists may have millions of entries: what fits into eight bytes takes no
// more.
class ListColumn {
 public:
  ListColumn(std::string name, facts::Type type) : name_(std::move(name)), type_(type) {}

  const std::string& name() const { return name_; }
  facts::Type type() const { return type_; }
  // Of the next entry; absent: it has none. A text must outlive the column.
  void Add(const facts::Value& value);
  // By the number of the entry, from 1; 0 is no entry.
  facts::Value At(uint32_t entry) const;

 private:
  bool IsSmall() const;

  std::string name_;
  facts::Type type_;
  std::vector<int64_t> small_;       // ints, and floats bit by bit
  std::vector<facts::Value> large_;  // all others
  std::vector<bool> present_;        // of small_
};

// A value as list files write it; nothing if the text is none of this type. An empty text is an
// absent value.
std::optional<facts::Value> ParseListValue(std::string_view text, facts::Type type,
                                           std::deque<std::string>* texts);
// 12.50: exactly, up to 6 decimals.
std::optional<int64_t> ParseMoney(std::string_view text);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_LIST_VALUES_H_
