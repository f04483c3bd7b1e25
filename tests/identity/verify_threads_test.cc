// Verifiers of several threads over one store and one memory of tokens.
#include <atomic>
#include <thread>

#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class VerifyThreadsTest : public VerifyFixture {};

TEST_F(VerifyThreadsTest, ACacheIsSharedWhileAnchorsAndCertificatesChange) {
  constexpr int kRounds = 300;
  const std::vector<std::string> good = {Shaken(), Shaken(kNow - 6), Shaken(kNow - 7)};
  const std::string forged = Forged(Shaken());
  const TokenCache cache(4);  // so small that they push each other out
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Verifier verifier(policy_, source_, nullptr, &cache);
      Request request = request_;
      for (int i = 0; i < kRounds; ++i) {
        std::string value = i % 4 == 3 ? forged : good[static_cast<size_t>(i) % 3];
        if (i % 5 == 4) value += ";n=" + std::to_string(i % 7);
        const std::string_view identity[] = {value};
        request.identity = identity;
        const Result& result = verifier.Verify(request);
        EXPECT_EQ(Describe(result.reason).name, i % 4 == 3 ? "SIG_INVALID" : "OK");
        EXPECT_EQ(result.origid, i % 4 == 3 ? std::string_view() : kOrigid);
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(store_.SetAnchors(pki().anchor(), kNow), Reason::kOk);
    Provide(kUrl, leaf_);
  }
  for (std::thread& thread : threads) thread.join();
  const TokenCache::Statistics seen = cache.statistics();
  EXPECT_EQ(seen.hits + seen.misses, 4u * kRounds);
}

TEST_F(VerifyThreadsTest, TablesAreMadeWhileOthersVerify) {
  TrustStore store(HashSecret{}, {.key_tables = 1});
  const StoreSource source(store);
  ASSERT_EQ(store.SetAnchors(pki().anchor(), kNow), Reason::kOk);
  ASSERT_EQ(store.ProvideCertificate(kUrl, leaf_.pem, kNow, -1), Reason::kOk);
  const std::string good = Shaken();
  const std::string forged = Forged(good);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Verifier verifier(policy_, source);
      Request request = request_;
      for (int i = 0; i < 100; ++i) {
        const std::string_view identity[] = {i % 3 == 2 ? forged : good};
        request.identity = identity;
        EXPECT_EQ(Describe(verifier.Verify(request).reason).name,
                  i % 3 == 2 ? "SIG_INVALID" : "OK");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store.statistics().key_tables, 1u);
  EXPECT_EQ(store.statistics().table_disagreements, 0u);
}

TEST_F(VerifyThreadsTest, ATokenIsOneCallsWhoeverComesFirst) {
  constexpr int kThreads = 4;
  constexpr int kTokens = 50;
  const auto region = state::Region::Create(1 << 20, HashSecret{});
  auto memory = ReplayMemory::Open(region.get(), 60, 1024);
  ASSERT_TRUE(memory);
  std::vector<std::string> values;
  for (int i = 0; i < kTokens; ++i) values.push_back(Shaken(kNow - i));
  std::array<std::atomic<int>, kTokens> fresh{}, unknown{}, replayed{};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Verifier verifier(policy_, source_, &*memory);
      Request request = request_;
      const std::string call_id = std::to_string(t);
      request.call_id = call_id;
      for (size_t i = 0; i < kTokens; ++i) {
        const std::string_view identity[] = {values[i]};
        request.identity = identity;
        const Result& result = verifier.Verify(request);
        if (result.reason == Reason::kReplay) {
          ++replayed[i];
        } else if (result.flags.Has(Flag::kReplayUnknown)) {
          ++unknown[i];
        } else {
          EXPECT_EQ(result.reason, Reason::kOk);
          EXPECT_EQ(result.spc, "1234");
          ++fresh[i];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < kTokens; ++i) {
    EXPECT_EQ(fresh[i], 1);
    EXPECT_EQ(fresh[i] + unknown[i] + replayed[i], kThreads);
  }
}

}  // namespace
}  // namespace sipward::identity
