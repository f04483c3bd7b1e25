// What the default rules make of an Identity: every failure has one rule that speaks of it, nothing
// is refused until a site says so, and an emergency call never. What each rule catches is said in
// tests/pack/identity.ward.

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

using facts::Identity;
using facts::IdentityReason;
using facts::IdentityResult;
using Names = std::vector<std::string>;

constexpr std::string_view kSigned =
    "Identity: e30.e30.c2ln;info=<https://cr.example.com/a.pem>\r\n";
constexpr std::string_view kEnforced = R"(version 1
override list identity_trunks : exact ["carrier"]
override rule identity.forged { mode enforce }
override rule identity.stale { mode enforce }
override rule identity.unsigned { mode enforce }
)";

class IdentityPackTest : public EngineTest {
 protected:
  const Verdict& Judge(const Identity& identity, RequestText request = {}) {
    packet_.identity = &identity;
    request.extra = kSigned;
    request.call_id = "call-" + std::to_string(++calls_);
    return Inspect(request);
  }
  int calls_ = 0;
};

TEST_F(IdentityPackTest, EveryFailureHasOneRule) {
  LoadPack();
  constexpr IdentityReason kReasons[] = {
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) IdentityReason::symbol,
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
  };
  size_t failures = 0;
  for (const IdentityReason reason : kReasons) {
    const Verdict& verdict = Judge({.result = IdentityResult::kFailed, .reason = reason});
    EXPECT_EQ(verdict.action, Action::kFlag) << static_cast<int>(reason);
    ASSERT_EQ(Rules().size(), 1u) << static_cast<int>(reason);
    EXPECT_TRUE(Rules()[0].starts_with("identity.")) << Rules()[0];
    EXPECT_EQ(verdict.tag_count, 1u);
    ++failures;
  }
  EXPECT_GT(failures, 90u);
}

TEST_F(IdentityPackTest, WhatHoldsIsAllowed) {
  LoadPack();
  for (const char* level : {"A", "B", "C"}) {
    EXPECT_EQ(Judge({.result = IdentityResult::kVerified, .attest = level}).action, Action::kAllow);
  }
}

// Without whom to trust, nothing waits and nothing is said.
TEST_F(IdentityPackTest, IsSilentWhereNobodyChecks) {
  LoadPack();
  for (const char* method : {"INVITE", "MESSAGE"}) {
    for (const std::string_view header : {kSigned, std::string_view()}) {
      packet_.trunk = "carrier";
      EXPECT_EQ(Inspect(RequestText{.method = method, .extra = std::string(header)}).action,
                Action::kAllow);
      EXPECT_FALSE(verdict_.pending);
      EXPECT_EQ(verdict_.hit_count, 0u);
    }
  }
}

TEST_F(IdentityPackTest, ASiteRefusesWithTheCodeOfTheRfc) {
  LoadPack(kEnforced);
  EXPECT_EQ(
      Judge({.result = IdentityResult::kFailed, .reason = IdentityReason::kSigInvalid}).action,
      Action::kReject);
  EXPECT_EQ(verdict_.sip_code, 438);
  EXPECT_TRUE(verdict_.alert);
  Judge({.result = IdentityResult::kFailed, .reason = IdentityReason::kIatFuture});
  EXPECT_EQ(verdict_.sip_code, 403);
  EXPECT_EQ(verdict_.sip_reason, "Stale Date");
  packet_.trunk = "carrier";
  EXPECT_EQ(Judge({.result = IdentityResult::kNone}).sip_code, 428);
  packet_.trunk = "another";
  EXPECT_EQ(Judge({.result = IdentityResult::kNone}).action, Action::kAllow);
}

TEST_F(IdentityPackTest, AnEmergencyCallIsNeverRefusedForIt) {
  LoadPack(kEnforced);
  packet_.trunk = "carrier";
  const RequestText call{.uri = "urn:service:sos"};
  for (const IdentityReason reason :
       {IdentityReason::kSigInvalid, IdentityReason::kIatStale, IdentityReason::kNoIdentity}) {
    const bool none = reason == IdentityReason::kNoIdentity;
    const Verdict& verdict = Judge(
        {.result = none ? IdentityResult::kNone : IdentityResult::kFailed, .reason = reason}, call);
    EXPECT_TRUE(verdict.emergency);
    EXPECT_EQ(verdict.action, Action::kFlag);
    EXPECT_EQ(Rules().size(), 1u);
  }
}

}  // namespace
}  // namespace sipward::engine
