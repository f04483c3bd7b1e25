#include "identity/der.h"

#include "base/ascii.h"

namespace sipward::identity {
namespace {

// Days from 1970-01-01 to a date of the Gregorian calendar: years begin in March, so that the leap
// day is the last.
int64_t DaysOf(int64_t year, int64_t month, int64_t day) {
  if (month <= 2) --year;
  const int64_t shifted = month > 2 ? month - 3 : month + 9;
  const int64_t day_of_year = (153 * shifted + 2) / 5 + day - 1;
  return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

constexpr int64_t DaysIn(int64_t year, int64_t month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// YYYYMMDDHHMMSSZ
std::optional<int64_t> SecondsOf(int64_t year, std::string_view rest) {
  int64_t part[5];
  for (size_t i = 0; i < 5; ++i) part[i] = (rest[2 * i] - '0') * 10 + (rest[2 * i + 1] - '0');
  const auto& [month, day, hour, minute, second] = part;
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return ((DaysOf(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

}  // namespace

std::optional<std::string_view> DerReader::Take(uint8_t tag) {
  if (rest_.size() < 2 || !At(tag)) return std::nullopt;
  size_t length = static_cast<uint8_t>(rest_[1]);
  size_t head = 2;
  if (length >= 0x80) {
    const size_t octets = length & 0x7f;
    // No indefinite length; four octets say more than any document here may have.
    if (octets == 0 || octets > 4 || rest_.size() < head + octets) return std::nullopt;
    length = 0;
    for (size_t i = 0; i < octets; ++i)
      length = length << 8 | static_cast<uint8_t>(rest_[head + i]);
    // The shortest form: no leading zero, and one octet where one is enough.
    if (rest_[head] == '\0' || length < 0x80) return std::nullopt;
    head += octets;
  }
  if (length > rest_.size() - head) return std::nullopt;
  const std::string_view contents = rest_.substr(head, length);
  rest_.remove_prefix(head + length);
  return contents;
}

std::optional<std::string_view> DerReader::TakeWhole(uint8_t tag) {
  const std::string_view before = rest_;
  if (!Take(tag)) return std::nullopt;
  return before.substr(0, before.size() - rest_.size());
}

std::optional<std::string_view> DerReader::TakeLast(uint8_t tag) {
  const std::string_view before = rest_;
  const std::optional<std::string_view> contents = Take(tag);
  if (contents && rest_.empty()) return contents;
  rest_ = before;
  return std::nullopt;
}

std::optional<uint64_t> DerReader::TakeUnsigned() {
  const std::string_view before = rest_;
  std::optional<std::string_view> contents = Take(der::kInteger);
  if (!contents) return std::nullopt;
  const auto octet = [&](size_t i) { return static_cast<uint8_t>((*contents)[i]); };
  const bool padded = contents->size() > 1 && octet(0) == 0 && octet(1) < 0x80;
  if (contents->empty() || octet(0) >= 0x80 || padded) {
    rest_ = before;
    return std::nullopt;
  }
  if (octet(0) == 0 && contents->size() > 1) contents->remove_prefix(1);
  if (contents->size() > sizeof(uint64_t)) return UINT64_MAX;
  uint64_t number = 0;
  for (size_t i = 0; i < contents->size(); ++i) number = number << 8 | octet(i);
  return number;
}

std::optional<int64_t> DerReader::TakeTime() {
  const std::string_view before = rest_;
  const size_t digits = At(der::kUtcTime) ? 12 : 14;
  const auto text = Take(At(der::kUtcTime) ? der::kUtcTime : der::kGeneralizedTime);
  std::optional<int64_t> seconds;
  if (text && text->size() == digits + 1 && text->back() == 'Z') {
    bool all = true;
    for (const char c : text->substr(0, digits)) all = all && IsDigit(c);
    const size_t of_year = digits - 10;
    int64_t year = 0;
    for (const char c : text->substr(0, of_year)) year = year * 10 + (c - '0');
    if (of_year == 2) year += year < 50 ? 2000 : 1900;
    if (all) seconds = SecondsOf(year, text->substr(of_year));
  }
  if (!seconds) rest_ = before;
  return seconds;
}

}  // namespace sipward::identity
