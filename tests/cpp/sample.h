// Messages, rules and engines that several tests use.
#ifndef SIPWARD_TESTS_CPP_SAMPLE_H_
#define SIPWARD_TESTS_CPP_SAMPLE_H_

#include <chrono>
#include <string_view>

#include "sipward/sipward.h"

namespace sample {

inline constexpr std::string_view kInvite =
    "INVITE sip:bob@biloxi.example;transport=tcp SIP/2.0\r\n"
    "Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport\r\n"
    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx\r\n"
    "Max-Forwards: 70\r\n"
    "To: Bob <sip:bob@biloxi.example>\r\n"
    "From: Alice <sip:alice@atlanta.example:5070>;tag=1928301774;x=\"a;b\";y\r\n"
    "Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n"
    "CSeq: 314159 INVITE\r\n"
    "Contact: <sip:alice@192.0.2.4>, <tel:+12025550100>\r\n"
    "Contact: <sip:alice@192.0.2.5>\r\n"
    "Content-Length: 4\r\n"
    "\r\n"
    "body";

inline constexpr std::string_view kOptions =
    "OPTIONS sip:100@192.0.2.1 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:100@192.0.2.1>\r\n"
    "From: <sip:100@192.0.2.1>;tag=1\r\n"
    "Call-ID: 1@198.51.100.7\r\n"
    "CSeq: 1 OPTIONS\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

inline constexpr std::string_view kRules =
    "version 1\n"
    "rule test.options {\n"
    "  meta { severity low why \"an OPTIONS request\" }\n"
    "  on request where method == OPTIONS\n"
    "  when true\n"
    "  then reject 403 \"Not here\", score 7 on src.ip\n"
    "}\n"
    "rule test.often {\n"
    "  meta { severity high why \"too many INVITEs\" }\n"
    "  on request where method == INVITE\n"
    "  when count(by src.ip over 1m) > 3\n"
    "  then drop\n"
    "}\n";

inline sipward::Packet MakePacket(std::string_view bytes) {
  sipward::Packet packet;
  packet.bytes = bytes;
  packet.source = sipward::Endpoint::V4({198, 51, 100, 7}, 5060);
  packet.destination = sipward::Endpoint::V4({192, 0, 2, 1}, 5060);
  // Over UDP the same message again would be a retransmission, which counts once.
  packet.transport = sipward::Transport::kTcp;
  packet.direction = sipward::Direction::kInbound;
  packet.monotonic += std::chrono::seconds(1);
  return packet;
}

}  // namespace sample

#endif  // SIPWARD_TESTS_CPP_SAMPLE_H_
