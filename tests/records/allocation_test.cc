// No record allocates, whatever is in it.
#include <gtest/gtest.h>

#include "records/rates.h"
#include "tests/records/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward::records {
namespace {

TEST(Allocation, NoRowAllocates) {
  AsteriskRow lines;
  lines.clid = "\"\"\"one\n\"\"two\"";
  std::string text;
  for (int i = 0; i < 100; ++i) {
    text += AsteriskRow{}.Text() + "\n" + lines.Text() + "\nbad,row\n\"open\n" +
            "{\"start\":1772359200,\"account\":\"\\u00e4\"}\nstart,caller\n1772359200,1\n";
  }
  RateError error;
  auto rates = std::make_shared<const Rates>(*Rates::Read("49,1,60\n", &error));
  PieceReader reader(Options{});
  reader.reader().SetRates(rates);
  const uint64_t before = allocation_count();
  size_t rows = 0;
  Record record;
  std::string_view rest = text;
  while (!rest.empty()) {
    rest.remove_prefix(reader.Push(rest.substr(0, 1000)));
    while (reader.Next(&record) == Reader::Step::kRow) ++rows;
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(rows, 600u);
  EXPECT_GT(before, 0u);
}

}  // namespace
}  // namespace sipward::records
