#include "lists/feed.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sipward::lists {
namespace {

using Said = FeedItem::Kind;
using Texts = std::vector<std::string>;

// What a reader says, a line each.
Texts Read(FeedSettings settings, std::string_view bytes) {
  const auto reader = FeedReader::Make(settings, bytes);
  Texts said;
  for (size_t i = 0; i < 10'000; ++i) {
    const FeedItem item = reader->Next();
    const std::string place = std::to_string(item.line) + ":" + std::to_string(item.column);
    std::string line = item.text;
    if (!item.ttl.empty()) line += " ttl " + item.ttl;
    if (!item.reason.empty()) line += " reason " + item.reason;
    switch (item.kind) {
      case Said::kEntry:
        said.push_back(place + " " + line);
        break;
      case Said::kBad:
        said.push_back(place + " bad");
        break;
      case Said::kBroken:
        said.push_back(place + " broken");
        break;
      case Said::kCursor:
        said.push_back("cursor " + item.text);
        break;
      case Said::kNothing:
        break;
      case Said::kEnd:
        return said;
    }
  }
  return {"no end"};
}

FeedSettings Of(FeedKind kind, FeedFormat format = FeedFormat::kAuto) {
  FeedSettings settings;
  settings.kind = kind;
  settings.format = format;
  return settings;
}

TEST(FeedLines, AreAWordAndItsReason) {
  EXPECT_EQ(Read(Of(FeedKind::kNetwork),
                 "\xEF\xBB\xBF; Spamhaus\n# other\n\n  192.0.2.0/24 ; SBL1\r\n198.51.100.1 seen\n"
                 "203.0.113.1#x\n2001:db8::1"),
            (Texts{"4:3 192.0.2.0/24 reason SBL1", "5:1 198.51.100.1 reason seen",
                   "6:1 203.0.113.1 reason x", "7:1 2001:db8::1"}));
  EXPECT_EQ(Read(Of(FeedKind::kNumber), "+44 20 7183 8750 # wangiri\n(881) 6\n"),
            (Texts{"1:1 +44 20 7183 8750 reason wangiri", "2:1 (881) 6"}));
  EXPECT_EQ(Read(Of(FeedKind::kAgent), "Bad/1.0 (x; y), z\n; comment\n"),
            (Texts{"1:1 Bad/1.0 (x; y), z"}));
  EXPECT_EQ(Read(Of(FeedKind::kAddress), ""), Texts{});
}

TEST(FeedCsv, HasColumnsByNumberOrByName) {
  FeedSettings settings = Of(FeedKind::kAddress);
  EXPECT_EQ(Read(settings, "192.0.2.1,x\n192.0.2.2\n"), (Texts{"1:1 192.0.2.1", "2:1 192.0.2.2"}));
  settings.column = "2";
  settings.ttl_column = "1";
  EXPECT_EQ(Read(settings, "1h,192.0.2.1\n# no\n\n5, \"192.0.2.2\"\nshort\n"),
            (Texts{"1:4 192.0.2.1 ttl 1h", "4:3 \"192.0.2.2\" ttl 5", "5:1 bad"}));
  settings.column = "IP";
  settings.ttl_column = "seconds";
  settings.reason_column = "why";
  EXPECT_EQ(Read(settings, "# made today\nwhy;ip;seconds\n\"a \"\"scan\"\";\nof\";192.0.2.1;60\n"),
            (Texts{"4:5 192.0.2.1 ttl 60 reason a \"scan\";\nof"}));
  settings.column = "none";
  EXPECT_EQ(Read(settings, "why,ip,seconds\nx,192.0.2.1,1\n"), (Texts{"2:1 broken"}));
  settings = Of(FeedKind::kAddress, FeedFormat::kCsv);
  EXPECT_EQ(Read(settings, "192.0.2.1\n\"192.0.2.2\n"), (Texts{"1:1 192.0.2.1", "3:1 broken"}));
}

TEST(FeedJson, ReadsWhatApibanAnswers) {
  const FeedSettings settings = Of(FeedKind::kAddress);
  EXPECT_EQ(Read(settings, R"({"ipaddress":["192.0.2.1", "192.0.2.2"],"ID":"1609459200"})"),
            (Texts{"1:15 192.0.2.1", "1:28 192.0.2.2", "cursor 1609459200"}));
  EXPECT_EQ(Read(settings, R"({"ipaddress":["no new bans"], "ID":"none"})"), Texts{});
}

TEST(FeedJson, ReadsArraysAndRowsOfObjects) {
  FeedSettings settings = Of(FeedKind::kAddress);
  EXPECT_EQ(Read(settings, "[\"192.0.2.1\",\n  \"192.0.2.2\"]"),
            (Texts{"1:2 192.0.2.1", "2:3 192.0.2.2"}));
  EXPECT_EQ(
      Read(settings, R"([{"ip":"192.0.2.1","ttl":60,"reason":"a\u00e9\n"},{"x":{"ip":"no"}}])"),
      (Texts{"1:8 192.0.2.1 ttl 60 reason a\xC3\xA9\n", "1:62 no", "1:51 bad"}));
  EXPECT_EQ(Read(settings, "{\"ip\":\"192.0.2.1\"}\n{\"ip\":\"192.0.2.2\",\"tags\":[\"a\"]}\n"),
            (Texts{"1:7 192.0.2.1", "2:7 192.0.2.2"}));
  settings.column = "src";
  EXPECT_EQ(Read(settings, R"({"data":[{"src":"192.0.2.1","ip":"no"}],"meta":{"n":1,"ok":true}})"),
            (Texts{"1:17 192.0.2.1"}));
  EXPECT_EQ(Read(Of(FeedKind::kNumber), "[4930123, null, true, 1e5]"),
            (Texts{"1:2 4930123", "1:11 bad", "1:17 bad", "1:23 1e5"}));
}

TEST(FeedJson, SaysWhereItBreaksOff) {
  const FeedSettings settings = Of(FeedKind::kAddress, FeedFormat::kJson);
  for (const char* bad : {"[", "{", "[\"192.0.2.1\"", "[\"192.0.2.1\",]", "{\"a\"}", "{\"a\":}",
                          "{\"a\":1,}", "{a:1}", "[\"x]", "[\"\\q\"]", "[\"\\u12g4\"]", "[1 2]",
                          "[}", "]", "<html>", "{\"a\":1 \"b\":2}", "[,1]", "{\"a\":1}}"}) {
    const Texts said = Read(settings, bad);
    ASSERT_FALSE(said.empty()) << bad;
    EXPECT_TRUE(said.back().ends_with(" broken")) << bad;
  }
  EXPECT_EQ(Read(settings, "[1,\n  2,\n  x]").back(), "3:3 broken");
  EXPECT_TRUE(Read(settings, std::string(1000, '[')).back().ends_with(" broken"));
}

std::string Judged(const FeedSettings& settings, std::string_view text, std::string_view ttl = "") {
  constexpr const char* kNames[] = {"malformed", "too wide", "special",
                                    "allowed",   "repeated", "too many"};
  std::string_view wrong;
  const auto judge = FeedJudge::Make(settings, &wrong);
  if (judge == nullptr) return "no judge: " + std::string(wrong);
  FeedItem item;
  item.text = text;
  item.ttl = ttl;
  FeedJudge::Entry entry;
  const auto why = judge->Judge(item, &entry);
  if (why) return kNames[static_cast<size_t>(*why)];
  return entry.key + (entry.ttl == 0 ? "" : " " + std::to_string(entry.ttl / kSecond));
}

TEST(FeedJudge, NetworksWithinLimits) {
  FeedSettings settings = Of(FeedKind::kNetwork);
  EXPECT_EQ(Judged(settings, "203.0.112.0/22"), "203.0.112.0/22");
  EXPECT_EQ(Judged(settings, "203.0.113.77/24"), "203.0.113.0/24") << "bits behind are cleared";
  EXPECT_EQ(Judged(settings, " 203.0.113.7/32 "), "203.0.113.7");
  EXPECT_EQ(Judged(settings, "2001:DB8:0::/48"), "2001:db8::/48");
  for (const char* wide : {"0.0.0.0/0", "203.0.0.0/15", "::/0", "2001:db8::/31"}) {
    EXPECT_EQ(Judged(settings, wide), "too wide") << wide;
  }
  for (const char* special :
       {"10.1.2.3", "192.168.7.0/24", "127.0.0.1", "224.0.0.1", "255.255.255.255", "0.0.0.0",
        "169.254.1.1", "100.64.0.0/16", "172.31.0.0/16", "::1", "fe80::1", "fd00::/48", "ff02::1",
        "::ffff:10.0.0.1"}) {
    EXPECT_EQ(Judged(settings, special), "special") << special;
  }
  for (const char* bad : {"", "x", "203.0.113", "203.0.113.1/33", "203.0.113.1/", "203.0.113.1/x",
                          "203.0.113.1/-1", "203.0.113.1/24/1", "1.2.3.4.5", "2001:db8::/129"}) {
    EXPECT_EQ(Judged(settings, bad), "malformed") << bad;
  }
  settings.limits.special = true;
  EXPECT_EQ(Judged(settings, "10.1.2.3"), "10.1.2.3");
  settings.kind = FeedKind::kAddress;
  EXPECT_EQ(Judged(settings, "203.0.113.0/24"), "too wide");
  EXPECT_EQ(Judged(settings, "203.0.113.1/32"), "203.0.113.1");
}

TEST(FeedJudge, TheAllowListWins) {
  FeedSettings settings = Of(FeedKind::kNetwork);
  settings.allowed = {"203.0.113.0/24", "198.51.100.7"};
  EXPECT_EQ(Judged(settings, "203.0.113.9"), "allowed");
  EXPECT_EQ(Judged(settings, "203.0.112.0/22"), "allowed") << "it holds what is allowed";
  EXPECT_EQ(Judged(settings, "198.51.100.6"), "198.51.100.6");
  settings = Of(FeedKind::kDomain);
  settings.allowed = {"Good.example."};
  EXPECT_EQ(Judged(settings, "sip.good.example"), "allowed");
  EXPECT_EQ(Judged(settings, "GOOD.example"), "allowed");
  EXPECT_EQ(Judged(settings, "notgood.example"), "notgood.example");
  settings.allowed = {"sip.good.example"};
  EXPECT_EQ(Judged(settings, "good.example"), "allowed");
  EXPECT_EQ(Judged(settings, "p.good.example"), "p.good.example");
  settings = Of(FeedKind::kNumber);
  settings.allowed = {"+49 30 123"};
  EXPECT_EQ(Judged(settings, "493012345"), "allowed");
  EXPECT_EQ(Judged(settings, "49301"), "allowed");
  EXPECT_EQ(Judged(settings, "49302"), "49302");
  settings = Of(FeedKind::kAgent);
  settings.allowed = {"Our Phone/1.0"};
  EXPECT_EQ(Judged(settings, "our phone/1.0"), "allowed");
  EXPECT_EQ(Judged(settings, "our phone/1.1"), "our phone/1.1");
  settings.allowed = {""};
  EXPECT_EQ(Judged(settings, "x"), "no judge: allowed");
}

TEST(FeedJudge, DomainsNumbersAndPrograms) {
  const FeedSettings domain = Of(FeedKind::kDomain);
  EXPECT_EQ(Judged(domain, "*.Bad.Example."), "bad.example");
  EXPECT_EQ(Judged(domain, "com"), "too wide");
  for (const char* bad : {"", ".", "com..", "a..b", "a b.example", "http://bad.example/"}) {
    EXPECT_EQ(Judged(domain, bad), "malformed") << bad;
  }
  FeedSettings number = Of(FeedKind::kNumber);
  EXPECT_EQ(Judged(number, "+1 (876) 555-0100"), "18765550100");
  EXPECT_EQ(Judged(number, "8821"), "too wide");
  EXPECT_EQ(Judged(number, "12a45"), "malformed");
  EXPECT_EQ(Judged(number, std::string(65, '1')), "malformed");
  EXPECT_EQ(Judged(number, "4930123"), "4930123");
  number.home = "49";
  EXPECT_EQ(Judged(number, "4930123"), "too wide") << "a piece of the operator's own country";
  EXPECT_EQ(Judged(number, "49301234"), "49301234");
  EXPECT_EQ(Judged(number, "43123"), "43123");
  number.home = "4x";
  EXPECT_EQ(Judged(number, "43123"), "no judge: home");
  const FeedSettings agent = Of(FeedKind::kAgent);
  EXPECT_EQ(Judged(agent, " Friendly-Scanner "), "friendly-scanner");
  EXPECT_EQ(Judged(agent, "a\tb"), "malformed");
  EXPECT_EQ(Judged(agent, std::string(256, 'x')), "malformed");
}

TEST(FeedJudge, TimesOfEntries) {
  const FeedSettings settings = Of(FeedKind::kAddress);
  EXPECT_EQ(Judged(settings, "192.0.2.1", "90"), "192.0.2.1 90");
  EXPECT_EQ(Judged(settings, "192.0.2.1", " 10m "), "192.0.2.1 600");
  EXPECT_EQ(Judged(settings, "192.0.2.1", "366d"), "192.0.2.1 31622400");
  for (const char* bad :
       {"0", "-5", "367d", "1w", "x", "1.5", "99999999999999999999", "9999999999d"}) {
    EXPECT_EQ(Judged(settings, "192.0.2.1", bad), "malformed") << bad;
  }
}

TEST(Feed, FillsListsOfItsKind) {
  EXPECT_TRUE(Fits(FeedKind::kAddress, lists::Kind::kCidr));
  EXPECT_TRUE(Fits(FeedKind::kNetwork, lists::Kind::kCidr));
  EXPECT_TRUE(Fits(FeedKind::kNumber, lists::Kind::kPrefix));
  EXPECT_TRUE(Fits(FeedKind::kNumber, lists::Kind::kExact));
  EXPECT_FALSE(Fits(FeedKind::kDomain, lists::Kind::kExact));
  EXPECT_FALSE(Fits(FeedKind::kAgent, lists::Kind::kDomain));
}

}  // namespace
}  // namespace sipward::lists
