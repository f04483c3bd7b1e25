// Headers whose value is one number.
#include "base/ascii.h"
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
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
  if (FirstRead(id)) ReadNumber(id, Find(id));
  return scratch_->numbers[static_cast<size_t>(id)];
}

void Message::ReadNumber(HeaderId id, const Header* first) {
  int64_t& number = scratch_->numbers[static_cast<size_t>(id)];
  number = -1;
  if (first == nullptr) return;
  const NumberRule rule = RuleOf(id);
  uint64_t value = 0;
  bool digits = !first->value.empty();
  for (const char c : first->value.In(bytes_.data())) {
    digits = IsDigit(c);
    if (!digits) break;
    if (value <= kMost32) value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  const uint32_t place = first->value.offset;
  if (!digits) {
    log_.Add(rule.not_digits, place);
    log_.Add(AnomalyId::kNumberMalformed, place);
  } else if (value > rule.most) {
    log_.Add(rule.out_of_range, place);
    if (id == HeaderId::kMaxForwards && value > kMost32) {
      log_.Add(AnomalyId::kNumberOverflow, place);
    }
  } else {
    number = static_cast<int64_t>(value);
  }
}

// A number with parameters behind it: its grammar has named what is wrong.
int64_t Message::ItemNumber(HeaderId id) {
  const std::span<const Item> values = items(id);
  return values.empty() ? -1 : ReadSessionExpires(bytes_.data(), values.front()).seconds;
}

std::optional<int64_t> Message::date() {
  std::optional<int64_t>& date = scratch_->date;
  if (!FirstRead(HeaderId::kDate)) return date;
  date.reset();
  const Header* header = Find(HeaderId::kDate);
  int64_t seconds = 0;
  if (header != nullptr && ParseDate(bytes_.data(), header->value, log_, &seconds)) date = seconds;
  return date;
}

}  // namespace sipward::sip
