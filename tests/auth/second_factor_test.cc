#include "auth/second_factor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

constexpr std::string_view kTwenty = "12345678901234567890";

std::string CodeOf(CodeHash hash, std::string_view secret, uint64_t counter, unsigned digits) {
  Code code;
  EXPECT_TRUE(MakeCode(hash, secret, counter, digits, &code));
  return std::string(code.text());
}

// RFC 4226 appendix D.
TEST(OneTimeCode, OfTheCountersOfTheRfc) {
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (uint64_t counter = 0; counter < std::size(codes); ++counter) {
    EXPECT_EQ(CodeOf(CodeHash::kSha1, kTwenty, counter, 6), codes[counter]);
  }
}

// RFC 6238 appendix B; the secrets are as long as the hash (erratum 2866).
TEST(OneTimeCode, OfTheTimesOfTheRfc) {
  struct Case {
    uint64_t time;
    const char* sha1;
    const char* sha256;
    const char* sha512;
  };
  constexpr Case kCases[] = {{59, "94287082", "46119246", "90693936"},
                             {1111111109, "07081804", "68084774", "25091201"},
                             {1111111111, "14050471", "67062674", "99943326"},
                             {1234567890, "89005924", "91819424", "93441116"},
                             {2000000000, "69279037", "90698825", "38618901"},
                             {20000000000, "65353130", "77737706", "47863826"}};
  const std::string sixty_four = "1234567890123456789012345678901234567890123456789012345678901234";
  for (const Case& one : kCases) {
    const uint64_t step = one.time / 30;
    EXPECT_EQ(CodeOf(CodeHash::kSha1, kTwenty, step, 8), one.sha1);
    EXPECT_EQ(CodeOf(CodeHash::kSha256, sixty_four.substr(0, 32), step, 8), one.sha256);
    EXPECT_EQ(CodeOf(CodeHash::kSha512, sixty_four, step, 8), one.sha512);
    EXPECT_EQ(CodeOf(CodeHash::kSha1, kTwenty, step, 7), one.sha1 + 1);
  }
}

// RFC 4231 test case 6, by its effect: a key longer than a block is hashed first.
TEST(OneTimeCode, TakesLongSecrets) {
  Hasher hasher;
  Hash mac;
  ASSERT_TRUE(hasher.Authenticate(HashFunction::kSha256, std::string(131, '\xAA'),
                                  "Test Using Larger Than Block-Size Key - Hash Key First", &mac));
  EXPECT_EQ(mac.octets[0], 0x60);
  EXPECT_EQ(mac.octets[31], 0x54);
}

class SecondFactorTest : public testing::Test {
 protected:
  std::string At(int64_t steps) const {
    return CodeOf(policy_.hash, kTwenty, static_cast<uint64_t>(kWall / policy_.step + steps),
                  policy_.digits);
  }
  std::string_view Check(std::string_view code, std::string_view use = "",
                         std::string_view account = "alice") {
    now_ += kHour;  // attempts are back
    return CodeResultName(factor_->Check(account, kTwenty, code, use, kWall, now_));
  }

  const std::unique_ptr<state::Region> region_ = state::Region::Create(16 << 20, HashSecret{});
  CodePolicy policy_;
  std::unique_ptr<SecondFactor> factor_ = SecondFactor::Create(policy_, region_.get());
  Nanos now_ = 0;
};

TEST_F(SecondFactorTest, TakesTheCodesOfItsWindow) {
  EXPECT_EQ(Check(At(-2)), "wrong");
  EXPECT_EQ(Check(At(2)), "wrong");
  EXPECT_EQ(Check(At(-1)), "right");
  EXPECT_EQ(Check(At(0)), "right");
  EXPECT_EQ(Check(At(1)), "right");
  for (const char* code : {"", "1", "1234567", "abcdef", "      "}) EXPECT_EQ(Check(code), "wrong");
}

TEST_F(SecondFactorTest, TakesACodeOnce) {
  factor_ = SecondFactor::Create(policy_, region_.get());
  const std::string code = At(0);
  const auto at_once = [&](std::string_view use) {
    return CodeResultName(factor_->Check("alice", kTwenty, code, use, kWall, ++now_));
  };
  EXPECT_EQ(at_once("call-1"), "right");
  EXPECT_EQ(at_once("call-1"), "right");  // the same request once more
  EXPECT_EQ(at_once("call-2"), "used");
  EXPECT_EQ(at_once(""), "used");
  // What is earlier does not count any more (RFC 6238 section 5.2).
  EXPECT_EQ(CodeResultName(factor_->Check("alice", kTwenty, At(-1), "", kWall, ++now_)), "used");
  EXPECT_EQ(CodeResultName(factor_->Check("bob", kTwenty, code, "", kWall, ++now_)), "right");
  EXPECT_EQ(CodeResultName(factor_->Check("bob", kTwenty, code, "", kWall, ++now_)), "used");
}

TEST_F(SecondFactorTest, LocksAnAccountThatGuesses) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(CodeResultName(factor_->Check("alice", kTwenty, "000000", "", kWall, 0)), "wrong");
  }
  EXPECT_EQ(CodeResultName(factor_->Check("alice", kTwenty, At(0), "", kWall, 0)), "locked");
  EXPECT_EQ(CodeResultName(factor_->Check("bob", kTwenty, At(0), "", kWall, 0)), "right");
  EXPECT_EQ(CodeResultName(factor_->Check("alice", kTwenty, At(0), "", kWall, kMinute)), "right");
}

// Of several workers one takes it.
TEST_F(SecondFactorTest, TakesACodeOnceForAllWorkers) {
  CodePolicy policy;
  policy.attempts = 1000;
  std::atomic<int> right{0};
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back([&, code = At(0)] {
      const auto factor = SecondFactor::Create(policy, region_.get());
      for (int j = 0; j < 50; ++j) {
        right += factor->Check("carol", kTwenty, code, "", kWall, 0) == CodeResult::kRight ? 1 : 0;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(right, 1);
}

TEST(Dialled, IsANumberAndACode) {
  const auto split = SplitCode("+4930123*123456", 6);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->number, "+4930123");
  EXPECT_EQ(split->code, "123456");
  EXPECT_EQ(SplitCode("*21*4930123*12345678", 8)->number, "*21*4930123");
  for (const char* none : {"", "4930123", "*123456", "4930123*12345", "4930123*1234567",
                           "4930123*12345a", "4930123*123456#"}) {
    EXPECT_FALSE(SplitCode(none, 6)) << none;
  }
}

}  // namespace
}  // namespace sipward::auth
