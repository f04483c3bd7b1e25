// The digits of a number out of what they are written in: marks between them, a URI, parameters.
#ifndef SIPWARD_NUMBERING_NUMBER_TEXT_H_
#define SIPWARD_NUMBERING_NUMBER_TEXT_H_

#include <array>
#include <string_view>

#include "numbering/numbering.h"

namespace sipward::numbering {

class NumberText {
 public:
  // `+1 (202) 555-0100;ext=1`, `tel:`, `sip:` or `sips:` and a URI, with octets as %2B. False if
  // there stands anything else than one number, or nothing, or more than kMaxDigits digits.
  bool Read(std::string_view text);

  std::string_view digits() const { return {digits_.data(), size_}; }
  // A + stood in front.
  bool international() const { return international_; }
  // Digits of a parameter phone-context that begins with a +; empty if there is none.
  std::string_view context() const { return {context_.data(), context_size_}; }

 private:
  std::array<char, kMaxDigits> digits_;
  std::array<char, kMaxDigits> context_;
  size_t size_ = 0, context_size_ = 0;
  bool international_ = false;
};

}  // namespace sipward::numbering

#endif  // SIPWARD_NUMBERING_NUMBER_TEXT_H_
