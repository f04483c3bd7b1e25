// However the bytes are cut, the rows are the same.
#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

std::string Describe(const Record& record) {
  return std::to_string(record.line) + " " + std::to_string(record.offset) + " " +
         std::to_string(record.size) + " " + std::string(ReasonName(record.reason)) + " " +
         std::string(record.account) + " " + std::string(record.caller_name) + " " +
         std::to_string(record.duration) + "\n";
}

std::string InPieces(std::string_view text, size_t piece) {
  PieceReader reader(Options{});
  std::string out;
  Record record;
  const auto rows = [&] {
    Reader::Step step = reader.Next(&record);
    for (; step == Reader::Step::kRow; step = reader.Next(&record)) out += Describe(record);
    return step;
  };
  while (!text.empty()) {
    const size_t taken = reader.Push(text.substr(0, piece));
    text.remove_prefix(taken);
    if (rows() != Reader::Step::kMore || (taken == 0 && reader.Push(text.substr(0, 1)) == 0)) {
      return out + "stuck";
    }
    if (taken == 0) text.remove_prefix(1);
  }
  reader.Finish();
  EXPECT_EQ(reader.Push("x"), 0u);
  EXPECT_EQ(rows(), Reader::Step::kEnd);
  return out;
}

std::string AtOnce(std::string_view text) {
  Reader reader(Options{});
  std::string out;
  Record record;
  size_t taken = 0;
  while (reader.Next(text, true, &taken, &record) == Reader::Step::kRow) {
    text.remove_prefix(taken);
    out += Describe(record);
  }
  return out;
}

TEST(Pieces, OfAnySizeGiveTheSameRows) {
  AsteriskRow two_lines;
  two_lines.clid = "\"one\r\ntwo\"";
  AsteriskRow open;
  open.clid = "\"Ann";
  const std::string good = AsteriskRow{}.Text();
  const std::string text = "\xEF\xBB\xBF" + good + "\r\n\n" + two_lines.Text() + "\r\n" +
                           open.Text() + "\n" + good.substr(0, 40) + "\n" + good +
                           "\n{\"start\":1772359200}\n" + good + "\r";
  const std::string expected = AtOnce(text);
  for (size_t piece = 1; piece < 200; ++piece) ASSERT_EQ(InPieces(text, piece), expected) << piece;
}

TEST(Pieces, AFirstRowOfTwoLines) {
  AsteriskRow row;
  row.clid = "\"one\ntwo\"";
  const std::string text = row.Text() + "\n" + row.Text() + "\n";
  const std::string expected = AtOnce(text);
  EXPECT_EQ(std::count(expected.begin(), expected.end(), 'k'), 2) << expected;
  for (size_t piece = 1; piece < 200; ++piece) ASSERT_EQ(InPieces(text, piece), expected) << piece;
}

TEST(Pieces, LargerThanTheBuffer) {
  const std::string good = AsteriskRow{}.Text() + "\n";
  std::string text;
  for (int i = 0; i < 9; ++i) {
    text += std::string(static_cast<size_t>(i) * 400'000, 'x') + "\n";
    for (int row = 0; row < 100; ++row) text += good;
    text += "\"" + std::string(static_cast<size_t>(i) * 20'000, 'y') + "\n";
  }
  const std::string expected = AtOnce(text);
  for (const size_t piece : {size_t{999}, size_t{1} << 16, text.size()}) {
    ASSERT_EQ(InPieces(text, piece), expected) << piece;
  }
}

TEST(Pieces, EveryRowIsCounted) {
  std::string text;
  uint64_t seed = 1;
  constexpr std::string_view kParts[] = {"\"",
                                         "\n",
                                         ",",
                                         "\\",
                                         "\"\"",
                                         "a",
                                         "2026-03-01 10:00:00",
                                         "{\"start\":1}",
                                         "\r\n",
                                         " ",
                                         "start,caller",
                                         "\n\""};
  for (int i = 0; i < 20'000; ++i) {
    seed = seed * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    text += kParts[(seed >> 33) % std::size(kParts)];
  }
  const std::string expected = AtOnce(text);
  EXPECT_GT(std::count(expected.begin(), expected.end(), '\n'), 100);
  EXPECT_EQ(InPieces(text, 7), expected);
  EXPECT_EQ(InPieces(text, 4096), expected);
}

}  // namespace
}  // namespace sipward::records
