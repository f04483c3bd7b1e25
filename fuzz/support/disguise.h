// Messages that rules have something to say of, and the packets that bring them, out of bytes.
#ifndef SIPWARD_FUZZ_SUPPORT_DISGUISE_H_
#define SIPWARD_FUZZ_SUPPORT_DISGUISE_H_

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "facts/facts.h"
#include "fuzz/support/input.h"

namespace sipward::fuzz {

inline std::string MessageFrom(Input* input) {
  constexpr std::string_view kStarts[] = {"INVITE sip:+15550100@example.com SIP/2.0",
                                          "REGISTER sip:example.com SIP/2.0",
                                          "OPTIONS sip:100@192.0.2.1 SIP/2.0",
                                          "SIP/2.0 401 Unauthorized",
                                          "SIP/2.0 200 OK",
                                          "ACK sip:bob@198.51.100.9:5070 SIP/2.0"};
  constexpr std::string_view kLines[] = {"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds",
                                         "From: \"A\" <sip:alice@",
                                         "To: <sip:bob@",
                                         "Call-ID: ",
                                         "CSeq: 1 REGISTER",
                                         "Contact: <sip:alice@192.0.2.1>",
                                         "User-Agent: ",
                                         "Authorization: Digest username=\"",
                                         "Subject: ",
                                         "X-Own: ",
                                         "Expires: "};
  if (input->Pick(8) == 0) return std::string(input->Text());
  std::string out(kStarts[input->Pick(std::size(kStarts))]);
  out += "\r\n";
  for (const std::string_view line : kLines) {
    const uint8_t how = input->Byte();
    if (how % 8 == 7) continue;  // this header is missing
    out += line;
    out += how % 8 < 3 ? std::string_view("x.example.com>;tag=1") : input->Bytes(size_t{how} % 24);
    out += "\r\n";
  }
  return out + "\r\n" + std::string(input->Bytes(input->Byte()));
}

inline facts::Packet PacketFrom(Input* input, std::string_view bytes, Nanos* now) {
  facts::Packet packet;
  const uint8_t how = input->Byte();
  *now += Nanos{input->Byte()} * (how % 2 == 0 ? kMillisecond : kSecond);
  packet.bytes = bytes;
  packet.monotonic = how % 16 == 15 ? *now - kMinute : *now;  // clocks go back, too
  packet.wall = packet.monotonic;
  packet.source = IpAddress::FromV4(0xC0000200u + (how >> 5));
  packet.destination = IpAddress::FromV4(0xC6336409u);
  packet.source_port = static_cast<uint16_t>(input->Byte() * 257u);
  packet.destination_port = 5060;
  packet.transport = static_cast<facts::Transport>(input->Pick(6));
  packet.direction = static_cast<facts::Direction>(input->Pick(3));
  packet.registered = how % 3 == 0;
  packet.authenticated = how % 5 == 0;
  if (how % 4 == 0) packet.account = bytes.substr(0, how % 9);
  if (how % 7 == 0) packet.trunk = "trunk";
  return packet;
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_DISGUISE_H_
