// Which entry answers: against a search through all of them.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

std::shared_ptr<const List> Numbered(Kind kind, const std::vector<std::string>& texts,
                                     bool nocase = false) {
  return List::Build(kind, nocase, Inline(texts), nullptr, true);
}

TEST(Find, NarrowestNetwork) {
  const auto list = Numbered(Kind::kCidr, {"0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8",
                                           "255.255.255.255", "::/0", "2001:db8::/32"});
  const auto find = [&](const char* ip) { return list->Find(*IpAddress::Parse(ip)); };
  EXPECT_EQ(find("192.0.2.1"), 1u);
  EXPECT_EQ(find("10.0.255.255"), 2u) << "the first of equal ones";
  EXPECT_EQ(find("10.1.2.3"), 3u);
  EXPECT_EQ(find("10.2.0.0"), 2u);
  EXPECT_EQ(find("11.0.0.0"), 1u);
  EXPECT_EQ(find("255.255.255.254"), 1u);
  EXPECT_EQ(find("255.255.255.255"), 5u);
  EXPECT_EQ(find("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), 7u);
  EXPECT_EQ(find("2001:db9::"), 6u);
  EXPECT_EQ(find("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 6u);
}

TEST(Find, NarrowestNetworkOfMany) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<Cidr> networks;
    std::vector<std::string> texts;
    for (int i = 0; i < 40; ++i) {
      const uint32_t address = 0xFFFFFF00u | (static_cast<uint32_t>(random()) & 0xFF);
      const unsigned bits = 22 + static_cast<unsigned>(random() % 11);
      networks.push_back({IpAddress::FromV4(address).Prefix(bits), static_cast<uint8_t>(bits)});
      texts.push_back(networks.back().ToString());
    }
    const auto list = Numbered(Kind::kCidr, texts);
    for (uint32_t low = 0; low < 0x400; ++low) {
      const IpAddress ip = IpAddress::FromV4(0xFFFFFC00u | low);
      size_t best = 0;
      for (size_t i = 0; i < networks.size(); ++i) {
        if (networks[i].Contains(ip) && (best == 0 || networks[i].bits > networks[best - 1].bits)) {
          best = i + 1;
        }
      }
      ASSERT_EQ(list->Find(ip), best) << ip.ToString();
      ASSERT_EQ(list->Contains(ip), best != 0);
    }
  }
}

void ExpectLongestPrefix(const std::vector<std::string>& entries,
                         const std::vector<std::string>& texts) {
  const auto list = Numbered(Kind::kPrefix, entries);
  const auto plain = Make(Kind::kPrefix, entries);
  for (const std::string& text : texts) {
    size_t best = 0;
    for (size_t e = 0; e < entries.size(); ++e) {
      const bool begins = text.compare(0, entries[e].size(), entries[e]) == 0;
      if (begins && (best == 0 || entries[e].size() > entries[best - 1].size())) best = e + 1;
    }
    ASSERT_EQ(list->Find(text), best) << text;
    ASSERT_EQ(list->Find("+" + text), best) << text;
    ASSERT_EQ(list->Contains(text, nullptr), best != 0) << text;
    ASSERT_EQ(plain->Contains(text, nullptr), best != 0) << text;
  }
}

TEST(Find, LongestPrefixOfMany) {
  std::mt19937 random(6);
  const auto digits = [&](size_t count, size_t most) {
    std::vector<std::string> texts(count);
    for (std::string& text : texts) {
      for (size_t length = 1 + random() % most; length > 0; --length) {
        text += static_cast<char>('0' + random() % 3);
      }
    }
    return texts;
  };
  for (int round = 0; round < 50; ++round) ExpectLongestPrefix(digits(60, 5), digits(500, 7));
}

// Digits on which nothing branches are held together, however many there are.
TEST(Find, LongestPrefixBehindLongRunsOfDigits) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    std::string trunk;
    for (int i = 0; i < 64; ++i) trunk += static_cast<char>('0' + random() % 10);
    // Some cut off, some with one digit changed; what is looked up is a change more.
    const auto changed = [&](std::string text) {
      text.resize(1 + random() % 64);
      if (random() % 2 == 0) text[random() % text.size()] = static_cast<char>('0' + random() % 10);
      return text;
    };
    std::vector<std::string> entries;
    std::vector<std::string> texts;
    for (size_t i = 0; i < 1 + random() % 12; ++i) entries.push_back(changed(trunk));
    for (int i = 0; i < 100; ++i) {
      texts.push_back(changed(trunk));
      texts.push_back(changed(entries[random() % entries.size()]));
      texts.push_back(entries[random() % entries.size()] + (random() % 2 == 0 ? "" : "0"));
    }
    ExpectLongestPrefix(entries, texts);
  }
}

TEST(Find, LongestDomainAndEqualText) {
  const auto domains = Numbered(Kind::kDomain, {"com", "example.com", "b.example.com", "com."});
  EXPECT_EQ(domains->Find("com"), 1u);
  EXPECT_EQ(domains->Find("a.EXAMPLE.com."), 2u);
  EXPECT_EQ(domains->Find("x.b.example.com"), 3u);
  EXPECT_EQ(domains->Find("xb.example.com"), 2u);
  EXPECT_EQ(domains->Find("org"), 0u);
  const auto texts = Numbered(Kind::kExact, {"alice", "bob", "Alice"}, true);
  EXPECT_EQ(texts->Find("ALICE"), 1u);
  EXPECT_EQ(texts->Find("Bob"), 2u);
  EXPECT_EQ(texts->Find(""), 0u);
}

TEST(Find, AnswersOnlyWhereItWasAskedFor) {
  EXPECT_EQ(Make(Kind::kPrefix, {"1"})->Find("12"), 0u);
  EXPECT_EQ(Make(Kind::kExact, {"a"})->Find("a"), 0u);
  EXPECT_EQ(Numbered(Kind::kPrefix, {})->Find("1"), 0u);
  EXPECT_EQ(Numbered(Kind::kCidr, {})->Find(*IpAddress::Parse("::1")), 0u);
}

}  // namespace
}  // namespace sipward::lists
