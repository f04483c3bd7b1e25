// What came before: counts, replays, what a client could do.
#include <gtest/gtest.h>

#include <string>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

constexpr uint32_t Bit(Flag flag) { return 1u << static_cast<unsigned>(flag); }

class Past : public testing::Test {
 protected:
  const std::unique_ptr<state::Region> region_ = state::Region::Create(16 << 20, HashSecret{});
};

TEST_F(Past, ACountIsGoodForOneRequest) {
  Host host({}, region_.get());
  Answer answer = host.NewAnswer();
  EXPECT_EQ(host.Check(answer.Value()).flags, 0u);
  // The same request once more, at another worker.
  Host other({}, region_.get());
  EXPECT_EQ(other.Why(answer.Value()), "OK");
  EXPECT_EQ(other.Check(answer.Value()).flags, Bit(Flag::kRetransmission));
  const auto replayed = [&](auto change) {
    Host thief({}, region_.get());
    change(thief.request);
    EXPECT_EQ(thief.Why(answer.Value()), "REPLAYED");
    EXPECT_TRUE(thief.Check(answer.Value()).stale);
  };
  replayed([](Request& request) { request.call_id = "other@host"; });
  replayed([](Request& request) { request.cseq = "2"; });
  replayed([](Request& request) { request.branch = "z9hG4bK2"; });
  // With another cnonce it is another response.
  Answer again = answer;
  again.cnonce = "decaf";
  EXPECT_EQ(host.Why(again.Value()), "REPLAYED");
  answer.count = 2;
  EXPECT_EQ(host.Why(answer.Value()), "OK");
}

TEST_F(Past, CountsMayOvertakeEachOther) {
  Host host({}, region_.get());
  Answer answer = host.NewAnswer();
  const auto taken = [&](uint32_t count) {
    answer.count = count;
    host.request.cseq = answer.cnonce = std::to_string(count);
    return host.Why(answer.Value());
  };
  EXPECT_EQ(taken(20), "OK");
  EXPECT_EQ(taken(4), "OK");
  EXPECT_EQ(taken(3), "COUNT_LATE");
  EXPECT_EQ(taken(19), "OK");
  EXPECT_EQ(taken(21), "OK");
  EXPECT_EQ(taken(0xFFFFFFFF), "OK");
  EXPECT_EQ(taken(22), "COUNT_LATE");
}

// Whoever does not know the password cannot use up counts.
TEST_F(Past, WhatIsWrongChangesNothing) {
  Host host({}, region_.get());
  Answer answer = host.NewAnswer(), guess = answer;
  guess.password = "guess";
  guess.count = 0xFFFFFFFF;
  EXPECT_EQ(host.Why(guess.Value()), "WRONG_PASSWORD");
  EXPECT_EQ(host.Why(answer.Value()), "OK");
}

TEST_F(Past, WithoutQopAResponseIsGoodForOneRequest) {
  Policy policy;
  policy.without_qop = true;
  Host host(policy, region_.get());
  Answer answer = host.NewAnswer();
  answer.qop = "";
  answer.algorithm = "MD5";
  EXPECT_EQ(host.Check(answer.Value()).flags, Bit(Flag::kWithoutQop));
  EXPECT_EQ(host.Check(answer.Value()).flags, Bit(Flag::kWithoutQop) | Bit(Flag::kRetransmission));
  host.request.cseq = "2";
  EXPECT_EQ(host.Why(answer.Value()), "REPLAYED");
  answer.uri = "sip:example.org;again";
  EXPECT_EQ(host.Why(answer.Value()), "OK");
}

TEST_F(Past, AClientThatCouldDoBetterIsFlaggedOrRefused) {
  Host host({}, region_.get());
  const auto flags = [&](const char* algorithm, const char* client) {
    host.request.client = client;
    Answer answer = host.NewAnswer();
    answer.algorithm = algorithm;
    const Result& result = host.Check(answer.Value());
    EXPECT_EQ(result.reason, Reason::kOk);
    return result.flags;
  };
  EXPECT_EQ(flags("MD5", "Old/1.0"), 0u);
  EXPECT_EQ(flags("SHA-256", "New/1.0"), 0u);
  EXPECT_EQ(flags("MD5", "Old/1.0"), 0u);
  EXPECT_EQ(flags("MD5", "New/1.0"), Bit(Flag::kDowngraded));
  EXPECT_EQ(flags("SHA-256", "New/1.0"), 0u);
  Policy strict;
  strict.refuses_downgrade = true;
  Host refusing(strict, region_.get());
  refusing.request.client = "New/1.0";
  Answer answer = refusing.NewAnswer();
  answer.algorithm = "MD5";
  EXPECT_EQ(refusing.Why(answer.Value()), "DOWNGRADED");
  // What is not offered any more is no reason.
  strict.offered = Only(Algorithm::kMd5);
  Host weaker(strict, region_.get());
  weaker.request.client = "New/1.0";
  answer.nonce = weaker.Nonce();
  EXPECT_EQ(weaker.Why(answer.Value()), "OK");
  // After its time it is forgotten.
  refusing.request.monotonic += 91 * kDay;
  answer.nonce = refusing.Nonce();
  EXPECT_EQ(refusing.Why(answer.Value()), "OK");
}

TEST(PastRoom, IsNeededOrThereIsNoAuthenticator) {
  const auto region = state::Region::Create(1 << 20, HashSecret{});
  Policy policy;
  policy.realm = "r";
  EXPECT_EQ(Authenticator::Create(policy, kSecretKey, region.get(), 0), nullptr);
  EXPECT_EQ(SecondFactor::Create({}, region.get()), nullptr);
  // And gives back what it took.
  const uint64_t used = region->stats().used;
  policy.nonces = policy.clients = 64;
  for (int i = 0; i < 100; ++i) {
    policy.realm = "realm " + std::to_string(i);
    EXPECT_NE(Authenticator::Create(policy, kSecretKey, region.get(), 0), nullptr);
  }
  EXPECT_EQ(region->stats().used, used);
}

}  // namespace
}  // namespace sipward::auth
