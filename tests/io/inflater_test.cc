// Compressed payloads: what is whole, what is damaged, and how large they may become.
#include "io/inflater.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace sipward::io {
namespace {

constexpr int kZlib = 15, kGzip = 15 + 16, kRaw = -15;

std::string Deflated(const std::string& text, int window = kZlib) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

// Text that does not repeat itself, so that it stays within the ratio.
std::string Text(size_t size) {
  std::string text;
  uint32_t number = 1;
  while (text.size() < size) {
    number = number * 1664525 + 1013904223;
    text += static_cast<char>('a' + (number >> 24) % 26);
  }
  return text;
}

Inflated Outcome(const std::string& bytes) {
  Inflater inflater;
  std::string_view out = "untouched";
  const Inflated outcome = inflater.Read(bytes, &out);
  EXPECT_EQ(outcome == Inflated::kWhole, out != "untouched");
  return outcome;
}

TEST(Inflater, ReadsZlibAndGzipOneAfterTheOther) {
  Inflater inflater;
  std::string_view out;
  for (const std::string& text : {Text(500), std::string("OPTIONS"), std::string(), Text(60000)}) {
    for (const int window : {kZlib, kGzip}) {
      ASSERT_EQ(inflater.Read(Deflated(text, window), &out), Inflated::kWhole) << text.size();
      EXPECT_EQ(out, text);
      EXPECT_EQ(inflater.Read("damaged", &out), Inflated::kDamaged) << "and goes on";
    }
  }
}

TEST(Inflater, SaysWhatIsDamaged) {
  const std::string good = Deflated(Text(300));
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(Outcome(good.substr(0, size)), Inflated::kDamaged) << size;
  }
  EXPECT_EQ(Outcome(good + "x"), Inflated::kDamaged) << "something behind it";
  std::string changed = good;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(Outcome(changed), Inflated::kDamaged) << "its checksum";
  EXPECT_EQ(Outcome(Deflated(Text(300), kRaw)), Inflated::kDamaged) << "without a head";
  EXPECT_EQ(Outcome(std::string("\x78\xBB\0\0\0\1", 6)), Inflated::kDamaged) << "a dictionary";
}

TEST(Inflater, HasABoundOfBytes) {
  EXPECT_EQ(Outcome(Deflated(Text(Inflater::kMostBytes))), Inflated::kWhole);
  EXPECT_EQ(Outcome(Deflated(Text(Inflater::kMostBytes + 1))), Inflated::kTooLarge);
  EXPECT_EQ(Outcome(std::string(Inflater::kMostBytes + 1, 'x')), Inflated::kTooLarge);
}

TEST(Inflater, HasABoundOfRatio) {
  const std::string bomb = Deflated(std::string(60000, 'x'));
  ASSERT_LT(bomb.size() * Inflater::kMostRatio, 60000U);
  EXPECT_EQ(Outcome(bomb), Inflated::kTooLarge);
  std::string candidates;
  for (int i = 0; candidates.size() < 20000; ++i) {
    candidates +=
        "a=candidate:" + std::to_string(i) + " 1 UDP 2130706431 192.0.2.1 8998 typ host\r\n";
  }
  EXPECT_EQ(Outcome(Deflated(candidates)), Inflated::kWhole) << "as much as SIP repeats itself";
}

}  // namespace
}  // namespace sipward::io
