#include "engine/guards.h"
#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

constexpr std::string_view kDropAll =
    "version 1 rule r { on request, response when true then drop, ban src.ip for 1h }";

TEST(EmergencyUrnTest, KnowsTheServiceAndItsLabels) {
  EXPECT_TRUE(IsEmergencyUrn("urn:service:sos"));
  EXPECT_TRUE(IsEmergencyUrn("URN:Service:SOS.fire"));
  EXPECT_FALSE(IsEmergencyUrn("urn:service:sos."));
  EXPECT_FALSE(IsEmergencyUrn("urn:service:sosx"));
  EXPECT_FALSE(IsEmergencyUrn("urn:service:counseling"));
  EXPECT_FALSE(IsEmergencyUrn("sip:urn:service:sos@example.com"));
  EXPECT_FALSE(IsEmergencyUrn(""));
}

TEST_F(EngineTest, AnEmergencyCallIsFlaggedAtMost) {
  Load(kDropAll);
  packet_.transport = facts::Transport::kTcp;
  EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos.police"}).action, Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
}

TEST_F(EngineTest, TheDialogOfAnEmergencyCallIsGuardedToo) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos"});
  EXPECT_EQ(
      Inspect(RequestText{.method = "ACK", .uri = "sip:psap@198.51.100.9", .to_tag = "t"}).action,
      Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.method = "CANCEL", .uri = "urn:service:sos"}).action,
            Action::kFlag);
  const std::string response = ResponseText(200, "INVITE", "bob", "call-1@192.0.2.7");
  EXPECT_EQ(Inspect(response).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.method = "BYE", .to_tag = "t", .call_id = "other"}).action,
            Action::kDrop);
}

TEST_F(EngineTest, TheGuardIsNoCloak) {
  Load(kDropAll);
  EXPECT_EQ(Inspect(RequestText{.method = "REGISTER", .uri = "urn:service:sos"}).action,
            Action::kDrop);
  EXPECT_EQ(
      Inspect(RequestText{.method = "INVITE", .uri = "urn:service:sos", .to_tag = "t"}).action,
      Action::kDrop);
  EXPECT_EQ(Inspect("INVITE urn:service:sos SIP/2.0\r\nVia: x\r\n\r\n").action, Action::kDrop)
      << "malformed";
}

TEST_F(EngineTest, TheCallIdOfAnEmergencyCallCloaksNothingElse) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos"});
  for (const char* method : {"REGISTER", "OPTIONS", "SUBSCRIBE", "MESSAGE", "BYE", "INFO"}) {
    EXPECT_EQ(Inspect(RequestText{.method = method}).action, Action::kDrop) << method;
  }
  EXPECT_EQ(Inspect(ResponseText(401, "REGISTER", "bob", "call-1@192.0.2.7")).action,
            Action::kDrop);
  std::string other = RequestText{.method = "BYE", .to_tag = "t"}.str();
  other.replace(other.find("1928301774"), 10, "5555555555");
  EXPECT_EQ(Inspect(other).action, Action::kDrop) << "another caller's tag";
}

TEST_F(EngineTest, TheCalleeMayEndAnEmergencyCall) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos"});
  std::string bye = RequestText{.method = "BYE", .to_tag = "1928301774"}.str();
  bye.replace(bye.find("tag=1928301774"), 14, "tag=psap");
  EXPECT_EQ(Inspect(bye).action, Action::kFlag);
}

TEST_F(EngineTest, ManyEmergencyCallsOfOneHostDoNotPushOutAnother) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos", .call_id = "real"});
  From("203.0.113.9");
  for (int i = 0; i < 12000; ++i) {
    EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos", .call_id = std::to_string(i)}).action,
              Action::kFlag);
  }
  From("192.0.2.7");
  EXPECT_EQ(Inspect(RequestText{.method = "BYE", .to_tag = "t", .call_id = "real"}).action,
            Action::kFlag);
}

TEST_F(EngineTest, ASourceBannedForOtherThingsMayStillCallForHelp) {
  Load("version 1 rule r { on request when method == OPTIONS then ban src.ip for 1h }");
  packet_.transport = facts::Transport::kTcp;
  Inspect(RequestText{.method = "OPTIONS"});
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos"}).action, Action::kAllow);
}

TEST_F(EngineTest, ASiteNamesItsOwnNumbers) {
  Load(std::string(kDropAll) + " list emergency : exact [\"112\", \"999\"]");
  EXPECT_EQ(Inspect(RequestText{.uri = "sip:112@example.com"}).action, Action::kFlag);
  EXPECT_TRUE(verdict_.emergency);
  EXPECT_EQ(Inspect(RequestText{.uri = "sip:1121@example.com", .call_id = "two"}).action,
            Action::kDrop);
}

TEST_F(EngineTest, TheListMayBeNamedLikeTheField) {
  Load(R"(version 1 list emergency : exact ["112"]
          rule r { on request when emergency and (ruri.user ?? "") in emergency then alert })");
  Inspect(RequestText{.uri = "sip:112@example.com"});
  EXPECT_EQ(Rules(), std::vector<std::string>{"r"});
}

}  // namespace
}  // namespace sipward::engine
