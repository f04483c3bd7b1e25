#include "base/ip.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sipward {
namespace {

std::string Canonical(std::string_view text) {
  const auto ip = IpAddress::Parse(text);
  return ip ? ip->ToString() : "refused";
}

TEST(IpAddress, ReadsAndWritesRfc5952) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8::A", "2001:db8::a"},
      {"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // Section 4.2.3: the first of equal runs
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // Section 4.2.2: one group is no run
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"::ffff:c000:201", "192.0.2.1"},
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(Canonical(text), expected) << text;
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  const std::vector<std::string> bad = {"",
                                        "1",
                                        "192.0.2",
                                        "192.0.2.1.5",
                                        "192.0.2.256",
                                        "192.0.02.1",
                                        "192.0.2.",
                                        "192.0.2.1 ",
                                        " 192.0.2.1",
                                        "1e0.0.2.1",
                                        "-1.0.2.1",
                                        ":",
                                        ":::",
                                        "1::2::3",
                                        "1:2:3:4:5:6:7",
                                        "1:2:3:4:5:6:7:8:9",
                                        "12345::",
                                        "g::",
                                        "::1%eth0",
                                        "[::1]",
                                        "1:2:3:4:5:6:7:192.0.2.1",
                                        "::192.0.2.1:1",
                                        "1:",
                                        "2001:db8::+1",
                                        "::192.0.2"};
  for (const std::string& text : bad) EXPECT_EQ(Canonical(text), "refused") << text;
}

TEST(IpAddress, WhatIsWrittenReadsBack) {
  uint64_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    uint8_t bytes[16];
    for (uint8_t& byte : bytes) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      byte = (state >> 62) == 0 ? static_cast<uint8_t>(state >> 40) : uint8_t{0};
    }
    const IpAddress ip = IpAddress::FromV6(bytes);
    const auto read = IpAddress::Parse(ip.ToString());
    ASSERT_TRUE(read.has_value()) << ip.ToString();
    EXPECT_EQ(*read, ip) << ip.ToString();
  }
}

TEST(IpAddress, KnowsItsKind) {
  EXPECT_TRUE(IpAddress::Parse("::ffff:127.0.0.1")->is_v4());
  EXPECT_FALSE(IpAddress::Parse("2001:db8::1")->is_v4());
  EXPECT_EQ(IpAddress::Parse("192.0.2.1")->v4(), 0xC0000201u);
  EXPECT_TRUE(IpAddress::Parse("127.8.9.1")->is_loopback());
  EXPECT_TRUE(IpAddress::Parse("::1")->is_loopback());
  EXPECT_FALSE(IpAddress::Parse("128.0.0.1")->is_loopback());
  EXPECT_FALSE(IpAddress::Parse("::2")->is_loopback());
  EXPECT_TRUE(IpAddress::Parse("::")->is_unspecified());
  EXPECT_FALSE(IpAddress::Parse("::1")->is_unspecified());
}

TEST(IpAddress, PrefixClearsWhatIsBehind) {
  EXPECT_EQ(IpAddress::Parse("198.51.100.255")->Prefix(24).ToString(), "198.51.100.0");
  EXPECT_EQ(IpAddress::Parse("198.51.100.255")->Prefix(25).ToString(), "198.51.100.128");
  EXPECT_EQ(IpAddress::Parse("198.51.100.255")->Prefix(0).ToString(), "0.0.0.0");
  EXPECT_EQ(IpAddress::Parse("198.51.100.255")->Prefix(99).ToString(), "198.51.100.255");
  EXPECT_EQ(IpAddress::Parse("2001:db8:ffff::1")->Prefix(33).ToString(), "2001:db8:8000::");
  EXPECT_EQ(IpAddress::Parse("2001:db8::1")->Prefix(0).ToString(), "::");
}

TEST(Cidr, ReadsNetworksAndSingleAddresses) {
  EXPECT_EQ(Cidr::Parse("10.0.0.0/8")->ToString(), "10.0.0.0/8");
  EXPECT_EQ(Cidr::Parse("0.0.0.0/0")->ToString(), "0.0.0.0/0");
  EXPECT_EQ(Cidr::Parse("192.0.2.1")->ToString(), "192.0.2.1/32");
  EXPECT_EQ(Cidr::Parse("2001:db8::/32")->ToString(), "2001:db8::/32");
  EXPECT_EQ(Cidr::Parse("2001:db8::1")->ToString(), "2001:db8::1/128");
  EXPECT_EQ(Cidr::Parse("::ffff:10.0.0.0/104")->ToString(), "10.0.0.0/8");
}

TEST(Cidr, RefusesHostBitsAndBadLengths) {
  for (const char* text :
       {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8 ", "/8",
        "2001:db8::1/32", "2001:db8::/129", "::ffff:0.0.0.0/95", "10.0.0.0/8/8", "10.0.0.0/+8"}) {
    EXPECT_FALSE(Cidr::Parse(text).has_value()) << text;
  }
}

TEST(Cidr, ContainsItsOwnFamilyOnly) {
  const Cidr v4 = *Cidr::Parse("198.51.100.0/24");
  EXPECT_TRUE(v4.Contains(*IpAddress::Parse("198.51.100.0")));
  EXPECT_TRUE(v4.Contains(*IpAddress::Parse("::ffff:198.51.100.255")));
  EXPECT_FALSE(v4.Contains(*IpAddress::Parse("198.51.101.0")));
  const Cidr all = *Cidr::Parse("::/0");
  EXPECT_TRUE(all.Contains(*IpAddress::Parse("2001:db8::1")));
  EXPECT_FALSE(all.Contains(*IpAddress::Parse("192.0.2.1")));
}

}  // namespace
}  // namespace sipward
