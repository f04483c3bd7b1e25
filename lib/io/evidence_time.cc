#include "io/evidence_time.h"

#include <cstdio>
#include <ctime>

namespace sipward::io {

std::string EvidenceTime(int64_t wall_ns) {
  constexpr int64_t kSecond = 1'000'000'000;
  int64_t fraction = wall_ns % kSecond;
  if (fraction < 0) fraction += kSecond;
  const auto seconds = static_cast<time_t>((wall_ns - fraction) / kSecond);
  std::tm date{};
  gmtime_r(&seconds, &date);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", date.tm_year + 1900,
                date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec,
                static_cast<int>(fraction));
  return text;
}

}  // namespace sipward::io
