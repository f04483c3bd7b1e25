#include "records/rates.h"

#include "base/ascii.h"
#include "records/quantity.h"

namespace sipward::records {
namespace {

constexpr int64_t kMostRate = 1'000'000 * int64_t{1'000'000};  // a million a minute
constexpr Nanos kMostIncrement = kDay;

bool IsHeader(const lists::Entry& entry) { return EqualsIgnoreCase(entry.text, "prefix"); }

// The rate of one line. Empty text: it is well.
std::string ReadRate(const lists::Entry& entry, const std::vector<lists::Cell>& cells,
                     Rates::Rate* rate, uint32_t* column) {
  if (cells.size() < 2) {
    *column = entry.column;
    return "a line is prefix,rate_per_minute,increment_seconds";
  }
  *column = cells[0].column;
  if (Money(cells[0].text, &rate->per_minute) != Read::kOk || rate->per_minute > kMostRate) {
    return "a rate is an amount per minute, as 0.25";
  }
  *column = cells[1].column;
  if (Duration(cells[1].text, &rate->increment) != Read::kOk || rate->increment <= 0 ||
      rate->increment > kMostIncrement) {
    return "an increment is a number of seconds above 0, at most a day";
  }
  return "";
}

}  // namespace

std::optional<Rates> Rates::Read(std::string_view text, RateError* error) {
  std::vector<lists::Entry> entries = lists::SplitEntries(text, lists::Kind::kPrefix, true);
  if (!entries.empty() && IsHeader(entries.front())) entries.erase(entries.begin());
  Rates rates;
  rates.rates_.reserve(entries.size());
  std::vector<lists::Cell> cells;
  lists::EntryError wrong;
  for (const lists::Entry& entry : entries) {
    if (entry.beyond_limit) break;  // Build says so
    if (!lists::SplitCells(entry, &cells, &wrong)) {
      *error = {entry.line, wrong.column, wrong.message};
      return std::nullopt;
    }
    uint32_t column = 0;
    std::string why = ReadRate(entry, cells, &rates.rates_.emplace_back(), &column);
    if (!why.empty()) {
      *error = {entry.line, column, std::move(why)};
      return std::nullopt;
    }
  }
  rates.prefixes_ = lists::List::Build(lists::Kind::kPrefix, false, entries, &wrong, true);
  if (rates.prefixes_ == nullptr) {
    *error = {wrong.line, wrong.column, wrong.message};
    return std::nullopt;
  }
  return rates;
}

const Rates::Rate* Rates::Find(std::string_view number) const {
  const uint32_t found = prefixes_->Find(number);
  return found == 0 ? nullptr : &rates_[found - 1];
}

// A minute's price by nanoseconds of whole increments, rounded up to a millionth: 128 bits hold it.
int64_t Rates::CostOf(const Rate& rate, Nanos duration) {
  if (duration <= 0 || rate.per_minute <= 0) return 0;
  const Nanos steps = (duration - 1) / rate.increment + 1;
  const auto charged = static_cast<__int128>(steps) * rate.increment;
  const __int128 cost = (charged * rate.per_minute + kMinute - 1) / kMinute;
  return cost > INT64_MAX ? INT64_MAX : static_cast<int64_t>(cost);
}

}  // namespace sipward::records
