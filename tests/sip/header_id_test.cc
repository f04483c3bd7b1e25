#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "sip/sip.h"

namespace sipward::sip {
namespace {

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

TEST(HeaderId, EveryLongNameIsFoundInAnyCase) {
  for (int i = 1; i < kHeaderIdCount; ++i) {
    const auto id = static_cast<HeaderId>(i);
    EXPECT_EQ(FindHeader(HeaderName(id)), id) << HeaderName(id);
    EXPECT_EQ(FindHeader(Upper(HeaderName(id))), id) << HeaderName(id);
  }
}

TEST(HeaderId, EveryCompactLetterIsFoundInAnyCase) {
  const struct {
    char letter;
    HeaderId id;
  } letters[] = {
#define SIPWARD_HEADER(symbol, name, compact, singleton) {compact, HeaderId::symbol},
#include "sip/header.def"
#undef SIPWARD_HEADER
  };
  int found = 0;
  for (const auto& [letter, id] : letters) {
    if (letter == 0) continue;
    EXPECT_EQ(FindHeader(std::string(1, letter)), id);
    EXPECT_EQ(FindHeader(Upper(std::string(1, letter))), id);
    ++found;
  }
  EXPECT_EQ(found, 19);
}

TEST(HeaderId, OneWrongOctetIsAnotherHeader) {
  for (int i = 1; i < kHeaderIdCount; ++i) {
    const std::string name(HeaderName(static_cast<HeaderId>(i)));
    for (size_t at = 0; at < name.size(); ++at) {
      for (int c = 0; c < 256; ++c) {
        std::string other = name;
        other[at] = static_cast<char>(c);
        if (Upper(other) == Upper(name)) continue;
        EXPECT_NE(FindHeader(other), static_cast<HeaderId>(i)) << other;
      }
    }
  }
}

TEST(HeaderId, ACarriageReturnIsNotAHyphen) {
  EXPECT_EQ(FindHeader("Call-ID"), HeaderId::kCallId);
  EXPECT_EQ(FindHeader("Call\rID"), HeaderId::kOther);
}

TEST(HeaderId, UnknownEmptyAndEndlessNamesAreOther) {
  EXPECT_EQ(FindHeader(""), HeaderId::kOther);
  EXPECT_EQ(FindHeader("X-Custom"), HeaderId::kOther);
  EXPECT_EQ(FindHeader("z"), HeaderId::kOther);
  EXPECT_EQ(FindHeader("Fro"), HeaderId::kOther);
  EXPECT_EQ(FindHeader("Fromm"), HeaderId::kOther);
  EXPECT_EQ(FindHeader(std::string(100'000, 'v')), HeaderId::kOther);
  EXPECT_EQ(HeaderName(HeaderId::kOther), "");
}

TEST(HeaderId, SingletonsAreThoseThatMayStandOnce) {
  EXPECT_TRUE(IsSingleton(HeaderId::kFrom));
  EXPECT_TRUE(IsSingleton(HeaderId::kCallId));
  EXPECT_FALSE(IsSingleton(HeaderId::kVia));
  EXPECT_FALSE(IsSingleton(HeaderId::kOther));
}

}  // namespace
}  // namespace sipward::sip
