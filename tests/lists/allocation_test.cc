// No lookup allocates.
#include <gtest/gtest.h>

#include "tests/lists/helpers.h"
#include "tests/support/allocation_counter.h"

namespace sipward::lists {
namespace {

TEST(Allocation, NoLookupAllocates) {
  const auto cidr = Make(Kind::kCidr, {"10.0.0.0/8", "2001:db8::/32"});
  const auto prefix = Make(Kind::kPrefix, {"1900"});
  const auto domain = Make(Kind::kDomain, {"example.com"});
  const auto exact = Make(Kind::kExact, {"alice"}, true);
  const IpAddress ip = *IpAddress::Parse("10.1.2.3");
  const uint64_t before = allocation_count();
  bool all = true;
  for (int i = 0; i < 1000; ++i) {
    all &= cidr->Contains(ip);
    all &= prefix->Contains("+19005550100", nullptr);
    all &= domain->Contains("sip.registrar.east.of.example.com.", nullptr);
    all &= exact->Contains("ALICE", nullptr);
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_TRUE(all);
  EXPECT_GT(before, 0u);
}

TEST(Allocation, APrefixListKeepsNothingOfWhatItWasBuiltFrom) {
  const auto blocks = [](const std::vector<std::string>& texts) {
    const int64_t before = allocation_living();
    const auto list = Make(Kind::kPrefix, texts);
    return allocation_living() - before;
  };
  EXPECT_EQ(blocks({"1900", "4490", "44901"}), blocks({}));
}

}  // namespace
}  // namespace sipward::lists
