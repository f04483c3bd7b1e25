#include <gtest/gtest.h>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

TEST(DomainList, MatchesAtLabelsInEitherCaseWithOrWithoutRoot) {
  const auto list = Make(Kind::kDomain, {"Example.COM", "test.", "_sip._udp.example.net"});
  ASSERT_NE(list, nullptr);
  for (const char* in : {"example.com", "EXAMPLE.com.", "a.b.example.com", "x.test", "test",
                         "test.", "_SIP._udp.example.net"}) {
    EXPECT_TRUE(list->Contains(in, nullptr)) << in;
  }
  for (const char* out : {"notexample.com", "example.com.org", "com", "xample.com", "", ".",
                          "example.net", "contest", "example.com..", "xexample.com"}) {
    EXPECT_FALSE(list->Contains(out, nullptr)) << out;
  }
}

TEST(DomainList, LongTextsEndInAnEntryToo) {
  const auto list = Make(Kind::kDomain, {"example.com"});
  EXPECT_TRUE(list->Contains(std::string(60000, 'a') + ".example.com", nullptr));
  EXPECT_FALSE(list->Contains(std::string(60000, '.'), nullptr));
}

TEST(DomainList, TakesNamesUpToTheirLimits) {
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'b');
  ASSERT_EQ(longest.size(), 253u);
  const auto list = Make(Kind::kDomain, {longest});
  ASSERT_NE(list, nullptr);
  EXPECT_TRUE(list->Contains("x." + longest, nullptr));
  EXPECT_EQ(ErrorOf(Kind::kDomain, {longest + "b"}).message, "a name has at most 253 bytes");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {label + "a.com"}).message, "a label has at most 63 bytes");
}

TEST(DomainList, SaysWhatIsWrong) {
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"*.example.com"}).message,
            "leave out the '*.': names below an entry match by themselves");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {".example.com"}).message,
            "leave out the dot in front: names below an entry match by themselves");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"."}).message, "the name is empty");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"example..com"}).message, "a label is empty");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"example.com.."}).message, "a label is empty");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"ok.example", "sip:example.com"}).message,
            "a name consists of letters, digits, '-' and '_'");
  EXPECT_EQ(ErrorOf(Kind::kDomain, {"ok.example", "sip:example.com"}).line, 2u);
}

TEST(DomainList, EmptyMatchesNothing) {
  const auto list = Make(Kind::kDomain, {});
  EXPECT_FALSE(list->Contains("example.com", nullptr));
  EXPECT_FALSE(list->Contains("", nullptr));
}

}  // namespace
}  // namespace sipward::lists
