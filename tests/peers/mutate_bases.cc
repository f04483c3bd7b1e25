// The good messages that are mutated.
#include "tests/peers/mutate.h"

namespace sipward::peers {
namespace {

// Lines end in LF here and in CRLF in the message; the body has a Content-Length of its own.
struct Base {
  std::string_view head;
  std::string_view body;
};

constexpr std::string_view kSession =
    "v=0\n"
    "o=alice 2890844526 2890844526 IN IP4 192.0.2.10\n"
    "s=-\n"
    "c=IN IP4 192.0.2.10\n"
    "t=0 0\n"
    "m=audio 49172 RTP/AVP 0 8\n"
    "a=rtpmap:0 PCMU/8000\n";

constexpr Base kBases[] = {
    {"INVITE sip:bob@example.com SIP/2.0\n"
     "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport\n"
     "Max-Forwards: 70\n"
     "From: \"Alice\" <sip:alice@example.org>;tag=1928301774\n"
     "To: Bob <sip:bob@example.com>\n"
     "Call-ID: a84b4c76e66710@192.0.2.10\n"
     "CSeq: 314159 INVITE\n"
     "Contact: <sip:alice@192.0.2.10:5060>\n"
     "Content-Type: application/sdp\n",
     kSession},
    {"INVITE sip:+12125550123@gw.example.com;user=phone SIP/2.0\n"
     "v: SIP/2.0/TCP proxy.example.com;branch=z9hG4bK4b43c2ff8.1, SIP/2.0/UDP "
     "[2001:db8::9:1]:5070;branch=z9hG4bK87asdks7;received=2001:db8::9:2\n"
     "Max-Forwards: 69\n"
     "f: <sip:carol@[2001:db8::9:1]:5070>;tag=9fxced76sl\n"
     "t: <sip:+12125550123@gw.example.com;user=phone>\n"
     "i: 3848276298220188511@proxy.example.com\n"
     "CSeq: 2 INVITE\n"
     "m: <sip:carol@[2001:db8::9:1]:5070;transport=tcp>;expires=60\n"
     "Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\n"
     "P-Asserted-Identity: \"Carol\" <sip:carol@example.net>\n"
     "Subject: the weekly meeting\n",
     ""},
    {"REGISTER sip:registrar.example.com SIP/2.0\n"
     "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bKnashds7\n"
     "Max-Forwards: 70\n"
     "From: Bob <sip:bob@example.com>;tag=456248\n"
     "To: Bob <sip:bob@example.com>\n"
     "Call-ID: 843817637684230@998sdasdh09\n"
     "CSeq: 1826 REGISTER\n"
     "Contact: <sip:bob@198.51.100.7>;q=0.7;expires=3600\n"
     "Expires: 7200\n"
     "Authorization: Digest username=\"bob\", realm=\"example.com\", nonce=\"84a4cc6f3082121f\", "
     "uri=\"sip:registrar.example.com\", response=\"7587245234b3434cc3412213e5f113a5\", "
     "algorithm=MD5\n",
     ""},
    {"SIP/2.0 200 OK\n"
     "Via: SIP/2.0/UDP proxy.example.com;branch=z9hG4bKnashds8;received=192.0.2.3\n"
     "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK776asdhds;received=192.0.2.1\n"
     "To: Bob <sip:bob@example.com>;tag=a6c85cf\n"
     "From: Alice <sip:alice@example.org>;tag=1928301774\n"
     "Call-ID: a84b4c76e66710@192.0.2.10\n"
     "CSeq: 314159 INVITE\n"
     "Contact: <sip:bob@192.0.2.4>\n"
     "Server: Example-PBX/1.2\n"
     "Content-Type: application/sdp\n",
     kSession},
    {"OPTIONS sip:100@203.0.113.5 SIP/2.0\n"
     "Via: SIP/2.0/TLS client.example.net:5061;branch=z9hG4bKhjhs8ass877;alias\n"
     "Route: <sips:edge.example.net;lr>\n"
     "From: sip:100@203.0.113.5;tag=as58f4201b\n"
     "To: sip:100@203.0.113.5\n"
     "Call-ID: f81d4fae-7dec-11d0-a765-00a0c91e6bf6\n"
     "CSeq: 63104 OPTIONS\n"
     "Max-Forwards: 70\n"
     "Contact: sip:100@203.0.113.5:5061\n"
     "Accept: application/sdp, application/pidf+xml\n"
     "User-Agent: example/1.0 (test)\n",
     ""},
    {"MESSAGE sip:d%61ve;phone-context=example@example.com SIP/2.0\n"
     "Via: SIP/2.0/TCP 192.0.2.33;branch=z9hG4bK776sgdkse\n"
     "Max-Forwards: 70\n"
     "From: <tel:+12125550199>;tag=49583\n"
     "To: \"D. \\\"Dave\\\" Doe\" <sip:dave@example.com>\n"
     "Call-ID: asd88asd77a@192.0.2.33\n"
     "CSeq: 1 MESSAGE\n"
     "Date: Sat, 13 Nov 2010 23:29:00 GMT\n"
     "Content-Type: text/plain\n",
     "Watson, come here.\n"},
    {"BYE sip:alice@192.0.2.10:5060;ob SIP/2.0\n"
     "Via: SIP/2.0/UDP 192.0.2.4:5062;rport;branch=z9hG4bKnashds10\n"
     "Max-Forwards: 70\n"
     "From: Bob <sip:bob@example.com>;tag=a6c85cf\n"
     "To: Alice <sip:alice@example.org>;tag=1928301774\n"
     "Call-ID: a84b4c76e66710@192.0.2.10\n"
     "CSeq: 231 BYE\n"
     "Reason: Q.850;cause=16;text=\"Terminated\"\n",
     ""},
};

std::string WithLineEnds(std::string_view text) {
  std::string wire;
  for (const char c : text) {
    if (c == '\n') wire += '\r';
    wire += c;
  }
  return wire;
}

}  // namespace

std::vector<std::string> BaseMessages() {
  std::vector<std::string> messages;
  for (const Base& base : kBases) {
    const std::string body = WithLineEnds(base.body);
    messages.push_back(WithLineEnds(base.head) + "Content-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body);
  }
  return messages;
}

}  // namespace sipward::peers
