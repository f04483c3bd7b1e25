#include "sipward/hep.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using sipward::Endpoint;
using sipward::HepPacket;
using sipward::StatusCode;
using sipward::Transport;

const std::string kMessage = "OPTIONS sip:a@example.com SIP/2.0\r\n\r\n";

HepPacket Usual() {
  HepPacket packet;
  packet.transport = Transport::kTls;
  packet.agent = 42;
  packet.wall += std::chrono::microseconds(1'795'400'000'123'456);
  packet.source = Endpoint::V4({192, 0, 2, 1}, 5062);
  packet.destination = Endpoint::V4({198, 51, 100, 2}, 5060);
  packet.key = "secret";
  packet.correlation = "call-1";
  packet.payload = kMessage;
  return packet;
}

TEST(HepPacket, ReadsWhatItWrote) {
  std::string bytes = "before";
  ASSERT_TRUE(Usual().AppendTo(&bytes).ok());
  const std::string packet = bytes.substr(6);
  const auto read = HepPacket::Read(packet);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->transport, Transport::kTls);
  EXPECT_EQ(read->agent, 42u);
  EXPECT_EQ(read->wall, Usual().wall);
  EXPECT_EQ(read->source.address, Usual().source.address);
  EXPECT_EQ(read->destination.port, 5060);
  EXPECT_EQ(read->key, "secret");
  EXPECT_EQ(read->correlation, "call-1");
  EXPECT_EQ(read->payload, kMessage);
  EXPECT_TRUE(read->is_sip());
  const sipward::Packet inspected = read->ToPacket({});
  EXPECT_EQ(inspected.bytes, kMessage);
  EXPECT_EQ(inspected.source.port, 5062);
  EXPECT_EQ(inspected.transport, Transport::kTls);
  size_t size = 0;
  EXPECT_TRUE(HepPacket::Size(packet, &size).ok());
  EXPECT_EQ(size, packet.size());
}

TEST(HepPacket, SaysWhatCannotBe) {
  std::string bytes = "kept";
  HepPacket packet = Usual();
  packet.other_transport = true;
  EXPECT_FALSE(packet.is_sip());
  EXPECT_EQ(packet.AppendTo(&bytes), StatusCode::kArgument);
  packet = Usual();
  const std::string large(65536, 'x');
  packet.payload = large;
  EXPECT_EQ(packet.AppendTo(&bytes), StatusCode::kLimit);
  EXPECT_EQ(bytes, "kept");
  EXPECT_FALSE(HepPacket::Read("HEP3").has_value());
  size_t size = 0;
  EXPECT_EQ(HepPacket::Size("HEP", &size), StatusCode::kIncomplete);
  EXPECT_EQ(HepPacket::Size("SIP/", &size), StatusCode::kMalformed);
}

TEST(HepPacket, WhatIsCompressedIsHandedOn) {
  std::string bytes;
  HepPacket packet = Usual();
  packet.compressed = true;
  ASSERT_TRUE(packet.AppendTo(&bytes).ok());
  const auto read = HepPacket::Read(bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->compressed);
  EXPECT_EQ(read->payload, kMessage);
  EXPECT_FALSE(read->is_sip());
}

}  // namespace
