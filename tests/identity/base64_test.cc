#include "identity/base64.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace sipward::identity {
namespace {

std::string Url(std::string_view text, Reason expected = Reason::kOk) {
  std::array<char, 64> out;
  size_t size = 0;
  EXPECT_EQ(Describe(DecodeBase64Url(text, out, &size)).name, Describe(expected).name) << text;
  return {out.data(), size};
}

TEST(Base64Test, DecodesEveryLength) {
  // RFC 4648 section 10, without padding.
  EXPECT_EQ(Url(""), "");
  EXPECT_EQ(Url("Zg"), "f");
  EXPECT_EQ(Url("Zm8"), "fo");
  EXPECT_EQ(Url("Zm9v"), "foo");
  EXPECT_EQ(Url("Zm9vYg"), "foob");
  EXPECT_EQ(Url("-_-_"), "\xfb\xff\xbf");
}

TEST(Base64Test, RefusesWhatIsNotBase64Url) {
  for (const char* text :
       {"Zg==", "Zm8=", "+/+/", "Zm9 ", "Zm\n8", "Z", "Zm9vY", "Zm.8", "Zm\xc3\xa9"}) {
    Url(text, Reason::kB64Invalid);
  }
}

TEST(Base64Test, RefusesBitsBehindTheEnd) {
  Url("Zh", Reason::kB64Noncanonical);
  Url("Zm9", Reason::kB64Noncanonical);
  Url("Zm9vYv", Reason::kB64Noncanonical);
}

TEST(Base64Test, DigestsHavePadding) {
  std::array<char, 64> out;
  size_t size = 0;
  EXPECT_TRUE(DecodeBase64("Zm8=", out, &size));
  EXPECT_EQ(size, 2u);
  EXPECT_TRUE(DecodeBase64("+/+/", out, &size));
  for (const char* text : {"Zm8", "Zg=", "-_-_", "Zm8==", "Zh==", "===="}) {
    EXPECT_FALSE(DecodeBase64(text, out, &size)) << text;
  }
}

}  // namespace
}  // namespace sipward::identity
