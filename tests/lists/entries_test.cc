#include <gtest/gtest.h>

#include <tuple>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

using Row = std::tuple<std::string, uint32_t, uint32_t>;

std::vector<Row> Rows(std::string_view file, Kind kind) {
  std::vector<Row> rows;
  for (const Entry& entry : SplitEntries(file, kind)) {
    EXPECT_FALSE(entry.beyond_limit);
    rows.emplace_back(std::string(entry.text), entry.line, entry.column);
  }
  return rows;
}

TEST(SplitEntries, KnowsLinesColumnsAndComments) {
  EXPECT_EQ(Rows("# head\n\n  10.0.0.0/8\t# ours\r\n192.0.2.1#x\n   \n\tlast", Kind::kCidr),
            (std::vector<Row>{{"10.0.0.0/8", 3, 3}, {"192.0.2.1#x", 4, 1}, {"last", 6, 2}}));
}

TEST(SplitEntries, PatternsKeepTheirNumberSigns) {
  EXPECT_EQ(Rows("a b #c \n#d\n", Kind::kPattern), (std::vector<Row>{{"a b #c", 1, 1}}));
  EXPECT_EQ(Rows("a b #c \n#d\n", Kind::kExact), (std::vector<Row>{{"a b", 1, 1}}));
}

TEST(SplitEntries, SkipsAByteOrderMark) {
  EXPECT_EQ(Rows("\xEF\xBB\xBFx\ny", Kind::kExact), (std::vector<Row>{{"x", 1, 4}, {"y", 2, 1}}));
}

TEST(SplitEntries, NothingGivesNothing) {
  for (const char* file : {"", "\n", "\r\n \t\n", "#", "  # x"})
    EXPECT_TRUE(Rows(file, Kind::kExact).empty());
}

TEST(SplitEntries, TooManyEntriesAreRefusedAndNotCutOff) {
  std::string file;
  for (int i = 0; i < 4'000'000; ++i) file += "1\n";
  auto entries = SplitEntries(file, Kind::kPrefix);
  ASSERT_EQ(entries.size(), 4'000'000u);
  EXPECT_NE(List::Build(Kind::kPrefix, false, entries, nullptr), nullptr);
  file += "1\n1\n";
  entries = SplitEntries(file, Kind::kPrefix);
  ASSERT_EQ(entries.size(), 4'000'001u);
  EntryError error;
  EXPECT_EQ(List::Build(Kind::kPrefix, false, entries, &error), nullptr);
  EXPECT_EQ(error.line, 4'000'001u);
  EXPECT_EQ(error.message, "the list is longer than 64 MiB or 4 million entries");
}

TEST(SplitEntries, TooLongAFileIsRefused) {
  std::string file(size_t{64} << 20, '\n');
  EXPECT_TRUE(SplitEntries(file, Kind::kExact).empty());
  file += "x";
  const auto entries = SplitEntries(file, Kind::kExact);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_TRUE(entries[0].beyond_limit);
}

TEST(Kinds, HaveNames) {
  for (const Kind kind :
       {Kind::kCidr, Kind::kPrefix, Kind::kDomain, Kind::kExact, Kind::kPattern}) {
    EXPECT_EQ(FindKind(KindName(kind)), kind);
  }
  EXPECT_FALSE(FindKind("regex").has_value());
  EXPECT_FALSE(FindKind("").has_value());
}

std::vector<std::string> Cells(std::string_view file, std::string* why = nullptr) {
  std::vector<std::string> out;
  for (const Entry& entry : SplitEntries(file, Kind::kPrefix, true)) {
    out.push_back(std::string(entry.text));
    std::vector<Cell> cells;
    EntryError error;
    if (!SplitCells(entry, &cells, &error)) {
      if (why) *why = std::to_string(error.column) + ": " + error.message;
      continue;
    }
    for (const Cell& cell : cells) out.push_back(std::to_string(cell.column) + ":" + cell.text);
  }
  return out;
}

TEST(SplitEntries, CutsValuesOff) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(Cells("881 , 1.5,a b # far\n882\n"), (Texts{"881", "7:1.5", "11:a b", "882"}));
  EXPECT_EQ(Cells("1,"), (Texts{"1", "3:"}));
  EXPECT_EQ(Cells("1,,x"), (Texts{"1", "3:", "4:x"}));
  EXPECT_EQ(Cells("1,\"a,\"\"b\"\"\" , 2"), (Texts{"1", "3:a,\"b\"", "15:2"}));
  EXPECT_EQ(Cells("1,\"\""), (Texts{"1", "3:"}));
  std::string why;
  Cells("1, \"a", &why);
  EXPECT_EQ(why, "4: this value is not closed");
  Cells("1, \"a\" b", &why);
  EXPECT_EQ(why, "4: something stands behind the closing quote of this value");
}

}  // namespace
}  // namespace sipward::lists
