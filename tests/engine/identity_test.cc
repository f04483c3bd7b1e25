// Rules that name identity: the second stage, and messages that wait for it.

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

using facts::Identity;
using facts::IdentityReason;
using facts::IdentityResult;

constexpr std::string_view kSigned =
    "Identity: e30.e30.c2ln;info=<https://cr.example.com/a.pem>\r\n";

constexpr std::string_view kPolicy = R"(version 1
rule forged { on request where method == INVITE when identity.result == failed then reject 438 "Forged", score 60 on src.ip }
rule weak { on request where method == INVITE when (identity.attest ?? "") == "C" then tag "gateway" }
rule unsigned { on request where method == INVITE when identity.result == none then tag "unsigned" }
rule waiting { on request where method == INVITE when identity.result == pending then tag "unchecked" }
)";

class IdentityTest : public EngineTest {
 protected:
  const Verdict& InspectSigned() { return Inspect(RequestText{.extra = std::string(kSigned)}); }
  // The verdict of the packet inspected last, once its identity is known.
  const Verdict& Resume(const Identity& identity) {
    packet_.identity = &identity;
    EXPECT_TRUE(ResumeWith(ticket_));
    packet_.identity = nullptr;
    return verdict_;
  }
  const Verdict& Wait(const Verdict& verdict) {
    EXPECT_TRUE(verdict.pending);
    EXPECT_NE(verdict.ticket, 0u);
    ticket_ = verdict.ticket;
    return verdict;
  }
  std::vector<std::string> Tags() const {
    std::vector<std::string> tags;
    for (uint32_t i = 0; i < verdict_.tag_count; ++i) tags.emplace_back(verdict_.tags[i].text);
    return tags;
  }

  uint64_t ticket_ = 0;
  const Identity failed_{.result = IdentityResult::kFailed, .reason = IdentityReason::kSigInvalid};
  const Identity verified_{.result = IdentityResult::kVerified, .attest = "A"};
  const Identity gateway_{.result = IdentityResult::kVerified, .attest = "C"};
};
using Texts = std::vector<std::string>;

TEST_F(IdentityTest, WhatThePacketBringsIsJudgedAtOnce) {
  Load(kPolicy);
  packet_.identity = &failed_;
  EXPECT_EQ(InspectSigned().action, Action::kReject);
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(verdict_.ticket, 0u);
  EXPECT_EQ(verdict_.sip_code, 438);
  EXPECT_EQ(verdict_.sip_reason, "Forged");
  packet_.identity = &gateway_;
  InspectSigned();
  EXPECT_EQ(Tags(), Texts{"gateway"});
  packet_.identity = &verified_;
  EXPECT_EQ(InspectSigned().action, Action::kAllow);
}

TEST_F(IdentityTest, WithoutIdentityOrAVerifierNothingWaits) {
  Load(kPolicy, {.identity_by_host = true});
  Inspect(RequestText{});
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(Tags(), Texts{"unsigned"});
  Load(kPolicy);
  InspectSigned();
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(Tags(), Texts{"unchecked"});
}

TEST_F(IdentityTest, TheHostIsAskedAndTellsLater) {
  Load(kPolicy, {.identity_by_host = true});
  Wait(InspectSigned());
  EXPECT_EQ(verdict_.action, Action::kAllow);
  EXPECT_EQ(Resume(failed_).action, Action::kReject);
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(Rules(), Texts{"forged"});
  Wait(InspectSigned());
  EXPECT_EQ(Resume(verified_).action, Action::kAllow);
  Wait(InspectSigned());
  Resume(gateway_);
  EXPECT_EQ(Tags(), Texts{"gateway"});
  // The host gives up: the check could not be made, and that is no failure.
  Wait(InspectSigned());
  EXPECT_TRUE(ResumeWith(ticket_));
  EXPECT_EQ(Tags(), Texts{"unchecked"});
  EXPECT_EQ(engine_->statistics().pending, 4u);
  EXPECT_EQ(engine_->statistics().resumed, 4u);
  EXPECT_EQ(engine_->statistics().packets, 4u);
}

TEST_F(IdentityTest, ATicketIsOfItsPacketAlone) {
  Load(kPolicy, {.identity_by_host = true});
  Wait(InspectSigned());
  packet_.identity = &failed_;
  EXPECT_FALSE(ResumeWith(ticket_ + 1));
  EXPECT_FALSE(ResumeWith(0));
  const std::string other = RequestText{.extra = std::string(kSigned)}.str();
  packet_.bytes = other;
  EXPECT_FALSE(ResumeWith(ticket_));
  EXPECT_EQ(engine_->statistics().resumed, 0u);
}

// Nothing is asked where the event says already that no rule can want it.
TEST_F(IdentityTest, OnlyWhatARuleNeedsIsAskedFor) {
  Load(R"(version 1
rule forged { on request where method == INVITE and direction == inbound when identity.result == failed then drop }
rule either { on request where method == MESSAGE when src.port == 9 or identity.result == failed then drop }
)",
       {.identity_by_host = true});
  EXPECT_FALSE(InspectSigned().pending) << "the direction is not known";
  packet_.direction = facts::Direction::kInbound;
  EXPECT_TRUE(InspectSigned().pending);
  EXPECT_FALSE(Inspect(RequestText{.method = "OPTIONS", .extra = std::string(kSigned)}).pending);
  EXPECT_TRUE(Inspect(RequestText{.method = "MESSAGE", .extra = std::string(kSigned)}).pending);
  EXPECT_FALSE(Inspect(ResponseText(200, "INVITE", "bob", "call-1@192.0.2.7")).pending);
}

// A bucket that is asked whether it is needed would say what it no longer does once it has taken a
// token.
TEST_F(IdentityTest, WhatTellsOfBeforeIsNotReadBeforeItsTurn) {
  Load(R"(version 1
rule one { on request when identity.result == failed and not bucket(rate 1/m burst 1 by src.ip) then drop }
rule two { on request when identity.result == verified and not bucket(rate 1/m burst 1 by src.ip) then tag "busy" }
)",
       {.identity_by_host = true});
  for (const Texts& tags : {Texts{}, Texts{"busy"}}) {
    Wait(InspectSigned());
    Resume(verified_);
    EXPECT_EQ(Tags(), tags);
  }
  Wait(InspectSigned());
  EXPECT_EQ(Resume(failed_).action, Action::kDrop);
}

// Cheap before dear: whoever is refused anyhow is not checked, and his identity counts nowhere.
TEST_F(IdentityTest, WhatTheFirstStageRefusesDoesNotWait) {
  for (const std::string_view refusal : {"drop", "reject 403", "challenge", "throttle 1/m"}) {
    Load("version 1 rule bad { on request when src.port == 5060 then " + std::string(refusal) +
             " } rule forged { on request when identity.result == failed then alert }",
         {.identity_by_host = true});
    InspectSigned();
    if (refusal.starts_with("throttle")) InspectSigned();
    EXPECT_GT(verdict_.action, Action::kFlag) << refusal;
    EXPECT_FALSE(verdict_.pending) << refusal;
  }
  Load(R"(version 1
rule bad { on request when src.port == 5060 then hold }
rule forged { on request when identity.result == failed then reject 438 }
)",
       {.identity_by_host = true});
  EXPECT_EQ(Wait(InspectSigned()).action, Action::kHold);
  EXPECT_EQ(Resume(verified_).action, Action::kHold) << "the worse of both";
  EXPECT_EQ(Wait(InspectSigned()).action, Action::kHold);
  EXPECT_EQ(Resume(failed_).action, Action::kReject);
}

TEST_F(IdentityTest, AnEmergencyCallDoesNotWaitAndIsNotRefused) {
  Load(kPolicy, {.identity_by_host = true});
  const std::string call =
      RequestText{.uri = "urn:service:sos", .extra = std::string(kSigned)}.str();
  Inspect(call);
  EXPECT_TRUE(verdict_.emergency);
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(Tags(), Texts{"unchecked"});
  packet_.identity = &failed_;
  EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos", .extra = std::string(kSigned)}).action,
            Action::kFlag);
}

TEST_F(IdentityTest, ReportModeAndAllowListFlag) {
  Load(kPolicy, {.report_only = true, .identity_by_host = true});
  Wait(InspectSigned());
  EXPECT_EQ(Resume(failed_).action, Action::kFlag);
  Load("version 1 list allowed: cidr [\"192.0.2.0/24\"]\n" + std::string(kPolicy.substr(10)),
       {.identity_by_host = true});
  Wait(InspectSigned());
  EXPECT_EQ(Resume(failed_).action, Action::kFlag);
}

constexpr std::string_view kCounts = R"(version 1
rule all { on request when count(by src.ip over 1h) > 100 then drop }
rule mixed { on request where identity.result == failed
  when count(by src.ip over 1h) >= 3 then reject 403 }
rule counted { on request when identity.result == failed and count(by dst.ip over 1h) >= 3 then reject 402 }
rule strange { on request when identity.result == verified and first_seen(from.user ?? "" within 1d)
  then tag "new" }
)";

// count(by src.ip) of `mixed` takes in what failed alone; that of `counted` takes in every request,
// in the first stage.
TEST_F(IdentityTest, AggregatesOfBothStagesCountOnce) {
  Load(kCounts, {.identity_by_host = true});
  std::vector<std::string> texts;
  std::vector<uint64_t> tickets;
  for (int i = 0; i < 4; ++i) {
    texts.push_back(
        RequestText{.from_user = i == 2 ? "carol" : "alice", .extra = std::string(kSigned)}.str());
    tickets.push_back(Wait(Inspect(texts.back())).ticket);
    EXPECT_EQ(Wait(Inspect(texts.back())).ticket, tickets.back()) << "a retransmission";
  }
  const auto resume = [&](size_t i, const Identity& identity) -> const Verdict& {
    packet_.bytes = texts[i];
    ticket_ = tickets[i];
    return Resume(identity);
  };
  EXPECT_EQ(resume(0, failed_).sip_code, 402) << "four came before it was asked";
  EXPECT_EQ(resume(0, failed_).sip_code, 402);
  EXPECT_EQ(resume(0, failed_).sip_code, 402) << "the same again is not counted";
  EXPECT_EQ(resume(1, failed_).sip_code, 402);
  resume(2, verified_);
  EXPECT_EQ(Tags(), Texts{"new"}) << "it was not seen before by the second stage";
  resume(2, verified_);
  EXPECT_EQ(Tags(), Texts{}) << "now it was";
  EXPECT_EQ(resume(3, failed_).sip_code, 403);
}

TEST_F(IdentityTest, ARetransmissionOfWhatWasResumedHasItsAnswer) {
  Load(kPolicy, {.identity_by_host = true});
  const std::string text = RequestText{.extra = std::string(kSigned)}.str();
  Wait(Inspect(text));
  Resume(failed_);
  After(kSecond);
  EXPECT_EQ(Inspect(text).action, Action::kReject);
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(verdict_.sip_code, 438);
  EXPECT_EQ(verdict_.score, 0);
  const std::string good = RequestText{.extra = std::string(kSigned)}.str();
  Wait(Inspect(good));
  Resume(verified_);
  After(kSecond);
  EXPECT_EQ(Inspect(good).action, Action::kAllow);
  EXPECT_FALSE(verdict_.pending);
}

// The certificate came in between, so that the second message brings the result along.
TEST_F(IdentityTest, WhatNeverWentOnIsCountedWhenItsRetransmissionDoes) {
  Load(
      "version 1 rule three { on request when identity.result == failed and "
      "count(by src.ip over 1h if identity.result == failed) >= 2 then drop }",
      {.identity_by_host = true});
  const std::string text = RequestText{.extra = std::string(kSigned)}.str();
  Wait(Inspect(text));
  packet_.identity = &failed_;
  EXPECT_EQ(Inspect(text).action, Action::kAllow) << "one";
  EXPECT_EQ(Inspect(text).action, Action::kAllow) << "still one";
  EXPECT_EQ(InspectSigned().action, Action::kDrop) << "two";
}

// Nothing is counted here, so the second stage is noted only for what matched.
TEST_F(IdentityTest, PointsOfTheSecondStageAreGivenOnce) {
  Load(
      "version 1 rule s { on request when identity.result == failed then "
      "score 40 on account ?? src.ip }",
      {.identity_by_host = true});
  packet_.account = "alice";
  const std::string waited = RequestText{.extra = std::string(kSigned)}.str();
  Wait(Inspect(waited));
  packet_.identity = &failed_;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Inspect(waited).action, Action::kFlag) << "40, and no more";
  for (int i = 0; i < 4; ++i) {
    packet_.identity = &verified_;
    EXPECT_EQ(InspectSigned().action, Action::kAllow);
  }
  packet_.identity = &failed_;
  EXPECT_EQ(InspectSigned().action, Action::kFlag) << "80";
  EXPECT_EQ(InspectSigned().action, Action::kDrop) << "120";
}

TEST_F(IdentityTest, OverAConnectionEachMessageIsItsOwn) {
  Load(kCounts, {.identity_by_host = true});
  packet_.transport = facts::Transport::kTcp;
  const std::string text = RequestText{.extra = std::string(kSigned)}.str();
  const uint64_t first = Wait(Inspect(text)).ticket;
  Resume(failed_);
  After(kMillisecond);
  EXPECT_NE(Wait(Inspect(text)).ticket, first);
  Resume(failed_);
  After(kMillisecond);
  Wait(Inspect(text));
  EXPECT_EQ(Resume(failed_).sip_code, 403) << "three that failed";
  EXPECT_EQ(Resume(failed_).sip_code, 403);
}

TEST_F(IdentityTest, ABanMeetsWhatIsResumed) {
  Load(kPolicy, {.identity_by_host = true});
  packet_.authenticated = true;
  const std::string first = RequestText{.extra = std::string(kSigned)}.str();
  const uint64_t waiting = Wait(Inspect(first)).ticket;
  for (int i = 0; i < 2; ++i) {
    Wait(InspectSigned());
    Resume(failed_);
  }
  EXPECT_EQ(verdict_.action, Action::kDrop) << "120 points";
  packet_.bytes = first;
  ticket_ = waiting;
  EXPECT_EQ(Resume(verified_).action, Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
}

TEST_F(IdentityTest, AnotherInspectorMayResumeByNewRules) {
  Load(kPolicy, {.identity_by_host = true});
  Wait(InspectSigned());
  ASSERT_TRUE(engine_->Reload(
      Compile("version 1 rule f { on request when identity.reason == SIG_INVALID then drop }")));
  Inspector other(engine_);
  packet_.identity = &failed_;
  EXPECT_TRUE(other.Resume(packet_, ticket_, &verdict_));
  EXPECT_EQ(verdict_.action, Action::kDrop);
}

TEST_F(IdentityTest, EventsBringTheirIdentityAlong) {
  Load(R"(version 1
rule forged { on call_start when identity.result == failed then reject 438 }
rule unsigned { on call_start when identity.result == pending then tag "unchecked" }
)",
       {.identity_by_host = true});
  facts::HostEvent event;
  event.Reset(facts::EventKind::kCallStart, packet_.monotonic, packet_.wall, true);
  InspectEvent(event);
  EXPECT_EQ(Tags(), Texts{"unchecked"});
  EXPECT_FALSE(verdict_.pending);
  event.Reset(facts::EventKind::kCallStart, packet_.monotonic, packet_.wall, true);
  EXPECT_TRUE(event.Set(facts::FieldId::kIdentityResult,
                        facts::Value::Int(static_cast<int64_t>(IdentityResult::kFailed))));
  InspectEvent(event);
  EXPECT_EQ(verdict_.action, Action::kReject);
}

// What a token says is not shown of one that is not verified.
TEST_F(IdentityTest, AForgedTokenSaysNothing) {
  Load(R"(version 1
rule a { on request when (identity.attest ?? "") == "A" or has(identity.origid) or has(identity.spc)
  or has(identity.age) or identity.div_count > 0 then tag "said" }
rule v { on request when identity.verstat == "TN-Validation-Passed" then tag "passed" }
)");
  Identity identity{.result = IdentityResult::kFailed, .attest = "A", .origid = "x", .spc = "709J"};
  identity.age = kSecond;
  identity.div_count = 1;
  packet_.identity = &identity;
  InspectSigned();
  EXPECT_EQ(Tags(), Texts{});
  identity.result = IdentityResult::kVerified;
  InspectSigned();
  EXPECT_EQ(Tags(), (Texts{"said", "passed"}));
  identity.result = IdentityResult::kPending;
  InspectSigned();
  EXPECT_EQ(Tags(), Texts{});
}

}  // namespace
}  // namespace sipward::engine
