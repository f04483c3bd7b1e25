// With the certificate at hand a verification allocates nothing but what libcrypto does.
#include <openssl/crypto.h>

#include <atomic>
#include <cstdlib>

#include "tests/identity/verify_fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::identity {
namespace {

std::atomic<uint64_t> of_libcrypto{0};

void* Allocate(size_t size, const char*, int) {
  ++of_libcrypto;
  return std::malloc(size);
}
void* Reallocate(void* block, size_t size, const char*, int) {
  ++of_libcrypto;
  return std::realloc(block, size);
}
void Free(void* block, const char*, int) { std::free(block); }

// Before libcrypto allocates for the first time.
const bool counting = CRYPTO_set_mem_functions(Allocate, Reallocate, Free) == 1;

class VerifyAllocationTest : public VerifyFixture {};

TEST_F(VerifyAllocationTest, OnTheWarmPathThereIsNone) {
  ASSERT_TRUE(counting);
  const auto region = state::Region::Create(1 << 20, HashSecret{});
  auto memory = ReplayMemory::Open(region.get(), 60, 1024);
  replay_ = &*memory;
  request_.request_uri = "tel:+12025550103";
  const std::string rcd = Value(
      "rcd",
      Claims(
          "", "12025550102", kNow,
          R"(,"rcd":{"nam":"Bob"},"rcdi":{"/nam":"sha256-Kr9rmMPRLSHJL8MUpJ2rWycbSaA9F33Uo1HVuilSeOA="})"));
  const std::vector<std::string> several[] = {{Shaken()},
                                              {Shaken(), Div("12025550102", "12025550103")},
                                              {Shaken(), Div("12025550102", "12025550103"), rcd},
                                              {Shaken(kNow - 100)},
                                              {"x"}};
  for (const std::vector<std::string>& values : several) {
    const std::string_view first = Describe(Verify(values).reason).name;  // warm from here on
    const uint64_t before = allocation_count();
    const uint64_t libcrypto_before = of_libcrypto;
    constexpr int kTimes = 50;
    for (int i = 0; i < kTimes; ++i) {
      ASSERT_EQ(Describe(verifier_->Verify(request_).reason).name, first);
    }
    const uint64_t libcrypto = of_libcrypto - libcrypto_before;
    // A sanitizer shows operator new alone.
    EXPECT_LE(allocation_count() - before, libcrypto);
    std::printf("%zu headers, %s: %.1f allocations of libcrypto's for each verification\n",
                values.size(), std::string(first).c_str(), static_cast<double>(libcrypto) / kTimes);
    RecordProperty("libcrypto", static_cast<int>(libcrypto / kTimes));
  }
}

TEST_F(VerifyAllocationTest, OfWhatIsCachedLibcryptoHasNoneEither) {
  ASSERT_TRUE(counting);
  const TokenCache cache(16);
  Verify({Shaken()});  // so that the request has it
  Verifier verifier(policy_, source_, nullptr, &cache);
  ASSERT_EQ(verifier.Verify(request_).reason, Reason::kOk);
  const uint64_t before = allocation_count() + of_libcrypto;
  for (int i = 0; i < 50; ++i) ASSERT_EQ(verifier.Verify(request_).reason, Reason::kOk);
  EXPECT_EQ(allocation_count() + of_libcrypto, before);
  EXPECT_EQ(cache.statistics().hits, 50u);
}

}  // namespace
}  // namespace sipward::identity
