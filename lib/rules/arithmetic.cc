// Whole numbers that stop at the ends of their range instead of wrapping round, and times of day.
#include <charconv>
#include <limits>

#include "base/ascii.h"
#include "rules/machine.h"

namespace sipward::rules {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

}  // namespace

int64_t SaturatingAdd(int64_t a, int64_t b) {
  int64_t result;
  if (!__builtin_add_overflow(a, b, &result)) return result;
  return b < 0 ? kMin : kMax;
}

int64_t SaturatingSubtract(int64_t a, int64_t b) {
  int64_t result;
  if (!__builtin_sub_overflow(a, b, &result)) return result;
  return b < 0 ? kMax : kMin;
}

int64_t SaturatingMultiply(int64_t a, int64_t b) {
  int64_t result;
  if (!__builtin_mul_overflow(a, b, &result)) return result;
  return (a < 0) == (b < 0) ? kMax : kMin;
}

int64_t Divide(int64_t a, int64_t b) {
  if (b == 0) return 0;
  return b == -1 ? SaturatingSubtract(0, a) : a / b;
}

int64_t Modulo(int64_t a, int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }

int64_t HourOf(Nanos time) {
  const Nanos of_day = time % kDay;
  return (of_day < 0 ? of_day + kDay : of_day) / kHour;
}

int64_t WeekdayOf(Nanos time) {
  constexpr int64_t kFirstOf1970 = 3;  // a Thursday
  const int64_t day = time / kDay - (time % kDay < 0 ? 1 : 0);
  const int64_t weekday = (day + kFirstOf1970) % 7;
  return weekday < 0 ? weekday + 7 : weekday;
}

std::optional<int64_t> ToInt(std::string_view text) {
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (text.empty() || !IsDigit(text.front())) return std::nullopt;
  }
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace sipward::rules
