#include "identity/tn_auth_list.h"

#include <algorithm>
#include <tuple>

#include "base/ascii.h"
#include "identity/der.h"

namespace sipward::identity {
namespace {

bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

bool IsNumber(std::string_view text) {
  return !text.empty() && text.size() <= TnAuthList::kMaxNumber &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsDigit(c) || c == '*' || c == '#'; });
}

uint64_t Value(std::string_view digits) {
  uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<uint64_t>(c - '0');
  return value;
}

uint64_t LargestOf(size_t digits) {
  uint64_t power = 1;
  for (size_t i = 0; i < digits; ++i) power *= 10;
  return power - 1;
}

bool IsSpc(std::string_view text) {
  return !text.empty() && text.size() <= TnAuthList::kMaxSpc &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool IsShakenSpc(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

std::optional<TnAuthList> TnAuthList::Parse(std::string_view der) {
  const std::optional<std::string_view> entries = DerReader(der).TakeLast(der::kSequence);
  if (!entries || entries->empty()) return std::nullopt;
  TnAuthList list;
  DerReader reader(*entries);
  for (size_t count = 0; !reader.empty(); ++count) {
    if (count == kMaxEntries) return std::nullopt;
    bool ok = false;
    if (const auto spc = reader.Take(der::Explicit(0))) {
      const auto text = DerReader(*spc).TakeLast(der::kIa5String);
      ok = text && IsSpc(*text);
      if (ok) list.spcs_.emplace_back(*text);
    } else if (const auto range = reader.Take(der::Explicit(1))) {
      ok = list.AddRange(*range);
    } else if (const auto one = reader.Take(der::Explicit(2))) {
      const auto text = DerReader(*one).TakeLast(der::kIa5String);
      ok = text && list.AddNumber(*text);
    }
    if (!ok) return std::nullopt;
  }
  list.Settle();
  return list;
}

bool TnAuthList::AddRange(std::string_view der) {
  const auto contents = DerReader(der).TakeLast(der::kSequence);
  if (!contents) return false;
  DerReader reader(*contents);
  const auto start = reader.Take(der::kIa5String);
  if (!start || !IsNumber(*start) || !AllDigits(*start)) return false;
  const auto count = reader.TakeUnsigned();
  if (!count || *count < 2 || !reader.empty()) return false;
  // A range ends where its numbers would become longer.
  const uint64_t first = Value(*start);
  const uint64_t room = LargestOf(start->size()) - first;
  ranges_.push_back({.digits = static_cast<uint32_t>(start->size()),
                     .first = first,
                     .last = first + std::min(*count - 1, room)});
  return true;
}

bool TnAuthList::AddNumber(std::string_view number) {
  if (!IsNumber(number)) return false;
  if (AllDigits(number)) {
    const uint64_t value = Value(number);
    ranges_.push_back(
        {.digits = static_cast<uint32_t>(number.size()), .first = value, .last = value});
  } else {
    others_.emplace_back(number);
  }
  return true;
}

// Sorts, and makes one of ranges that overlap or touch.
void TnAuthList::Settle() {
  std::sort(others_.begin(), others_.end());
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) {
    return std::tie(a.digits, a.first) < std::tie(b.digits, b.first);
  });
  std::vector<Range> settled;
  for (const Range& range : ranges_) {
    if (!settled.empty() && settled.back().digits == range.digits &&
        range.first <= settled.back().last + 1) {
      settled.back().last = std::max(settled.back().last, range.last);
    } else {
      settled.push_back(range);
    }
  }
  ranges_ = std::move(settled);
}

bool TnAuthList::IsShakenProfile() const {
  return spcs_.size() == 1 && !has_numbers() && IsShakenSpc(spcs_[0]);
}

// The range of this length that holds the number.
const TnAuthList::Range* TnAuthList::Find(uint32_t digits, uint64_t number) const {
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), std::tie(digits, number),
                                [](const auto& key, const Range& range) {
                                  return key < std::tie(range.digits, range.first);
                                });
  if (after == ranges_.begin()) return nullptr;
  --after;
  return after->digits == digits && number <= after->last ? &*after : nullptr;
}

bool TnAuthList::CoversNumber(std::string_view number) const {
  if (!IsNumber(number)) return false;
  if (!AllDigits(number)) return std::binary_search(others_.begin(), others_.end(), number);
  return Find(static_cast<uint32_t>(number.size()), Value(number)) != nullptr;
}

bool TnAuthList::Encompasses(const TnAuthList& other) const {
  for (const std::string& spc : other.spcs_) {
    if (std::find(spcs_.begin(), spcs_.end(), spc) == spcs_.end()) return false;
  }
  if (!spcs_.empty()) return true;
  for (const Range& range : other.ranges_) {
    const Range* around = Find(range.digits, range.first);
    if (around == nullptr || around->last < range.last) return false;
  }
  return std::includes(others_.begin(), others_.end(), other.others_.begin(), other.others_.end());
}

}  // namespace sipward::identity
