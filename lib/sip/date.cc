#include <array>

#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

constexpr std::array<int, 12> kDaysBefore = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysIn(int month, int year) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<size_t>(month)] + (month == 1 && IsLeap(year) ? 1 : 0);
}

// Days from 1 January 1970 to 1 January of `year`, in the calendar that RFC 1123 writes.
int64_t DaysBefore(int year) {
  const auto leaps = [](int64_t until) { return until / 4 - until / 100 + until / 400; };
  const int64_t last = year - 1;  // of year 0, one leap year (itself) is still to come
  return 365 * int64_t{year - 1970} + leaps(last) - leaps(1969) - (year == 0 ? 1 : 0);
}

int Number(std::string_view text, size_t at, size_t digits) {
  int number = 0;
  for (const char c : text.substr(at, digits)) number = number * 10 + (c - '0');
  return number;
}

int Month(std::string_view text) {
  constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return static_cast<int>(kNames.find(text)) / 3;
}

}  // namespace

bool ParseDate(const char* base, Slice text, AnomalyLog& log, int64_t* seconds) {
  const Slice date = Trim(base, text);
  const MachineResult match = MatchDate(base, date);
  if (!match.accepted) {
    log.Add(AnomalyId::kDateMalformed, match.stop);
    return false;
  }
  // The grammar fixes every place: "Sun, 06 Nov 1994 08:49:37 GMT".
  const std::string_view bytes = date.In(base);
  constexpr uint32_t kDay = 5;
  const int day = Number(bytes, kDay, 2);
  const int month = Month(bytes.substr(8, 3));
  const int year = Number(bytes, 12, 4);
  if (day > DaysIn(month, year)) {
    log.Add(AnomalyId::kDateMalformed, date.offset + kDay);
    return false;
  }
  const int64_t days = DaysBefore(year) + kDaysBefore[static_cast<size_t>(month)] + day - 1 +
                       (month > 1 && IsLeap(year) ? 1 : 0);
  *seconds =
      ((days * 24 + Number(bytes, 17, 2)) * 60 + Number(bytes, 20, 2)) * 60 + Number(bytes, 23, 2);
  return true;
}

}  // namespace sipward::sip
