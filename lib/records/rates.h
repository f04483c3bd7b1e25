// What calls cost, by the number that is called.
#ifndef SIPWARD_RECORDS_RATES_H_
#define SIPWARD_RECORDS_RATES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "lists/lists.h"

namespace sipward::records {

// Where a rate list is wrong, and why.
struct RateError {
  uint32_t line = 0;    // from 1
  uint32_t column = 0;  // in bytes, from 1
  std::string message;
};

// A list of prefixes with what a minute costs and in which steps it is charged: lines
// `prefix,rate_per_minute,increment_seconds`, with a header line of these names or without; empty
// lines, and those that begin with #, say nothing. Immutable and thread-safe.
class Rates {
 public:
  // Null and *error if a line cannot be used. Load time.
  static std::optional<Rates> Read(std::string_view text, RateError* error);

  struct Rate {
    int64_t per_minute = 0;  // millionths
    Nanos increment = 0;
  };
  // The rate of the longest prefix that the number begins with; a leading + does not count. Null if
  // none does.
  const Rate* Find(std::string_view number) const;
  // What a call of this duration costs: whole increments, the last one begun as well. Saturates.
  static int64_t CostOf(const Rate& rate, Nanos duration);

  size_t size() const { return rates_.size(); }

 private:
  Rates() = default;
  std::vector<Rate> rates_;
  std::shared_ptr<const lists::List> prefixes_;
};

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_RATES_H_
