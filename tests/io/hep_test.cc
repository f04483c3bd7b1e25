// HEP3 as bytes: what is read, what is refused, and that what is written reads back.
#include "io/hep.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

namespace sipward::io {
namespace {

constexpr std::string_view kMessage = "OPTIONS sip:a@example.com SIP/2.0\r\n\r\n";

std::string Big(uint64_t number, size_t bytes) {
  std::string out;
  for (size_t i = bytes; i-- > 0;) out += static_cast<char>(number >> (8 * i) & 0xFF);
  return out;
}

std::string Chunk(uint16_t type, const std::string& value, uint16_t vendor = 0) {
  return Big(vendor, 2) + Big(type, 2) + Big(6 + value.size(), 2) + value;
}

std::string Packet(const std::string& chunks) {
  return "HEP3" + Big(6 + chunks.size(), 2) + chunks;
}

std::string Addresses() {
  return Chunk(3, {"\xC0\x00\x02\x01", 4}) + Chunk(4, {"\xC6\x33\x64\x02", 4}) +
         Chunk(7, Big(5062, 2)) + Chunk(8, Big(5060, 2));
}

std::string Usual(uint8_t protocol = 17) {
  return Chunk(1, Big(2, 1)) + Chunk(2, Big(protocol, 1)) + Addresses() +
         Chunk(9, Big(1'795'400'000, 4)) + Chunk(10, Big(123'456, 4)) + Chunk(11, Big(1, 1)) +
         Chunk(12, Big(2001, 4));
}

std::string Payload() { return Chunk(15, std::string(kMessage)); }

HepStatus StatusOf(const std::string& bytes) {
  HepItem item{};
  return ReadHep(bytes, &item);
}

std::string AddressOf(const sipward_endpoint& endpoint) {
  return {reinterpret_cast<const char*>(endpoint.address), sizeof endpoint.address};
}

TEST(Hep, ReadsWhatAProxySends) {
  HepItem item{};
  const std::string bytes = Packet(Usual() + Chunk(14, "secret") + Payload());
  ASSERT_EQ(ReadHep(bytes, &item), HepStatus::kSip);
  EXPECT_EQ(item.payload, kMessage);
  EXPECT_EQ(item.key, "secret");
  EXPECT_EQ(item.agent, 2001u);
  EXPECT_EQ(item.packet.struct_size, sizeof item.packet);
  EXPECT_EQ(item.packet.size, kMessage.size());
  EXPECT_EQ(item.packet.offset, 0u);
  EXPECT_EQ(item.packet.transport, uint32_t{SIPWARD_TRANSPORT_UDP});
  EXPECT_EQ(item.packet.wall_ns, 1'795'400'000'123'456'000);
  EXPECT_EQ(item.packet.monotonic_ns, item.packet.wall_ns);
  EXPECT_EQ(AddressOf(item.packet.source),
            std::string(10, '\0') + "\xFF\xFF\xC0" + '\0' + "\x02\x01");
  EXPECT_EQ(item.packet.source.port, 5062);
  EXPECT_EQ(AddressOf(item.packet.destination), std::string(10, '\0') + "\xFF\xFF\xC6\x33\x64\x02");
  EXPECT_EQ(item.packet.destination.port, 5060);
  // Views of the packet, not copies.
  EXPECT_GE(item.payload.data(), bytes.data());
  EXPECT_LE(item.payload.data() + item.payload.size(), bytes.data() + bytes.size());
}

TEST(Hep, KnowsTheTransports) {
  for (const auto& [protocol, transport] :
       std::vector<std::pair<uint8_t, uint32_t>>{{17, SIPWARD_TRANSPORT_UDP},
                                                 {6, SIPWARD_TRANSPORT_TCP},
                                                 {22, SIPWARD_TRANSPORT_TLS},
                                                 {50, SIPWARD_TRANSPORT_WS},
                                                 {132, SIPWARD_TRANSPORT_SCTP}}) {
    HepItem item{};
    ASSERT_EQ(ReadHep(Packet(Usual(protocol) + Payload()), &item), HepStatus::kSip);
    EXPECT_EQ(item.packet.transport, transport);
  }
  EXPECT_EQ(StatusOf(Packet(Usual(1) + Payload())), HepStatus::kOther);
}

TEST(Hep, SixteenBytesOfAddressWhereTheFamilySaysSo) {
  const std::string six = Chunk(5, std::string(16, 'a')) + Chunk(6, std::string(16, 'b'));
  HepItem item{};
  ASSERT_EQ(ReadHep(Packet(Chunk(1, Big(10, 1)) + Usual() + six + Payload()), &item),
            HepStatus::kSip);
  EXPECT_EQ(AddressOf(item.packet.source), std::string(16, 'a'));
  EXPECT_EQ(AddressOf(item.packet.destination), std::string(16, 'b'));
  ASSERT_EQ(ReadHep(Packet(Usual() + six + Payload()), &item), HepStatus::kSip);
  EXPECT_NE(AddressOf(item.packet.source), std::string(16, 'a'));
}

TEST(Hep, PassesOverWhatItDoesNotKnow) {
  const std::string strange =
      Chunk(99, "x") + Chunk(15, "of another vendor", 7) + Chunk(0, "") + Chunk(17, "id");
  const std::string packet = Packet(strange + Usual() + Payload() + Chunk(15, "second"));
  HepItem item{};
  ASSERT_EQ(ReadHep(packet, &item), HepStatus::kSip);
  EXPECT_EQ(item.payload, kMessage) << "the first of two counts";
  EXPECT_EQ(StatusOf(Packet(Usual() + Payload()) + "behind it"), HepStatus::kSip);
}

TEST(Hep, OtherThingsAreWholeAndNoSip) {
  const std::string base = Chunk(2, Big(17, 1)) + Addresses();
  EXPECT_EQ(StatusOf(Packet(base + Chunk(11, Big(5, 1)) + Payload())), HepStatus::kOther);
  EXPECT_EQ(StatusOf(Packet(base + Payload())), HepStatus::kOther) << "no kind is said";
  HepItem item{};
  ASSERT_EQ(ReadHep(Packet(Usual() + Chunk(16, "packed")), &item), HepStatus::kCompressed);
  EXPECT_TRUE(item.compressed);
  EXPECT_EQ(StatusOf(Packet(Usual(1) + Chunk(16, "packed"))), HepStatus::kOther);
}

TEST(Hep, RefusesWhatCannotBe) {
  const std::string good = Packet(Usual() + Payload());
  ASSERT_EQ(StatusOf(good), HepStatus::kSip);
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(StatusOf(good.substr(0, size)), HepStatus::kMalformed) << size;
    // Cut, and with the size of what is left: a chunk is then cut, or one is missing.
    if (size < 6) continue;
    std::string shorter = good.substr(0, size);
    shorter.replace(4, 2, Big(size, 2));
    EXPECT_EQ(StatusOf(shorter), HepStatus::kMalformed) << size;
  }
  EXPECT_EQ(StatusOf("HEP2" + good.substr(4)), HepStatus::kMalformed);
  EXPECT_EQ(StatusOf(Packet(Usual())), HepStatus::kMalformed) << "nothing in it";
  EXPECT_EQ(StatusOf(Packet(Usual() + Payload() + Chunk(16, "x"))), HepStatus::kMalformed);
  EXPECT_EQ(StatusOf(Packet(Chunk(11, Big(1, 1)) + Payload())), HepStatus::kMalformed)
      << "from nowhere";
  EXPECT_EQ(StatusOf(Packet(Chunk(3, "123") + Usual() + Payload())), HepStatus::kMalformed);
  EXPECT_EQ(StatusOf(Packet(Usual() + Payload() + std::string("\0\0\0\x63\0\x05", 6))),
            HepStatus::kMalformed);
  EXPECT_EQ(StatusOf(Packet(Usual() + Payload() + "rest")), HepStatus::kMalformed);
}

TEST(Hep, SaysHowLongAPacketOfAConnectionIs) {
  const std::string good = Packet(Usual() + Payload());
  EXPECT_EQ(HepSize(good + good), good.size());
  for (size_t size = 0; size < 6; ++size) EXPECT_EQ(HepSize(good.substr(0, size)), 0u) << size;
  EXPECT_EQ(HepSize("HEQ"), kNoHep);
  EXPECT_EQ(HepSize(std::string("HEP3\0\x05", 6)), kNoHep);
}

TEST(Hep, WhatIsWrittenReadsBack) {
  for (const uint32_t transport :
       {SIPWARD_TRANSPORT_UDP, SIPWARD_TRANSPORT_TCP, SIPWARD_TRANSPORT_TLS, SIPWARD_TRANSPORT_WS,
        SIPWARD_TRANSPORT_SCTP}) {
    for (const bool six : {false, true}) {
      HepItem item{};
      item.packet.transport = transport;
      item.packet.wall_ns = 1'795'400'000'123'456'789;
      item.packet.source.port = 40000;
      item.packet.destination.port = 5060;
      for (auto* endpoint : {&item.packet.source, &item.packet.destination}) {
        for (size_t i = 0; i < 16; ++i)
          endpoint->address[i] = static_cast<uint8_t>(six ? i + 1 : i < 10 ? 0 : i < 12 ? 0xFF : i);
      }
      item.payload = kMessage;
      item.agent = 7;
      item.key = six ? "key" : "";
      std::string bytes = "before";
      ASSERT_TRUE(AppendHep(&bytes, item));
      HepItem read{};
      ASSERT_EQ(ReadHep(std::string_view(bytes).substr(6), &read), HepStatus::kSip);
      EXPECT_EQ(HepSize(std::string_view(bytes).substr(6)), bytes.size() - 6);
      EXPECT_EQ(read.payload, item.payload);
      EXPECT_EQ(read.key, item.key);
      EXPECT_EQ(read.agent, item.agent);
      EXPECT_EQ(read.packet.transport, transport);
      EXPECT_EQ(read.packet.wall_ns, 1'795'400'000'123'456'000) << "microseconds, no finer";
      EXPECT_EQ(AddressOf(read.packet.source), AddressOf(item.packet.source));
      EXPECT_EQ(AddressOf(read.packet.destination), AddressOf(item.packet.destination));
      EXPECT_EQ(read.packet.source.port, 40000);
    }
  }
}

TEST(Hep, DoesNotWriteWhatDoesNotFit) {
  HepItem item{};
  const std::string_view kBefore = "before";
  std::string bytes(kBefore), large(kMostHepBytes, 'x');
  item.payload = large;
  EXPECT_FALSE(AppendHep(&bytes, item));
  EXPECT_EQ(bytes, kBefore);
  item.payload = std::string_view(large).substr(0, kMostHepBytes - 200);
  EXPECT_TRUE(AppendHep(&bytes, item));
}

}  // namespace
}  // namespace sipward::io
