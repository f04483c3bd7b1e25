#include "identity/replay.h"

#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class ReplayTest : public VerifyFixture {
 protected:
  ReplayTest()
      : region_(state::Region::Create(1 << 20, HashSecret{})),
        memory_(ReplayMemory::Open(region_.get(), 60, 1024)) {
    replay_ = &*memory_;
    request_.call_id = "a@example.net";
    request_.from_tag = "1";
    request_.monotonic = kHour;
  }

  std::unique_ptr<state::Region> region_;
  std::optional<ReplayMemory> memory_;
};

TEST_F(ReplayTest, ATokenBelongsToOneCall) {
  const std::string value = Shaken();
  EXPECT_EQ(ReasonOf({value}), "OK");
  EXPECT_FALSE(verifier_->Verify(request_).flags.Has(Flag::kReplayUnknown));
  EXPECT_EQ(ReasonOf({value}), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kRetransmission));
  request_.call_id = "b@example.net";
  const Result& result = Verify({value});
  EXPECT_EQ(Describe(result.reason).name, "REPLAY");
  EXPECT_EQ(result.sip_code, 403);
  request_.call_id = "a@example.net";
  request_.from_tag = "2";
  EXPECT_EQ(ReasonOf({value}), "REPLAY");
}

TEST_F(ReplayTest, TheOtherFormOfASignatureIsTheSameToken) {
  const std::string value = Shaken();
  EXPECT_EQ(ReasonOf({value}), "OK");
  // The same claims signed once more: other octets of the signature, the same signed octets.
  request_.call_id = "b@example.net";
  EXPECT_EQ(ReasonOf({Shaken()}), "REPLAY");
}

TEST_F(ReplayTest, IsForgottenAfterTwoWindows) {
  const std::string value = Shaken();
  EXPECT_EQ(ReasonOf({value}), "OK");
  request_.call_id = "b@example.net";
  request_.monotonic += 121 * kSecond;
  EXPECT_EQ(ReasonOf({value}), "OK");
}

TEST_F(ReplayTest, WhatIsNotVerifiedIsNotRemembered) {
  const std::string forged = Forged(Shaken());
  EXPECT_EQ(ReasonOf({forged}), "SIG_INVALID");
  request_.call_id = "b@example.net";
  EXPECT_EQ(ReasonOf({Shaken()}), "OK");
}

}  // namespace
}  // namespace sipward::identity
