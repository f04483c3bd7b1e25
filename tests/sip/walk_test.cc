// Ordinary values are walked, and never read in another way than by their grammar.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "tests/sip/support.h"
#include "tests/sip/walk_check.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kOrdinary[] = {
    "sip:+12155550131@198.51.100.200:5060;user=phone",
    "sips:example.com",
    "SIP:a.b-c@x1.example.org;lr;maddr=192.0.2.1;Transport=TCP",
    "SIP/2.0/UDP 198.51.100.10:5060;branch=z9hG4bK7c1d.5e3a8f1.0",
    "SIP/2.0/TLS pc33.example.com;rport;branch=z9hG4bK-52;received=192.0.2.200;maddr=h.example",
    "\"Alice Example\" <sip:alice@example.net;user=phone>;tag=as58f4201b",
    "<sip:192.0.2.7;transport=tcp;lr>",
    "Bob <sip:bob@example.com>",
    "Mr Watson <sip:watson@example.com>;tag=1",
    "sip:carol@example.com;tag=x-1",
    "\"+12155550121\" <sip:+12155550121@example.com>",
    "<sip:a@192.0.2.4:5062>;expires=3600;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000>\"",
    "102 INVITE",
    "6a1f09d25ab8ce42@203.0.113.45",
    "a84b4c76e66710",
    "INVITE sip:bob@example.com SIP/2.0",
    "SIP/2.0 200 OK",
    "SIP/2.0 486 Busy Here",
};

TEST(WalkTest, TakesWhatIsOrdinary) {
  for (const std::string_view value : kOrdinary) {
    const WalkCheck check = CheckWalks(value);
    EXPECT_GT(check.accepted, 0) << value;
    EXPECT_EQ(check.disagreed, "") << value;
  }
}

TEST(WalkTest, LeavesTheRareAndTheBrokenToTheGrammar) {
  for (const std::string_view value : {"sip:",
                                       "sip:@example.com",
                                       "sip:a@b@example.com",
                                       "sip:a@[2001:db8::1]",
                                       "sip:a@b.example.:0",
                                       "sip:a@example.com:65536",
                                       "sip:a@example.com;",
                                       "sip:a@example.com;x=;y",
                                       "sip:a@300.0.2.1",
                                       "sip:a@example.com;lr;LR",
                                       "sip:a%40b@example.com",
                                       "tel:+15550100",
                                       "<sip:a@example.com>;tag=1;tag=2",
                                       "<sip:a@example.com",
                                       "\"a\\\"b\" <sip:a@example.com>",
                                       "\"eve@example.org\" <sip:a@example.com>",
                                       "\"5550100\" <sip:5550199@example.com>",
                                       "SIP/2.0/UDP example.com:0",
                                       "SIP/2.0/UDP -a.example",
                                       "SIP/2.0/UDP a..example",
                                       "SIP/2.0/UDP 192.0.2.01;branch=z9hG4bK1",
                                       "SIP/2.0/UDP h;branch",
                                       "sip/2.0/udp h;branch=1",
                                       "1234567890123 INVITE",
                                       "1 INVITE x",
                                       "@host",
                                       "a@b@c",
                                       "INVITE sip:a SIP/3.0",
                                       "invite sip:a SIP/2.0",
                                       "INVITE  sip:a SIP/2.0",
                                       "SIP/2.0 99 OK",
                                       "SIP/2.0 200",
                                       ""}) {
    EXPECT_EQ(CheckWalks(value).accepted, 0) << value;
  }
}

// Every header value and start line of the corpora.
TEST(WalkTest, AgreesWithTheGrammarOnRealTraffic) {
  std::vector<std::string> messages = CorpusMessages();
  if (messages.empty()) std::cout << "SKIPPED the corpora\n";
  messages.emplace_back(kInvite);
  messages.emplace_back(kResponse);
  int accepted = 0;
  Message message;
  for (const std::string& text : messages) {
    message.Parse(text, {});
    for (const Header& header : message.headers()) {
      ValueCursor values(text.data(), header.value);
      for (Slice value; values.Next(&value);) {
        const WalkCheck check = CheckWalks(value.In(text.data()));
        accepted += check.accepted;
        ASSERT_EQ(check.disagreed, "") << value.In(text.data());
      }
    }
    ASSERT_EQ(CheckWalks(message.start().text.In(text.data())).disagreed, "");
  }
  EXPECT_GT(accepted, 20);
}

// One to three octets changed, doubled or left out: mostly just beside the ordinary.
std::string Mutate(std::string_view value, std::mt19937& random) {
  constexpr std::string_view kOctets = ":;=,@<>\"\\?&%[]()/ \t\r\n.-_0123459aZ*~+\0\x7F\x80\xC3";
  std::string text(value);
  for (auto i = random() % 3 + 1; i > 0; --i) {
    const size_t at = random() % (text.size() + 1);
    const char c = kOctets[random() % kOctets.size()];
    switch (random() % 4) {
      case 0:
        text.insert(at, 1, c);
        break;
      case 1:
        if (at < text.size()) text[at] = c;
        break;
      case 2:
        if (at < text.size()) text.erase(at, random() % 4);
        break;
      default:
        text.insert(at, text.substr(random() % (at + 1), random() % 12));
        break;
    }
  }
  return text;
}

TEST(WalkTest, AgreesWithTheGrammarJustBesideTheOrdinary) {
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string value = Mutate(kOrdinary[random() % std::size(kOrdinary)], random);
    const WalkCheck check = CheckWalks(value);
    accepted += check.accepted > 0;
    ASSERT_EQ(check.disagreed, "") << testing::PrintToString(value);
  }
  EXPECT_GT(accepted, 20'000);
}

}  // namespace
}  // namespace sipward::sip
