// No lookup allocates.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/lists/helpers.h"

namespace {
std::atomic<uint64_t> allocations{0};
}  // namespace

// Not inlined, because the compiler would see malloc on one side and delete on the other.
[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}

namespace sipward::lists {
namespace {

TEST(Allocation, NoLookupAllocates) {
  const auto cidr = Make(Kind::kCidr, {"10.0.0.0/8", "2001:db8::/32"});
  const auto prefix = Make(Kind::kPrefix, {"1900"});
  const auto domain = Make(Kind::kDomain, {"example.com"});
  const auto exact = Make(Kind::kExact, {"alice"}, true);
  const IpAddress ip = *IpAddress::Parse("10.1.2.3");
  const uint64_t before = allocations;
  bool all = true;
  for (int i = 0; i < 1000; ++i) {
    all &= cidr->Contains(ip);
    all &= prefix->Contains("+19005550100", nullptr);
    all &= domain->Contains("sip.registrar.east.of.example.com.", nullptr);
    all &= exact->Contains("ALICE", nullptr);
  }
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(all);
  EXPECT_GT(before, 0u);
}

}  // namespace
}  // namespace sipward::lists
