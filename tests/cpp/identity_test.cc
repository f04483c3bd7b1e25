#include <gtest/gtest.h>

#include <chrono>
#include <string_view>

#include "sample.h"

namespace sipward {
namespace {

constexpr char kPolicy[] = R"(version 1
rule forged { on request when identity.result == failed and identity.reason == SIG_INVALID then reject 438 }
rule known { on request when (identity.attest ?? "") == "A" and (identity.origid ?? "") == "7"
  and (identity.spc ?? "") == "709J" and identity.div_count == 1 and has(identity.age)
  and identity.verstat == "Mine" then tag "known" }
)";
constexpr char kSigned[] =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\n"
    "Call-ID: 1@192.0.2.7\r\nCSeq: 1 INVITE\r\n"
    "Identity: e30.e30.c2ln;info=<https://cr.example.com/a.pem>\r\nContent-Length: 0\r\n\r\n";

class IdentityCheckTest : public testing::Test {
 protected:
  Engine engine_ = [] {
    const Rules rules = Rules::FromText("test.ward", kPolicy).value();
    EngineOptions options;
    options.identity_by_host = true;
    return Engine::Create(rules, State::Create({}).value(), options).value();
  }();
  Inspector inspector_ = Inspector::Create(engine_).value();
  Packet packet_ = [] {
    Packet packet;
    packet.bytes = kSigned;
    packet.wall += std::chrono::hours(24 * 365 * 50);
    return packet;
  }();
};

TEST_F(IdentityCheckTest, APendingVerdictIsResumed) {
  const Verdict first = inspector_.Inspect(packet_);
  EXPECT_EQ(first.action(), Action::kAllow);
  ASSERT_TRUE(first.pending());
  IdentityCheck failed(IdentityResult::kFailed);
  failed.set_reason("SIG_INVALID");
  packet_.identity = &failed;
  EXPECT_EQ(inspector_.Resume(packet_, first.ticket() + 1).action(), Action::kNone);
  Verdict verdict;
  EXPECT_EQ(inspector_.Resume(packet_, 0, verdict), StatusCode::kTicket);
  EXPECT_EQ(verdict.action(), Action::kNone);
  ASSERT_TRUE(inspector_.Resume(packet_, first.ticket(), verdict).ok());
  EXPECT_EQ(verdict.action(), Action::kReject);
  EXPECT_FALSE(verdict.pending());
  EXPECT_EQ(verdict.ticket(), 0u);
  EXPECT_EQ(engine_.statistics().pending, 1u);
  EXPECT_EQ(engine_.statistics().resumed, 1u);
}

TEST_F(IdentityCheckTest, WhatTheTokenSaysReachesTheRules) {
  IdentityCheck verified(IdentityResult::kVerified);
  verified.set_attest("A").set_origid("7").set_spc("709J").set_verstat("Mine").set_div_count(1);
  verified.set_iat(std::chrono::time_point_cast<std::chrono::seconds>(packet_.wall));
  packet_.identity = &verified;
  const Verdict verdict = inspector_.Inspect(packet_);
  EXPECT_FALSE(verdict.pending());
  ASSERT_EQ(verdict.tag_count(), 1u);
  EXPECT_EQ(verdict.TagAt(0)->text, "known");
}

}  // namespace
}  // namespace sipward
