// Headers whose value is one number.
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/number.h"
#include "sip/sip.h"

namespace sipward::sip {
namespace {

struct NumberRule {
  uint64_t most;
  AnomalyId out_of_range;
};

constexpr uint64_t kMost32 = UINT32_MAX;

constexpr NumberRule RuleOf(HeaderId id) {
  switch (id) {
    case HeaderId::kMaxForwards:
      return {255, AnomalyId::kMaxForwardsRange};
    case HeaderId::kExpires:
    case HeaderId::kMinExpires:
      return {kMost32, AnomalyId::kExpiresRange};
    default:
      return {kMost32, AnomalyId::kNumberOverflow};
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
  uint64_t value;
  if (ParseWholeNumber(bytes_.data(), first->value, rule.most, rule.out_of_range, log_, &value)) {
    number = static_cast<int64_t>(value);
  } else if (id == HeaderId::kMaxForwards && value > kMost32) {
    log_.Add(AnomalyId::kNumberOverflow, first->value.offset);
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
