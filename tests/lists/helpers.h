// What the tests of lists share.
#ifndef SIPWARD_TESTS_LISTS_HELPERS_H_
#define SIPWARD_TESTS_LISTS_HELPERS_H_

#include <memory>
#include <string>
#include <vector>

#include "lists/lists.h"

namespace sipward::lists {

// Numbered from 1, as in an inline list.
inline std::vector<Entry> Inline(const std::vector<std::string>& texts) {
  std::vector<Entry> entries;
  for (const std::string& text : texts) {
    entries.push_back(Entry{text, static_cast<uint32_t>(entries.size() + 1), 1});
  }
  return entries;
}

inline std::shared_ptr<const List> Make(Kind kind, const std::vector<std::string>& texts,
                                        bool nocase = false) {
  return List::Build(kind, nocase, Inline(texts), nullptr);
}

// The error of a list that has to be refused.
inline EntryError ErrorOf(Kind kind, const std::vector<std::string>& texts) {
  EntryError error;
  const auto list = List::Build(kind, false, Inline(texts), &error);
  return list == nullptr ? error : EntryError{0, 0, "accepted"};
}

}  // namespace sipward::lists

#endif  // SIPWARD_TESTS_LISTS_HELPERS_H_
