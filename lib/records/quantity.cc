#include "records/quantity.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"

namespace sipward::records {
namespace {

// Seconds since 1970 of 1990-01-01 and 2100-01-01.
constexpr Nanos kFirstTime = 631'152'000 * kSecond;
constexpr Nanos kBehindTime = 4'102'444'800 * kSecond;
constexpr int64_t kMostSeconds = 1'000'000'000;
constexpr int64_t kMostMoney = 1'000'000'000'000;

bool TwoDigits(const char* text, int* out) {
  if (!IsDigit(text[0]) || !IsDigit(text[1])) return false;
  *out = (text[0] - '0') * 10 + (text[1] - '0');
  return true;
}

// Days since 1970 of a day in the Gregorian calendar, counted from March, so that the leap day is
// the last of a year.
int64_t DaysOf(int year, int month, int day) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t m = month <= 2 ? month + 9 : month - 3;
  const int64_t era_days = 365 * y + y / 4 - y / 100 + y / 400;
  return era_days + (153 * m + 2) / 5 + day - 1 - 719'468;
}

int DaysIn(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

// Digits at the front of *text, taken off it: at most 18.
bool TakeInteger(std::string_view* text, int64_t* out) {
  size_t count = 0;
  int64_t number = 0;
  while (count < text->size() && IsDigit((*text)[count])) {
    if (count == 18) return false;
    number = number * 10 + ((*text)[count++] - '0');
  }
  text->remove_prefix(count);
  *out = number;
  return count > 0;
}

// A fraction behind a point, in units of 1 / `unit`; `up`: what lies behind is rounded up.
bool TakeFraction(std::string_view* text, int64_t unit, bool up, int64_t* out) {
  *out = 0;
  if (text->empty() || (text->front() != '.' && text->front() != ',')) return true;
  text->remove_prefix(1);
  bool more = false;
  while (!text->empty() && IsDigit(text->front())) {
    unit /= 10;
    *out += (text->front() - '0') * unit;
    more = more || (unit == 0 && text->front() != '0');
    text->remove_prefix(1);
  }
  if (more && up) ++*out;
  return true;
}

// `Z`, or hours and minutes from UTC, behind a time. Without one `*offset` stays.
bool TakeZone(std::string_view text, Nanos* offset) {
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (text.empty()) return true;
  if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") {
    *offset = 0;
    return true;
  }
  const char sign = text.front();
  text.remove_prefix(1);
  int hours = 0;
  int minutes = 0;
  if ((sign != '+' && sign != '-') || text.size() < 2 || !TwoDigits(text.data(), &hours)) {
    return false;
  }
  text.remove_prefix(2);
  if (!text.empty() && text.front() == ':') text.remove_prefix(1);
  if (!text.empty() && (text.size() != 2 || !TwoDigits(text.data(), &minutes))) return false;
  if (hours > 15 || minutes > 59) return false;
  *offset = (hours * kHour + minutes * kMinute) * (sign == '-' ? -1 : 1);
  return true;
}

Read InRange(Nanos time, Nanos* out) {
  if (time < kFirstTime || time >= kBehindTime) return Read::kBad;
  *out = time;
  return Read::kOk;
}

// Seconds, milliseconds or microseconds since 1970.
Read Epoch(std::string_view text, Nanos* out) {
  int64_t number = 0;
  const size_t before = text.size();
  if (!TakeInteger(&text, &number)) return Read::kBad;
  const size_t digits = before - text.size();
  const Nanos unit = digits >= 15 ? kMicrosecond : digits >= 12 ? kMillisecond : kSecond;
  int64_t fraction = 0;
  TakeFraction(&text, unit, false, &fraction);
  if (!text.empty()) return Read::kBad;
  if (number == 0) return Read::kNone;
  Nanos time = 0;
  if (__builtin_mul_overflow(number, unit, &time) ||
      __builtin_add_overflow(time, fraction, &time)) {
    return Read::kBad;
  }
  return InRange(time, out);
}

}  // namespace

bool TimeReader::Date(const char* text, int64_t* days) {
  if (std::memcmp(text, last_date_.data(), last_date_.size()) == 0) {
    *days = last_days_;
    return true;
  }
  int century = 0;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!TwoDigits(text, &century) || !TwoDigits(text + 2, &year) || text[4] != text[7] ||
      (text[4] != '-' && text[4] != '/') || !TwoDigits(text + 5, &month) ||
      !TwoDigits(text + 8, &day)) {
    return false;
  }
  year += century * 100;
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) return false;
  *days = DaysOf(year, month, day);
  std::memcpy(last_date_.data(), text, last_date_.size());
  last_days_ = *days;
  return true;
}

Read TimeReader::Time(std::string_view text, Nanos* out) {
  if (text.empty()) return Read::kNone;
  if (text.size() < 19 || (text[4] != '-' && text[4] != '/')) return Epoch(text, out);
  if (text == "0000-00-00 00:00:00" || text == "2000-01-01 00:00:00") return Read::kNone;
  int64_t days = 0;
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!Date(text.data(), &days) || (text[10] != ' ' && text[10] != 'T' && text[10] != 't') ||
      text[13] != ':' || text[16] != ':' || !TwoDigits(text.data() + 11, &hours) ||
      !TwoDigits(text.data() + 14, &minutes) || !TwoDigits(text.data() + 17, &seconds) ||
      hours > 23 || minutes > 59 || seconds > 60) {
    return Read::kBad;
  }
  constexpr int64_t kMostDays = 100'000;  // in the year 2243; nanoseconds end in 2262
  if (days < -kMostDays || days > kMostDays) return Read::kBad;
  Nanos time = days * kDay + hours * kHour + minutes * kMinute + std::min(seconds, 59) * kSecond;
  text.remove_prefix(19);
  int64_t fraction = 0;
  TakeFraction(&text, kSecond, false, &fraction);
  Nanos offset = utc_offset_;
  if (!text.empty() && !TakeZone(text, &offset)) return Read::kBad;
  time += fraction - offset;
  return InRange(time, out);
}

Read Duration(std::string_view text, Nanos* out) {
  if (text.empty()) return Read::kNone;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  int64_t seconds = 0;
  if (!TakeInteger(&text, &seconds)) return Read::kBad;
  for (int part = 0; part < 2 && !text.empty() && text.front() == ':'; ++part) {
    int64_t next = 0;
    text.remove_prefix(1);
    if (seconds > kMostSeconds || !TakeInteger(&text, &next) || next > 59) return Read::kBad;
    seconds = seconds * 60 + next;
  }
  int64_t fraction = 0;
  TakeFraction(&text, kSecond, false, &fraction);
  if (!text.empty() || seconds > kMostSeconds) return Read::kBad;
  const Nanos duration = seconds * kSecond + fraction;
  *out = negative ? -duration : duration;
  return Read::kOk;
}

Read Money(std::string_view text, int64_t* out) {
  if (text.empty()) return Read::kNone;
  int64_t whole = 0;
  int64_t fraction = 0;
  constexpr int64_t kUnits = 1'000'000;
  // ".05" is an amount, "." is none.
  const bool bare = text.front() == '.' && text.size() > 1 && IsDigit(text[1]);
  if (!bare && !TakeInteger(&text, &whole)) return Read::kBad;
  TakeFraction(&text, kUnits, true, &fraction);
  if (!text.empty() || whole > kMostMoney) return Read::kBad;
  *out = whole * kUnits + fraction;
  return Read::kOk;
}

uint16_t StatusCode(std::string_view text) {
  if (text.size() != 3 || !IsDigit(text[0]) || !IsDigit(text[1]) || !IsDigit(text[2])) return 0;
  const int code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
  return code >= 100 && code <= 699 ? static_cast<uint16_t>(code) : uint16_t{0};
}

}  // namespace sipward::records
