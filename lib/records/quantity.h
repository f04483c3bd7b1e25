// Times, durations and amounts as they stand in records.
#ifndef SIPWARD_RECORDS_QUANTITY_H_
#define SIPWARD_RECORDS_QUANTITY_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace sipward::records {

enum class Read : uint8_t { kNone, kOk, kBad };

// Reads times: ISO 8601, with a zone or in local time, a blank or T in the middle; or seconds since
// 1970 with a fraction, or milliseconds or microseconds by their number of digits. Nothing, 0,
// 0000-00-00 and what Kamailio writes before it knows (2000-01-01 00:00:00) are no time.
class TimeReader {
 public:
  explicit TimeReader(Nanos utc_offset) : utc_offset_(utc_offset) {}
  Read Time(std::string_view text, Nanos* out);

 private:
  bool Date(const char* text, int64_t* days);

  Nanos utc_offset_;
  // The date that was read last: most rows have the one of the row before.
  std::array<char, 10> last_date_{};
  int64_t last_days_ = 0;
};

// Seconds with a fraction, or hours:minutes:seconds. May be negative. More than 10^9 seconds are
// bad.
Read Duration(std::string_view text, Nanos* out);
// An amount with a fraction, in millionths; what lies behind is rounded up. Negative is bad, as is
// more than 10^12.
Read Money(std::string_view text, int64_t* out);
// A SIP status: three digits from 100 to 699.
uint16_t StatusCode(std::string_view text);  // 0: none

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_QUANTITY_H_
