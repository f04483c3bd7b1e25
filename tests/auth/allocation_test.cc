// A check allocates nothing but what libcrypto does.
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <array>
#include <atomic>
#include <cstdlib>

#include "tests/auth/client.h"
#include "tests/support/allocation_counter.h"

namespace sipward::auth {
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

class Count {
 public:
  uint64_t ours() const { return allocation_count() - before_; }
  uint64_t libcrypto() const { return of_libcrypto - libcrypto_before_; }

 private:
  uint64_t before_ = allocation_count();
  uint64_t libcrypto_before_ = of_libcrypto;
};

TEST(Allocation, OfAChecksThereIsNone) {
  ASSERT_TRUE(counting);
  const auto region = state::Region::Create(16 << 20, HashSecret{});
  Policy policy;
  policy.offered = Algorithms(0x3F);
  policy.integrity = policy.without_qop = true;
  Host host(policy, region.get());
  for (const char* algorithm : {"MD5", "SHA-256", "SHA-512-256-sess", "SHA-3"}) {
    for (const char* qop : {"auth", "auth-int", ""}) {
      Answer answer = host.NewAnswer();
      answer.algorithm = algorithm;
      answer.qop = qop;
      const Reason first = host.Check(answer.Value()).reason;
      const Count count;
      for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(host.authenticator->Check(host.request, &host.account).reason, first);
      }
      EXPECT_LE(count.ours(), count.libcrypto());
      std::printf("%s %s: %.1f allocations of libcrypto's for each check\n", algorithm, qop,
                  static_cast<double>(count.libcrypto()) / 50);
    }
  }
}

TEST(Allocation, OfNoncesChallengesAndCodesThereIsNone) {
  const auto region = state::Region::Create(16 << 20, HashSecret{});
  Host host;
  const auto factor = SecondFactor::Create({}, region.get());
  std::array<char, kNonceChars> nonce;
  std::array<char, 1024> out;
  const Count count;
  for (int i = 0; i < 50; ++i) {
    host.authenticator->MakeNonce(host.request.source, kWall, nonce);
    EXPECT_LE(host.authenticator->Challenge(host.request.source, kWall, true, out), out.size());
    factor->Check("alice", "12345678901234567890", "123456", "", kWall, i * kHour);
  }
  EXPECT_LE(count.ours(), count.libcrypto());
}

}  // namespace
}  // namespace sipward::auth
