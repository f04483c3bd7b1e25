// Ordinary values are walked, and never read in another way than by their grammar.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "sip/walk_parts.h"
#include "tests/sip/support.h"
#include "tests/sip/walk_check.h"

namespace sipward::sip {
namespace {

struct Case {
  std::string_view walk;
  std::string_view value;
};

constexpr Case kOrdinary[] = {
    {"uri ", "sip:+12155550131@198.51.100.200:5060;user=phone"},
    {"uri ", "sips:example.com"},
    {"uri ", "SIP:a.b-c@x1.example.org;lr;maddr=192.0.2.1;Transport=TCP"},
    {"uri ", "sip:[2001:db8::7]:5060;transport=udp"},
    {"uri ", "sips:bob@[::ffff:192.0.2.1]"},
    {"name-addr ",
     "<sip:a@[fd17:625C:F037:2:a00:27ff:feb9:3519]:5062;transport=udp;lr>;x=0123456789012345"},
    {"name-addr ", "<sip:a@[::]>;tag=012345678901234567890123456789012345678901234567"},
    {"via ", "SIP/2.0/UDP 198.51.100.10:5060;branch=z9hG4bK7c1d.5e3a8f1.0"},
    {"via ", "SIP/2.0/TLS a.example;rport;branch=z9hG4bK-52;received=192.0.2.2;maddr=h.example"},
    {"via ", "SIP/2.0/UDP [2001:db8:0:0:8:800:200c:417a]:5062;branch=z1;received=2001:db8::1"},
    // Names that were made to meet the keys of "branch", "tag", "realm" and "username".
    {"via ", "SIP/2.0/UDP 192.0.2.1;__-blc.ddbhhhbhh=z9hG4bKevil"},
    {"name-addr ", "<sip:a@example.com>;h.+lllllbbbbbbdx=evil"},
    {"digest ", "Digest realm=\"a\", n+m!il!!bhbhhbbt=\"b\", h5i~clchbdhhphh0=\"c\""},
    {"name-addr ", "\"Alice Example\" <sip:alice@example.net;user=phone>;tag=as58f4201b"},
    {"name-addr ", "<sip:192.0.2.7;transport=tcp;lr>"},
    {"name-addr ", "Bob <sip:bob@example.com>"},
    {"name-addr ", "Mr Watson <sip:watson@example.com>;tag=1"},
    {"name-addr ", "sip:carol@example.com;tag=x-1"},
    {"name-addr ", "\"+12155550121\" <sip:+12155550121@example.com>"},
    {"name-addr ", "\"bob@example.com\" <sip:bob@example.com:5062>;tag=1"},
    {"name-addr ", "\" a@192.0.2.4 \"<sip:a@192.0.2.4>"},
    {"name-addr ", "<sip:a@192.0.2.4:5060;line=7d36>;q=0.500;expires=60"},
    {"name-addr ", "<sip:a@192.0.2.4:5062>;expires=3600;+sip.instance=\"<urn:uuid:0-1000>\""},
    {"digest ",
     "Digest username=\"bob\", realm=\"example.com\", nonce=\"Y2FmZTAx==\", algorithm=MD5, "
     "uri=\"sip:example.com\", response=\"6629fae4\", cnonce=\"0a4f\", qop=auth, nc=00000002"},
    {"digest ", "Digest realm=\"a\",nonce=\"b/c\",stale=FALSE"},
    {"cseq ", "102 INVITE"},
    {"call-id ", "6a1f09d25ab8ce42@203.0.113.45"},
    {"call-id ", "a84b4c76e66710"},
    {"call-id ", "1-2@[2001:db8::1]:5060"},
    {"items ", "INVITE, ACK, CANCEL,BYE"},
    {"items ", "timer,  100rel"},
    {"items ", "application/sdp"},
    {"items ", "multipart/mixed;boundary=\"a, b\";x=1"},
    {"items ", "text/plain;q=0.5, */*;q=0"},
    {"items ", "1800;refresher=UAS"},
    {"items ", "presence.winfo;id=7"},
    {"items ", "active;expires=3600"},
    {"items ", "Q.850;cause=16;text=\"Terminated\", SIP;cause=200"},
    {"items ", "ab/c-d_e.f+g.h;info=<https://a.example/c.pem>;alg=ES256;ppt=shaken"},
    {"items ", "SampleGate/2.7"},
    {"text ", "any <text>, with \"what\" it likes"},
    {"items ", "kamailio (5.6.3 (x86_64/linux))"},
    {"items ", "X-Lite release (a)"},
    {"start-line ", "INVITE sip:bob@example.com SIP/2.0"},
    {"start-line ", "SIP/2.0 200 OK"},
    {"start-line ", "SIP/2.0 486 Busy Here"},
};

bool Holds(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

TEST(WalkTest, TakesWhatIsOrdinary) {
  for (const Case& c : kOrdinary) {
    const WalkCheck check = CheckWalks(c.value);
    EXPECT_TRUE(Holds(check.accepted, c.walk)) << c.walk << c.value;
    EXPECT_EQ(check.disagreed, "") << c.value;
  }
}

constexpr std::string_view kSession = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=a b: c\r\n";

// What follows the session's name, and whether a walk takes it.
const struct {
  std::string_view lines;
  bool ordinary;
} kDescriptions[] = {
    {"c=IN IP4 192.0.2.1\r\nt=0 0\r\n", true},
    {"c=IN IP6 2001:db8::7\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n", true},
    {"b=AS:64\r\nt=0 0\r\nt=1 2\r\na=recvonly\r\n", true},
    {"i=a\r\nu=https://a.example\r\ne=a\r\ne=b\r\np=+1\r\nt=0 0\r\n", true},
    {"t=0 0\r\nm=audio 49170 RTP/AVP 0 101\r\nc=IN IP4 a.example\r\nb=TIAS:64000\r\n"
     "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n",
     true},
    {"c=IN IP4 h.example\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000/1\r\n"
     "m=video 5004 RTP/AVP 31\r\na=inactive\r\na=rtcp:5005 IN IP4 192.0.2.1\r\n",
     true},
    {"i=a\r\ni=b\r\nt=0 0\r\n", false},
    {"p=a\r\ne=b\r\nt=0 0\r\n", false},
    {"i\r\nt=0 0\r\n", false},
    {"t=0 0\r\nm=audio 49170 RTP/AVP 0\r\n", false},  // no connection
    {"c=IN IP6 2001:db8::7::1\r\nt=0 0\r\n", false},
    {"c=IN IP6 192.0.2.1\r\nt=0 0\r\n", false},
    {"c=IN IP6 \r\nt=0 0\r\n", false},
    {"c=IN IP6 2001:db8:", false},
    {"c=IN IP4 192.0.2.256\r\nt=0 0\r\n", false},
    {"c=IN IP4 192.0.2.1\r\n", false},  // no time
    {"t=0 0\r\nc=IN IP4 192.0.2.1\r\n", false},
    {"t=0 0\r\na=sendrecv\r\na=inactive\r\n", false},
    {"t=0 0\r\na=rtpmap:1 A/8000\r\na=rtpmap:1 B/8000\r\n", false},
    {"t=0 0\r\na=rtpmap:128 A/8000\r\n", false},
    {"t=0 0\r\na=rtpmap:01 A/8000\r\n", false},
    {"t=0 0\r\na=fmtp:1 \r\n", false},
    {"t=0 0\r\na=x:\r\n", false},
    {"t=0 0\r\na=\r\n", false},
    {"t=0 0\r\na", false},
    {"t=0 0\n", false},
    {"t=0 0", false},
    {"t=0 18446744073709551616\r\n", false},
    {"c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 65536 RTP/AVP 0\r\n", false},
    {"c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 1 RTP/AVP\r\n", false},
    {"c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 1 RTP/AVP 128\r\n", false},
};

TEST(WalkTest, TakesOrdinarySessionDescriptionsAlone) {
  for (const auto& [lines, ordinary] : kDescriptions) {
    const WalkCheck check = CheckWalks(std::string(kSession) + std::string(lines));
    EXPECT_EQ(Holds(check.accepted, "sdp "), ordinary) << lines;
    EXPECT_EQ(check.disagreed, "") << lines;
  }
}

TEST(WalkTest, TakesAnOriginInBracketsAsTheGrammarDoes) {
  constexpr std::string_view kOrdinaryRest = "\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\n";
  const auto check = [&](std::string_view address) {
    return CheckWalks("v=0\r\no=- 1 2 IN IP6 " + std::string(address) + std::string(kOrdinaryRest));
  };
  EXPECT_TRUE(Holds(check("[2001:db8::1]").accepted, "sdp "));
  for (const std::string_view broken : {"[]", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]x",
                                        "[2001:db8::1]:", "[2001:db8:1]", "[[::1]]", "["}) {
    EXPECT_FALSE(Holds(check(broken).accepted, "sdp ")) << broken;
  }
  for (const std::string_view any : {"[2001:db8::1]", "[::]", "[::ffff:192.0.2.1]", "::1"}) {
    EXPECT_EQ(check(any).disagreed, "") << any;
  }
}

// Of an address that many octets follow, 48 are read at once.
TEST(WalkTest, ReadsAddressesAtOnceAsOctetByOctet) {
  std::mt19937 random(20240704);
  constexpr std::string_view kAlphabet = "0123456789abcdefABCDEF:::::::::.g";
  int valid = 0;
  for (int round = 0; round < 300'000; ++round) {
    std::string text;
    const auto groups = random() % 10;
    for (size_t i = 0; i < groups; ++i) {
      text.append(random() % 5, kAlphabet[random() % 22]);
      if (i + 1 < groups || random() % 8 == 0) text += ':';
    }
    if (random() % 4 == 0) text.insert(random() % (text.size() + 1), "::");
    if (random() % 4 == 0) text += "192.0.2.1";
    if (random() % 2 == 0 && !text.empty()) {
      text[random() % text.size()] = kAlphabet[random() % kAlphabet.size()];
    }
    const auto end = static_cast<uint32_t>(text.size());
    text += ']' + std::string(64, '0');
    const auto ends = [&](uint32_t readable) {
      return end != 0 && SkipIpv6(text.data(), 0, readable) == end;
    };
    ASSERT_EQ(ends(0), ends(end + 65)) << text;
    valid += ends(0) ? 1 : 0;
  }
  EXPECT_GT(valid, 10'000);
}

TEST(WalkTest, AgreesWithTheGrammarOnChangedSessionDescriptions) {
  std::mt19937 random(20240611);
  constexpr std::string_view kAlphabet = "\r\n\r\n  =:/0123459vosctamb-.ax\x01\x80\"";
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    constexpr size_t kOrdinaryOnes = 6;
    std::string text = std::string(kSession);
    text += kDescriptions[random() % kOrdinaryOnes].lines;
    for (auto changes = random() % 3 + 1; changes != 0; --changes) {
      const size_t at = random() % text.size();
      const char c = kAlphabet[random() % kAlphabet.size()];
      switch (random() % 3) {
        case 0:
          text[at] = c;
          break;
        case 1:
          text.insert(at, 1, c);
          break;
        default:
          text.erase(at, 1);
      }
    }
    const WalkCheck check = CheckWalks(text);
    ASSERT_EQ(check.disagreed, "") << text;
    accepted += Holds(check.accepted, "sdp ") ? 1 : 0;
  }
  EXPECT_GT(accepted, 1'000);
}

constexpr Case kLeft[] = {
    {"uri ", "sip:"},
    {"uri ", "sip:@example.com"},
    {"uri ", "sip:a@b@example.com"},
    {"uri ", "sip:a@[2001:db8::1"},
    {"uri ", "sip:a@[1::2::3]"},
    {"uri ", "sip:[12345::]"},
    {"uri ", "sip:[1:2:3:4:5:6:7]"},
    {"uri ", "sip:[::1]x"},
    {"uri ", "sip:[:::192.0.2.1]"},
    {"uri ", "sip:a@b.example.:0"},
    {"uri ", "sip:a@example.com:65536"},
    {"uri ", "sip:a@example.com;"},
    {"uri ", "sip:a@example.com;x=;y"},
    {"uri ", "sip:a@300.0.2.1"},
    {"uri ", "sip:a@example.com;lr;LR"},
    {"uri ", "sip:a%40b@example.com"},
    {"uri ", "tel:+15550100"},
    {"name-addr ", "<sip:a@example.com>;tag=1;tag=2"},
    {"name-addr ", "<sip:a@example.com"},
    {"name-addr ", "\"a\\\"b\" <sip:a@example.com>"},
    {"name-addr ", "\"eve@example.org\" <sip:a@example.com>"},
    {"name-addr ", "\"a@example.org\" <sip:a@example.com>"},
    {"name-addr ", "\"a@a@example.com\" <sip:a@example.com>"},
    {"name-addr ", "\"@example.com\" <sip:example.com>"},
    {"name-addr ", "\"sip:a@example.com\" <sip:a@example.com>"},
    {"name-addr ", "\"5550100\" <sip:5550199@example.com>"},
    {"via ", "SIP/2.0/UDP example.com:0"},
    {"via ", "SIP/2.0/UDP -a.example"},
    {"via ", "SIP/2.0/UDP a..example"},
    {"via ", "SIP/2.0/UDP a-.example"},
    {"via ", "SIP/2.0/UDP 192.0.2.01;branch=z9hG4bK1"},
    {"via ", "SIP/2.0/UDP h;branch"},
    {"via ", "SIP/2.0/UDP h;received=1::2::3"},
    {"via ", "sip/2.0/udp h;branch=1"},
    {"digest ", "Digest qop=auth"},
    {"digest ", "Digest realm=\"a\", realm=\"b\""},
    {"digest ", "Digest realm=\"a\","},
    {"digest ", "Digest realm=\"a"},
    {"digest ", "Digest realm=\"a\", qop=auth, response=\"b\""},
    {"digest ", "Basic realm=\"a\""},
    {"cseq ", "1234567890123 INVITE"},
    {"cseq ", "1 INVITE x"},
    {"call-id ", "@host"},
    {"call-id ", "a@b@c"},
    {"call-id ", "a@"},
    {"items ", "INVITE, ,ACK"},
    {"items ", "INVITE,"},
    {"items ", ",ACK"},
    {"items ", "a;info=<b>"},
    {"items ", "(a"},
    {"items ", "(a))"},
    {"items ", "(a\\)b)"},
    {"items ", "/a"},
    {"items ", "a/ "},
    {"start-line ", "INVITE sip:a SIP/3.0"},
    {"start-line ", "invite sip:a SIP/2.0"},
    {"start-line ", "INVITE  sip:a SIP/2.0"},
    {"start-line ", "SIP/2.0 99 OK"},
    {"start-line ", "SIP/2.0 200"},
    {"call-id ", ""},
};

TEST(WalkTest, LeavesTheRareAndTheBrokenToTheGrammar) {
  for (const Case& c : kLeft) {
    EXPECT_FALSE(Holds(CheckWalks(c.value).accepted, c.walk)) << c.walk << c.value;
  }
}

// Every header value and start line of the corpora and of our own messages.
TEST(WalkTest, AgreesWithTheGrammarOnRealTraffic) {
  std::vector<std::string> messages = CorpusMessages();
  if (messages.empty()) std::cout << "SKIPPED the corpora\n";
  for (std::string& own : OwnMessages()) messages.push_back(std::move(own));
  int accepted = 0;
  Message message;
  for (const std::string& text : messages) {
    message.Parse(text, {});
    for (const Header& header : message.headers()) {
      ValueCursor values(text.data(), header.value);
      for (Slice value; values.Next(&value);) {
        const WalkCheck check = CheckWalks(value.In(text.data()));
        accepted += !check.accepted.empty();
        ASSERT_EQ(check.disagreed, "") << value.In(text.data());
      }
    }
    ASSERT_EQ(CheckWalks(message.start().text.In(text.data())).disagreed, "");
    ASSERT_EQ(CheckWalks(message.body().In(text.data())).disagreed, "");
  }
  EXPECT_GT(accepted, 15);
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
    const std::string value = Mutate(kOrdinary[random() % std::size(kOrdinary)].value, random);
    const WalkCheck check = CheckWalks(value);
    accepted += !check.accepted.empty();
    ASSERT_EQ(check.disagreed, "") << testing::PrintToString(value);
  }
  EXPECT_GT(accepted, 20'000);
}

}  // namespace
}  // namespace sipward::sip
