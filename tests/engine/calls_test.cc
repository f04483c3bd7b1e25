// What follows from messages: calls, registrations and attempts to authenticate reach the rules.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

using facts::EventKind;
using Texts = std::vector<std::string>;

class CallsTest : public EngineTest {
 protected:
  const Verdict& Call(std::string call_id, std::string uri = "sip:bob@example.com") {
    return Inspect(RequestText{.uri = std::move(uri), .call_id = std::move(call_id)});
  }
  const Verdict& Answer(int code, std::string_view call_id, std::string_view method = "INVITE") {
    std::swap(packet_.source, packet_.destination);
    text_ = ResponseText(code, method, "bob", call_id);
    Inspect(text_);
    std::swap(packet_.source, packet_.destination);
    return verdict_;
  }
  const Verdict& HangUp(std::string call_id) {
    return Inspect(RequestText{.method = "BYE", .to_tag = "8", .call_id = std::move(call_id)});
  }
  uint64_t Count(EventKind kind) const {
    return engine_->statistics().by_kind[static_cast<size_t>(kind)];
  }
};

TEST_F(CallsTest, RulesSeeThemBeginAndEnd) {
  Load(R"(version 1
rule begun { on call_start when (dialled ?? "") == "bob" then tag "begun" }
rule answered { on call_answer when ring == 3s then tag "answered" }
rule ended { on call_end when answered and duration == 1m and (ended_by ?? "") == "caller" then tag "ended" }
rule message { on request where method == BYE when call.known and call.party then tag "known" }
)");
  Call("a");
  EXPECT_EQ(Rules(), Texts{"begun"});
  After(3 * kSecond);
  Answer(200, "a");
  EXPECT_EQ(Rules(), Texts{"answered"});
  After(kMinute);
  HangUp("a");
  EXPECT_EQ(Rules(), (Texts{"message", "ended"}));
  EXPECT_EQ(verdict_.action, Action::kFlag);
  EXPECT_EQ(Count(EventKind::kCallStart), 1u);
  EXPECT_EQ(Count(EventKind::kCallEnd), 1u);
}

TEST_F(CallsTest, AStartThatIsRefusedRefusesTheInvite) {
  Load(R"(version 1
rule premium { on call_start when starts_with(dialled ?? "", "+900") then reject 403 "No" }
rule busy { on call_start when concurrent(by src.ip) > 2 then reject 486 }
rule ended { on call_end when code == 403 then tag "ended" }
)");
  EXPECT_EQ(Call("a", "sip:+900555@example.com").action, Action::kReject);
  EXPECT_EQ(verdict_.sip_code, 403);
  EXPECT_EQ(Rules(), (Texts{"premium", "ended"})) << "it is over at once";
  Call("b");
  EXPECT_EQ(Call("c").action, Action::kAllow) << "the one that was refused holds no lease";
  EXPECT_EQ(Call("d").sip_code, 486);
  HangUp("b");
  EXPECT_EQ(Call("e").action, Action::kAllow);
}

TEST_F(CallsTest, NumbersAreOfOneForm) {
  Load(R"(version 1
const home = "DE"
rule again { on call_start when count(by callee.number over 1h) == 3 then tag "again" }
)");
  Call("a", "sip:030123456@example.com");
  Call("b", "sip:+49-30-123456@example.com;user=phone");
  EXPECT_EQ(Rules(), Texts{});
  Call("c", "sip:004930123456@example.com");
  EXPECT_EQ(Rules(), Texts{"again"});
}

TEST_F(CallsTest, WhatHasHappenedIsFlaggedAtMost) {
  Load("version 1\nrule ended { on call_end when true then drop }\n");
  Call("a");
  EXPECT_EQ(HangUp("a").action, Action::kFlag);
  ASSERT_EQ(verdict_.hit_count, 1u);
  EXPECT_FALSE(verdict_.hits[0].enforced);
}

TEST_F(CallsTest, EmergencyCallsBegin) {
  Load("version 1\nrule any { on call_start when true then reject 403 }\n");
  Call("a", "urn:service:sos");
  EXPECT_TRUE(verdict_.emergency);
  EXPECT_EQ(verdict_.action, Action::kFlag) << "and nothing refuses them";
}

TEST_F(CallsTest, AMessageThatWasRefusedBeginsNoCall) {
  Load(R"(version 1
rule refuse { on request where method == INVITE when (ruri.user ?? "") == "evil" then drop }
rule begun { on call_start when true then tag "begun" }
)");
  Call("a", "sip:evil@example.com");
  EXPECT_EQ(Count(EventKind::kCallStart), 0u);
}

TEST_F(CallsTest, HostsMayTellOfThemThemselves) {
  Load("version 1\nrule begun { on call_start when true then tag \"begun\" }\n",
       {.calls_by_host = true});
  EXPECT_EQ(Call("a").hit_count, 0u);
  facts::HostEvent event;
  event.Reset(EventKind::kCallStart, packet_.monotonic, packet_.wall, true);
  InspectEvent(event);
  EXPECT_EQ(Rules(), Texts{"begun"});
}

TEST_F(CallsTest, TimeEndsThemWithATick) {
  Load("version 1\nrule ended { on call_end when code == 408 then tag \"ended\" }\n");
  for (int i = 0; i < 30; ++i) Call("call" + std::to_string(i));
  After(kHour);
  facts::HostEvent tick;
  tick.Reset(EventKind::kTick, packet_.monotonic, packet_.wall, false);
  InspectEvent(tick);
  EXPECT_EQ(Count(EventKind::kCallEnd), 30u);
  EXPECT_EQ(engine_->statistics().calls_lost, 30u);
  EXPECT_EQ(verdict_.hit_count + verdict_.hits_omitted, 30u);
}

TEST_F(CallsTest, TheIdentityIsKnownAtTheStart) {
  Load("version 1\nrule forged { on call_start when identity.result == failed then reject 438 }\n");
  const facts::Identity failed{.result = facts::IdentityResult::kFailed,
                               .reason = facts::IdentityReason::kSigInvalid};
  packet_.identity = &failed;
  Inspect(RequestText{.extra = "Identity: e30.e30.c2ln;info=<https://cr.example.com/a.pem>\r\n"});
  EXPECT_EQ(verdict_.sip_code, 438);
}

// As svcrack does, over UDP: its nonces prove that it gets the answers.
TEST_F(CallsTest, PasswordGuessesBanAProvenSource) {
  Load(R"(version 1
rule guess { on auth where result == fail when count(by src.ip over 10m) >= 3 then ban src.ip for 1h }
)");
  std::string nonce;
  for (int i = 0; i < 5; ++i) {
    const std::string extra =
        nonce.empty()
            ? ""
            : "Authorization: Digest username=\"bob\", realm=\"r\", nonce=\"" + nonce +
                  "\", uri=\"sip:example.com\", response=\"" + std::to_string(i) + "\"\r\n";
    std::string request = RequestText{.method = "REGISTER",
                                      .uri = "sip:example.com",
                                      .call_id = "r" + std::to_string(i),
                                      .extra = extra}
                              .str();
    Inspect(request);
    if (verdict_.action == Action::kDrop) break;
    nonce = "nonce" + std::to_string(i);
    std::string answer = ResponseText(401, "REGISTER", "bob", "r" + std::to_string(i));
    answer.insert(answer.find("Content-Length"),
                  "WWW-Authenticate: Digest realm=\"r\", nonce=\"" + nonce + "\"\r\n");
    std::swap(packet_.source, packet_.destination);
    Inspect(answer);
    std::swap(packet_.source, packet_.destination);
  }
  EXPECT_TRUE(Inspect(RequestText{}).banned);
  EXPECT_EQ(Count(EventKind::kAuth), 4u);
}

}  // namespace
}  // namespace sipward::engine
