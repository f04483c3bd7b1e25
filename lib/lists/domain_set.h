// Domains, each with everything below it.
#ifndef SIPWARD_LISTS_DOMAIN_SET_H_
#define SIPWARD_LISTS_DOMAIN_SET_H_

#include <string>
#include <string_view>

#include "lists/text_set.h"

namespace sipward::lists {

class DomainSet {
 public:
  bool Add(std::string_view text, std::string* why);
  // Whether Add would take it.
  static bool IsName(std::string_view text);
  void Finish() { names_.Finish(); }
  // One pass over the text from its end, and one probe at each dot; stops behind 253 bytes, as no
  // entry is longer.
  bool Contains(std::string_view text) const { return Find(text, false) != 0; }
  // The number of the longest entry that the text is or lies below, from 1 in the order of Add; 0:
  // none.
  uint32_t Find(std::string_view text) const { return Find(text, true); }

 private:
  uint32_t Find(std::string_view text, bool longest) const;

  TextSet names_{true};
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_DOMAIN_SET_H_
