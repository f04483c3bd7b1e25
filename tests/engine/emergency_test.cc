#include "engine/emergency.h"

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

TEST_F(EngineTest, AnEmergencyNumberMayBeWrittenWithSeparators) {
  Load(std::string(kDropAll) + " list emergency : exact [\"911\"]");
  EXPECT_EQ(Inspect(RequestText{.uri = "sip:9-1-1@example.com"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.uri = "tel:911;phone-context=+1", .call_id = "b"}).action,
            Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.uri = "sip:9-1-1-1@example.com", .call_id = "c"}).action,
            Action::kDrop);
}

RequestText Callback(std::string uri = "sip:alice@192.0.2.7") {
  return {.uri = std::move(uri),
          .call_id = "back",
          .from_user = "psap",
          .extra = "Priority: PSAP-Callback\r\n"};
}

TEST_F(EngineTest, ACallbackCountsFromTrustedPeersAlone) {
  Load(std::string(kDropAll) + " list trusted : cidr [\"203.0.113.0/24\"]");
  EXPECT_EQ(Inspect(Callback()).action, Action::kDrop) << "anybody can write a header";
  packet_.registered = packet_.authenticated = true;
  EXPECT_EQ(Inspect(Callback()).action, Action::kDrop) << "so can everybody with an account";
  From("203.0.113.9");
  for (int i = 0; i < 100; ++i) {
    RequestText callback = Callback();
    callback.call_id = std::to_string(i);
    EXPECT_EQ(Inspect(callback).action, Action::kFlag);
  }
  EXPECT_TRUE(verdict_.emergency);
  RequestText other = Callback();
  other.method = "REGISTER";
  EXPECT_EQ(Inspect(other).action, Action::kDrop);
  other = Callback();
  other.extra = "Priority: psap-callback-not\r\n";
  EXPECT_EQ(Inspect(other).action, Action::kDrop);
}

TEST_F(EngineTest, WhoCalledForHelpMayBeCalledBackForHalfAnHour) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos"});
  const facts::Packet caller = packet_;
  From("198.51.100.77");
  packet_.destination = caller.source;
  EXPECT_EQ(Inspect(Callback("sip:somebody@example.com")).action, Action::kFlag) << "by the host";
  RequestText bye = Callback();
  bye.method = "BYE";
  bye.to_tag = "t";
  EXPECT_EQ(Inspect(bye).action, Action::kFlag) << "its dialog";
  packet_.destination = *IpAddress::Parse("192.0.2.8");
  EXPECT_EQ(Inspect(Callback("sip:somebody@example.com")).action, Action::kDrop);
  packet_.destination = caller.source;
  After(31 * kMinute);
  EXPECT_EQ(Inspect(Callback("sip:somebody@example.com")).action, Action::kDrop);
}

TEST_F(EngineTest, ACallbackToTheUserOfAForgedEmergencyCallIsNone) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos", .from_user = "victim"});
  From("203.0.113.5");
  EXPECT_EQ(Inspect(Callback("sip:victim@example.com")).action, Action::kDrop);
  packet_.transport = facts::Transport::kTls;
  Inspect(RequestText{.uri = "urn:service:sos", .call_id = "x", .from_user = "caller"});
  From("203.0.113.6");
  EXPECT_EQ(Inspect(Callback("sip:caller@example.com")).action, Action::kFlag);
}

TEST_F(EngineTest, ACallbackOfAStrangerOpensNoDoorForAFlood) {
  Load(kDropAll);
  Inspect(RequestText{.uri = "urn:service:sos"});
  packet_.destination = packet_.source;
  From("203.0.113.5");
  int guarded = 0;
  for (int i = 0; i < 1000; ++i) {
    RequestText callback = Callback();
    callback.call_id = std::to_string(i);
    if (Inspect(callback).action == Action::kFlag) ++guarded;
  }
  EXPECT_EQ(guarded, static_cast<int>(kEmergencyDialogsOfAHost));
}

TEST_F(EngineTest, AFloodOfEmergencyCallsIsGuardedAndSaidToBeOne) {
  Load(kDropAll);
  int advised = 0;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos", .call_id = std::to_string(i)}).action,
              Action::kFlag);
    if (verdict_.overload) ++advised;
  }
  EXPECT_EQ(advised, 50 - static_cast<int>(kEmergencyDialogsOfAHost)) << "one host";
  After(kHour);
  advised = 0;
  for (int i = 0; i < 200; ++i) {
    From("198.18.0." + std::to_string(i));
    EXPECT_EQ(
        Inspect(RequestText{.uri = "urn:service:sos", .call_id = "n" + std::to_string(i)}).action,
        Action::kFlag);
    if (verdict_.overload) ++advised;
  }
  EXPECT_EQ(advised, 200 - static_cast<int>(kEmergencyCallsOfAll)) << "many hosts";
  EXPECT_FALSE(Inspect(RequestText{}).overload);
}

TEST_F(EngineTest, TheListMayBeNamedLikeTheField) {
  Load(R"(version 1 list emergency : exact ["112"]
          rule r { on request when emergency and (ruri.user ?? "") in emergency then alert })");
  Inspect(RequestText{.uri = "sip:112@example.com"});
  EXPECT_EQ(Rules(), std::vector<std::string>{"r"});
}

// However it is dialled, and whatever the rules, lists and bans say.
TEST_F(EngineTest, EmergencyNumbersOfTheCountryAreNeverBlocked) {
  constexpr std::string_view kRest = R"(
    list bad : prefix ["1", "9", "+4911"]
    rule drops { on request, response when true then drop, ban src.ip for 1h }
    rule lists { on request when ruri.digits in bad then reject 403, ban src.net for 1h }
  )";
  struct Case {
    const char* home;
    const char* uri;
  };
  for (const Case& one :
       {Case{"US", "sip:911@example.com"}, Case{"US", "tel:911"},
        Case{"US", "tel:911;phone-context=+1"}, Case{"US", "sip:9-1-1@example.com;user=phone"},
        Case{"US", "sip:112@example.com"}, Case{"US", "sip:911;phone-context=+1@example.com"},
        Case{"GB", "sip:999@example.com"}, Case{"GB", "tel:112;phone-context=example.com"},
        Case{"DE", "sip:110@example.com"}, Case{"DE", "tel:112"},
        Case{"DE", "sip:+112@example.com"}, Case{"JP", "sip:119@example.com"},
        Case{"AU", "tel:000"}}) {
    Load("version 1 const home = \"" + std::string(one.home) + "\"" + std::string(kRest));
    packet_.transport = facts::Transport::kTcp;
    Inspect(RequestText{.uri = "sip:bob@example.com"});
    EXPECT_EQ(verdict_.action, Action::kDrop) << "and bans the source";
    EXPECT_EQ(Inspect(RequestText{.uri = one.uri}).action, Action::kFlag)
        << one.home << ' ' << one.uri;
    EXPECT_TRUE(verdict_.emergency) << one.home << ' ' << one.uri;
  }
}

TEST_F(EngineTest, NumbersThatOnlyLookLikeEmergencyNumbersAreNone) {
  for (const auto& [home, uri] :
       {std::pair("", "sip:911@example.com"), std::pair("DE", "sip:911@example.com"),
        std::pair("US", "sip:9110@example.com"), std::pair("US", "sip:19115550100@example.com"),
        std::pair("US", "sip:bob@911"), std::pair("US", "sip:bob@911.example.com")}) {
    Load("version 1 const home = \"" + std::string(home) +
         "\" rule r { on request when true then drop }");
    EXPECT_EQ(Inspect(RequestText{.uri = uri}).action, Action::kDrop) << home << ' ' << uri;
  }
}

}  // namespace
}  // namespace sipward::engine
