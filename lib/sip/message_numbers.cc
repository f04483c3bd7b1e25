// Headers whose value is one number.
#include <algorithm>

#include "base/ascii.h"
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/scan.h"
#include "sip/sip.h"

namespace sipward::sip {
namespace {

struct NumberRule {
  uint64_t most;
  AnomalyId out_of_range;
  AnomalyId not_digits;
};

constexpr uint64_t kMost32 = UINT32_MAX;

constexpr NumberRule RuleOf(HeaderId id) {
  switch (id) {
    case HeaderId::kMaxForwards:
      return {255, AnomalyId::kMaxForwardsRange, AnomalyId::kMaxForwardsRange};
    case HeaderId::kExpires:
    case HeaderId::kMinExpires:
    case HeaderId::kSessionExpires:
    case HeaderId::kMinSe:
      return {kMost32, AnomalyId::kExpiresRange, AnomalyId::kExpiresRange};
    default:
      return {kMost32, AnomalyId::kNumberOverflow, AnomalyId::kNumberMalformed};
  }
}

constexpr CharSet kNumberStops(";(");

// The value up to its parameters or comment, white space behind it left out.
Slice NumberPart(const char* base, Slice value) {
  return Between(value.offset, TrimEnd(base, value.offset,
                                       FindAnyOf(base, value.offset, value.end(), kNumberStops)));
}

bool HasParameters(HeaderId id) {
  return id == HeaderId::kSessionExpires || id == HeaderId::kMinSe || id == HeaderId::kRetryAfter;
}

}  // namespace

int64_t Message::number(HeaderId id) {
  if (id == HeaderId::kContentLength) return content_length_;
  if (KindOf(id) != HeaderKind::kNumber) return -1;
  int64_t& number = scratch_->numbers[static_cast<size_t>(id)];
  if (!FirstRead(Scratch::kFirstHeaderSlot + static_cast<int>(id))) return number;
  number = -1;
  const Header* header = Find(id);
  if (header == nullptr) return number;

  const char* base = bytes_.data();
  const NumberRule rule = RuleOf(id);
  const Slice part = HasParameters(id) ? NumberPart(base, header->value) : header->value;
  const std::string_view text = part.In(base);
  if (text.empty() || !std::all_of(text.begin(), text.end(), IsDigit)) {
    log_.Add(rule.not_digits, part.offset);
    return number;
  }
  uint64_t value = 0;
  if (ParseNumber(base, part, rule.most, rule.out_of_range, log_, &value)) {
    number = static_cast<int64_t>(value);
  }
  return number;
}

}  // namespace sipward::sip
