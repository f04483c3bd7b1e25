#include <gtest/gtest.h>

#include <random>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

bool Has(const List& list, std::string_view ip) { return list.Contains(*IpAddress::Parse(ip)); }

TEST(CidrList, MatchesBothFamiliesToTheLastAddress) {
  const auto list = Make(Kind::kCidr, {"198.51.100.0/25", "203.0.113.9", "2001:db8:1::/48", "::1"});
  ASSERT_NE(list, nullptr);
  for (const char* in : {"198.51.100.0", "198.51.100.127", "::ffff:198.51.100.5", "203.0.113.9",
                         "2001:db8:1::", "2001:db8:1:ffff:ffff:ffff:ffff:ffff", "::1"}) {
    EXPECT_TRUE(Has(*list, in)) << in;
  }
  for (const char* out : {"198.51.100.128", "198.51.99.255", "203.0.113.8", "203.0.113.10",
                          "2001:db8:0:ffff::", "2001:db8:2::", "::", "::2", "0.0.0.1"}) {
    EXPECT_FALSE(Has(*list, out)) << out;
  }
}

TEST(CidrList, TouchesWhatHasAnAddressInCommon) {
  const auto list = Make(Kind::kCidr, {"198.51.100.128/25", "203.0.113.9", "2001:db8:1::/48"});
  for (const char* in : {"198.51.100.0/24", "198.51.100.200/32", "203.0.113.0/24", "0.0.0.0/0",
                         "2001:db8:1:2::/64", "2001:db8::/32", "::/0"}) {
    EXPECT_TRUE(list->Touches(*Cidr::Parse(in))) << in;
  }
  for (const char* out : {"198.51.100.0/25", "198.51.101.0/24", "203.0.113.8/32", "10.0.0.0/8",
                          "2001:db8:2::/64", "2001:db8::/48", "::/32"}) {
    EXPECT_FALSE(list->Touches(*Cidr::Parse(out))) << out;
  }
  EXPECT_FALSE(Make(Kind::kExact, {"0.0.0.0/0"})->Touches(*Cidr::Parse("10.0.0.0/8")));
}

TEST(CidrList, EveryAddressOfAFamilyIsThatFamilyOnly) {
  const auto v4 = Make(Kind::kCidr, {"0.0.0.0/0"});
  EXPECT_TRUE(Has(*v4, "255.255.255.255"));
  EXPECT_FALSE(Has(*v4, "2001:db8::1"));
  const auto v6 = Make(Kind::kCidr, {"::/0"});
  EXPECT_TRUE(Has(*v6, "2001:db8::1"));
  EXPECT_FALSE(Has(*v6, "192.0.2.1"));
}

TEST(CidrList, AgreesWithEachNetworkAskedInTurn) {
  std::mt19937 random(11);
  std::vector<std::string> texts;
  std::vector<Cidr> networks;
  for (int i = 0; i < 300; ++i) {
    const bool v4 = i % 2 == 0;
    // A few bits vary at either end, so that networks nest, touch and repeat.
    uint8_t bytes[16] = {0x20, 0x01, 0x0d, 0xb8, static_cast<uint8_t>(random() % 4)};
    bytes[15] = static_cast<uint8_t>(random());
    const IpAddress ip =
        v4 ? IpAddress::FromV4(0xC0000000u | (static_cast<uint32_t>(random()) & 0x30000FFu))
           : IpAddress::FromV6(bytes);
    const unsigned bits =
        (v4 ? 24u : 120u) + static_cast<unsigned>(random() % 9) - (random() % 20 == 0 ? 18u : 0u);
    const Cidr cidr{ip.Prefix(bits), static_cast<uint8_t>(bits)};
    networks.push_back(cidr);
    texts.push_back(cidr.ToString());
  }
  const auto list = Make(Kind::kCidr, texts);
  ASSERT_NE(list, nullptr);
  int inside = 0;
  for (int i = 0; i < 20000; ++i) {
    uint8_t bytes[16] = {0x20, 0x01, 0x0d, 0xb8, static_cast<uint8_t>(random() % 5)};
    bytes[15] = static_cast<uint8_t>(random());
    bytes[14] = random() % 8 == 0 ? 1 : 0;
    const IpAddress ip =
        i % 2 == 0 ? IpAddress::FromV4(0xC0000000u | (static_cast<uint32_t>(random()) & 0x30001FFu))
                   : IpAddress::FromV6(bytes);
    bool expected = false;
    for (const Cidr& network : networks) expected |= network.Contains(ip);
    ASSERT_EQ(list->Contains(ip), expected) << ip.ToString();
    inside += expected ? 1 : 0;
  }
  EXPECT_GT(inside, 1000);
  EXPECT_LT(inside, 19000);
}

TEST(CidrList, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"10.0.0.1/8", "bits behind the prefix are set; the network is 10.0.0.0/8"},
      {"2001:db8::1/32", "bits behind the prefix are set; the network is 2001:db8::/32"},
      {"::ffff:10.0.0.1/104", "bits behind the prefix are set; the network is 10.0.0.0/8"},
      {"10.0.0.0/33", "the prefix length is not a number from 0 to 32"},
      {"2001:db8::/129", "the prefix length is not a number from 0 to 128"},
      {"10.0.0.0/", "the prefix length is not a number from 0 to 32"},
      {"::ffff:10.0.0.0/90", "a network of IPv4-mapped addresses has at least 96 bits"},
      {"10.0.0", "not an IP address or network"},
      {"example.com", "not an IP address or network"},
  };
  for (const auto& [text, message] : cases) {
    const EntryError error = ErrorOf(Kind::kCidr, {"192.0.2.0/24", text});
    EXPECT_EQ(error.message, message) << text;
    EXPECT_EQ(error.line, 2u);
    EXPECT_EQ(error.column, 1u);
  }
}

TEST(CidrList, EmptyMatchesNothingAndRepeatsAreFine) {
  const auto empty = Make(Kind::kCidr, {});
  ASSERT_NE(empty, nullptr);
  EXPECT_FALSE(Has(*empty, "0.0.0.0"));
  EXPECT_FALSE(Has(*empty, "::"));
  EXPECT_EQ(empty->size(), 0u);
  const auto twice = Make(Kind::kCidr, {"10.0.0.0/8", "10.0.0.0/8"});
  EXPECT_TRUE(Has(*twice, "10.255.255.255"));
  EXPECT_EQ(twice->size(), 2u);
  EXPECT_FALSE(twice->Contains("10.0.0.1", nullptr));
}

}  // namespace
}  // namespace sipward::lists
