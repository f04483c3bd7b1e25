// Call records: the first byte picks format and offset, the second the size of pieces, the rest is
// the file. Rows stand in order and whatever lies between them is no row; in pieces and by their
// places they are the same. With the highest bit of the first byte the rest is a rate list.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/input.h"
#include "records/rates.h"
#include "records/records.h"

namespace {

using sipward::kHour;
using sipward::kMinute;
using sipward::kSecond;
using sipward::fuzz::Require;
using namespace sipward::records;  // NOLINT(google-build-using-namespace)

std::string Describe(const Record& record) {
  std::string out;
  for (const int64_t number :
       {static_cast<int64_t>(record.reason), static_cast<int64_t>(record.format),
        static_cast<int64_t>(record.part), record.start, record.duration, record.ring,
        static_cast<int64_t>(record.answered), static_cast<int64_t>(record.direction),
        static_cast<int64_t>(record.code), record.cost.value_or(-1), record.price.value_or(-1),
        static_cast<int64_t>(record.fingerprint)}) {
    out += std::to_string(number) + " ";
  }
  for (const std::string_view text :
       {record.account, record.trunk, record.caller, record.caller_name, record.callee,
        record.dialled, record.user_agent, record.call_id, record.id}) {
    Require(text.size() <= kMostText);
    out += std::string(text) + "|";
  }
  return out;
}

struct Row {
  uint64_t line, offset, size;
  uint32_t layout;
  std::string text;
  bool operator==(const Row&) const = default;
};

Row RowOf(const Record& record) {
  return {record.line, record.offset, record.size, record.layout, Describe(record)};
}

void CheckValues(const Record& record) {
  Require(record.reason < static_cast<Reason>(kReasons));
  if (record.reason != Reason::kNone) return;
  Require(record.start > 0 && record.duration >= 0 && record.ring >= 0);
  Require(record.answered || record.duration == 0);
  Require(record.code == 0 || (record.code >= 100 && record.code <= 699));
  Require((record.fingerprint != 0) == !record.id.empty());
}

std::vector<Row> ReadWhole(std::string_view file, Reader* reader) {
  std::vector<Row> rows;
  Record record;
  uint64_t behind = 0;  // the row before
  std::string_view rest = file;
  size_t taken = 0;
  while (reader->Next(rest, true, &taken, &record) == Reader::Step::kRow) {
    Require(taken > 0 && taken <= rest.size());
    rest.remove_prefix(taken);
    CheckValues(record);
    Require(record.offset >= behind && record.size > 0);
    behind = record.offset + record.size;
    Require(behind <= file.size() - rest.size());
    const auto lines =
        std::count(file.begin(), file.begin() + static_cast<ptrdiff_t>(record.offset), '\n');
    Require(record.line == static_cast<uint64_t>(lines) + 1);
    rows.push_back(RowOf(record));
  }
  return rows;
}

std::vector<Row> ReadPieces(std::string_view file, size_t piece, const Options& options) {
  PieceReader reader(options);
  std::vector<Row> rows;
  Record record;
  const auto take = [&] {
    Reader::Step step = reader.Next(&record);
    for (; step == Reader::Step::kRow; step = reader.Next(&record)) rows.push_back(RowOf(record));
    return step;
  };
  while (!file.empty()) {
    const size_t taken = reader.Push(file.substr(0, piece));
    file.remove_prefix(taken);
    Require(take() == Reader::Step::kMore && taken > 0);
  }
  reader.Finish();
  Require(take() == Reader::Step::kEnd);
  return rows;
}

void ReadRates(std::string_view text) {
  RateError error;
  const auto rates = Rates::Read(text, &error);
  if (!rates) {
    Require(error.line != 0 && error.column != 0 && !error.message.empty());
    return;
  }
  const Rates::Rate* rate = rates->Find("4930");
  if (rate == nullptr) return;
  Require(rate->increment > 0 && rate->per_minute >= 0);
  int64_t before = 0;
  for (const sipward::Nanos duration : {sipward::Nanos{0}, kSecond, kMinute, 30 * kHour}) {
    const int64_t cost = Rates::CostOf(*rate, duration);
    Require(cost >= before);
    before = cost;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view file(reinterpret_cast<const char*>(data) + 2, size - 2);
  if ((data[0] & 0x80) != 0) {
    ReadRates(file);
    return 0;
  }
  const Options options{static_cast<Format>(data[0] % kFormats), (data[0] >> 3) * kHour};
  Reader reader(options);
  const std::vector<Row> rows = ReadWhole(file, &reader);
  Require(ReadPieces(file, size_t{data[1]} + 1, options) == rows);
  for (const Row& row : rows) {
    if (row.text.front() != '0') continue;  // a bad one
    Record again;
    reader.Again(file.substr(row.offset, row.size), row.layout, &again);
    Require(Describe(again) == row.text);
  }
  return 0;
}
