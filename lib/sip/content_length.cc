#include "sip/content_length.h"

#include "base/ascii.h"

namespace sipward::sip {

void ContentLength::Take(std::string_view value, uint32_t offset, AnomalyLog& log) {
  const bool again = present_;
  present_ = true;
  uint64_t number = 0;
  bool digits = !value.empty();
  for (const char c : value) {
    digits = IsDigit(c);
    if (!digits) break;
    if (number <= UINT32_MAX) number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  if (!digits || number > UINT32_MAX) {
    log.Add(digits ? AnomalyId::kContentLengthOverflow : AnomalyId::kContentLengthNotDigits,
            offset);
    broken_ = true;
    return;
  }
  if (again && !broken_) {
    if (number == value_) {
      log.Add(AnomalyId::kContentLengthDuplicate, offset);
    } else {
      log.Add(AnomalyId::kContentLengthConflict, offset);
      log.Add(AnomalyId::kContentLengthConflict, first_);  // either may be the one that is believed
      broken_ = true;
    }
    return;
  }
  value_ = static_cast<uint32_t>(number);
  first_ = offset;
}

}  // namespace sipward::sip
