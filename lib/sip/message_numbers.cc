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
      return {kMost32, AnomalyId::kExpiresRange, AnomalyId::kExpiresRange};
    default:
      return {kMost32, AnomalyId::kNumberOverflow, AnomalyId::kNumberMalformed};
  }
}

}  // namespace

int64_t Message::number(HeaderId id) {
  if (id == HeaderId::kContentLength) return content_length_;
  if (KindOf(id) != HeaderKind::kNumber) return HoldsNumber(id) ? ItemNumber(id) : -1;
  int64_t& number = scratch_->numbers[static_cast<size_t>(id)];
  if (!FirstRead(Scratch::kFirstHeaderSlot + static_cast<int>(id))) return number;
  number = -1;
  const Header* header = Find(id);
  if (header == nullptr) return number;

  const char* base = bytes_.data();
  const NumberRule rule = RuleOf(id);
  const Slice part = header->value;
  const std::string_view text = part.In(base);
  if (text.empty() || !std::all_of(text.begin(), text.end(), IsDigit)) {
    log_.Add(rule.not_digits, part.offset);
    log_.Add(AnomalyId::kNumberMalformed, part.offset);
    return number;
  }
  uint64_t value = 0;
  if (ParseNumber(base, part, rule.most, rule.out_of_range, log_, &value)) {
    number = static_cast<int64_t>(value);
  } else if (id == HeaderId::kMaxForwards && value > kMost32) {
    log_.Add(AnomalyId::kNumberOverflow, part.offset);
  }
  return number;
}

// A number with parameters behind it: its grammar has named what is wrong.
int64_t Message::ItemNumber(HeaderId id) {
  const std::span<const Item> values = items(id);
  return values.empty() ? -1 : ReadSessionExpires(bytes_.data(), values.front()).seconds;
}

std::optional<int64_t> Message::date() {
  std::optional<int64_t>& date = scratch_->date;
  if (!FirstRead(Scratch::kFirstHeaderSlot + static_cast<int>(HeaderId::kDate))) return date;
  date.reset();
  const Header* header = Find(HeaderId::kDate);
  int64_t seconds = 0;
  if (header != nullptr && ParseDate(bytes_.data(), header->value, log_, &seconds)) date = seconds;
  return date;
}

}  // namespace sipward::sip
