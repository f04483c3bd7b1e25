// HEP3 over loopback: datagrams, connections, and what hostile ones do.
#include "io/hep_receiver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "io/hep_sender.h"
#include "io/socket.h"

namespace sipward::io {
namespace {

std::optional<SocketAddress> Parsed(const std::string& place) {
  std::string error;
  return ParseSocketAddress(place, &error);
}

std::string Packet(std::string_view payload, std::string_view key = "") {
  HepItem item{};
  item.payload = payload;
  item.key = key;
  std::string bytes;
  EXPECT_TRUE(AppendHep(&bytes, item));
  return bytes;
}

class HepReceiverTest : public testing::Test {
 protected:
  void Open(const std::string& key = "") {
    ASSERT_TRUE(receiver_.Open("127.0.0.1:0", key)) << receiver_.error();
  }

  std::string Place() const { return "127.0.0.1:" + std::to_string(receiver_.port()); }

  Socket Connect() {
    const auto address = Parsed(Place());
    Socket made(socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_EQ(
        connect(made.get(), reinterpret_cast<const sockaddr*>(&address->storage), address->size),
        0);
    return made;
  }

  static void Send(const Socket& socket, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      ASSERT_GT(sent, 0);
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }

  // Reads until nothing has come for a while.
  void ReadAll() {
    std::vector<pollfd> descriptors;
    do {
      ASSERT_TRUE(receiver_.Read([this](const HepItem& item) {
        payloads_.emplace_back(item.payload);
        return true;
      }));
      descriptors.clear();
      receiver_.AppendDescriptors(&descriptors);
    } while (poll(descriptors.data(), descriptors.size(), 100) > 0);
  }

  HepReceiver receiver_;
  std::vector<std::string> payloads_;
};

TEST_F(HepReceiverTest, TakesDatagrams) {
  Open();
  const Socket socket = ConnectTo(*Parsed(Place()));
  for (int i = 0; i < 100; ++i) Send(socket, Packet(std::to_string(i)));
  Send(socket, "no HEP3 at all");
  ReadAll();
  ASSERT_EQ(payloads_.size(), 100u);
  EXPECT_EQ(payloads_.front(), "0");
  EXPECT_EQ(payloads_.back(), "99");
  EXPECT_EQ(receiver_.statistics().packets, 100u);
  EXPECT_EQ(receiver_.statistics().malformed, 1u);
}

TEST_F(HepReceiverTest, CutsConnectionsWhereverTheirPiecesEnd) {
  Open();
  const std::string packet = Packet("one"), whole = packet + Packet("two");
  for (size_t cut = 1; cut < packet.size(); cut += 5) {
    const Socket socket = Connect();
    Send(socket, std::string_view(whole).substr(0, cut));
    ReadAll();
    Send(socket, std::string_view(whole).substr(cut));
    ReadAll();
    EXPECT_EQ(payloads_, (std::vector<std::string>{"one", "two"})) << cut;
    payloads_.clear();
  }
  EXPECT_EQ(receiver_.statistics().malformed, 0u);
}

TEST_F(HepReceiverTest, ClosesAConnectionThatSendsSomethingElse) {
  Open();
  const Socket bad = Connect(), good = Connect();
  Send(bad, Packet("before") + "GET / HTTP/1.1\r\n\r\n");
  Send(good, Packet("good"));
  ReadAll();
  EXPECT_EQ(std::set<std::string>(payloads_.begin(), payloads_.end()),
            (std::set<std::string>{"before", "good"}));
  EXPECT_EQ(receiver_.statistics().malformed, 1u);
  char byte = 0;
  EXPECT_LE(recv(bad.get(), &byte, 1, 0), 0) << "closed";
  Send(good, Packet("again"));
  ReadAll();
  EXPECT_EQ(payloads_.back(), "again");
}

TEST_F(HepReceiverTest, CountsWhatAConnectionLeavesUnfinished) {
  Open();
  {
    const Socket socket = Connect();
    Send(socket, Packet("x").substr(0, 20));
    ReadAll();
  }
  ReadAll();
  EXPECT_EQ(receiver_.statistics().unfinished_bytes, 20u);
  EXPECT_TRUE(payloads_.empty());
}

TEST_F(HepReceiverTest, HasRoomForSoManyConnectionsAndNoMore) {
  Open();
  std::vector<Socket> sockets;
  for (size_t i = 0; i < HepReceiver::kMostConnections; ++i) sockets.push_back(Connect());
  ReadAll();
  EXPECT_EQ(receiver_.statistics().connections, HepReceiver::kMostConnections);
  const Socket further = Connect();
  ReadAll();
  EXPECT_EQ(receiver_.statistics().refused_connections, 1u);
  sockets.pop_back();
  ReadAll();
  const Socket next = Connect();
  Send(next, Packet("room again"));
  ReadAll();
  EXPECT_EQ(payloads_, std::vector<std::string>{"room again"});
}

TEST_F(HepReceiverTest, AsksForItsKey) {
  Open("secret");
  const Socket socket = ConnectTo(*Parsed(Place()));
  Send(socket, Packet("without"));
  Send(socket, Packet("wrong", "Secret"));
  Send(socket, Packet("right", "secret"));
  ReadAll();
  EXPECT_EQ(payloads_, std::vector<std::string>{"right"});
  EXPECT_EQ(receiver_.statistics().wrong_key, 2u);
}

TEST_F(HepReceiverTest, SaysWhatTheSocketLost) {
  Open();
  const Socket socket = ConnectTo(*Parsed(Place()));
  const std::string large(60000, 'x');
  uint64_t sent = 0;
  // More than any buffer that the system gives for the asking.
  for (; sent < 2000; ++sent) Send(socket, Packet(large));
  ReadAll();
  Send(socket, Packet("the last one"));
  ReadAll();
  const HepStatistics& statistics = receiver_.statistics();
  EXPECT_GT(statistics.lost, 0u);
  EXPECT_EQ(statistics.packets + statistics.lost, sent + 1);
}

TEST_F(HepReceiverTest, StopsWhereItIsTold) {
  Open();
  const Socket socket = ConnectTo(*Parsed(Place()));
  for (int i = 0; i < 3; ++i) Send(socket, Packet(std::to_string(i)));
  size_t taken = 0;
  while (taken == 0) {
    receiver_.Read([&](const HepItem&) {
      ++taken;
      return false;
    });
  }
  EXPECT_EQ(taken, 1u);
}

TEST_F(HepReceiverTest, RefusesWhatIsNoPlace) {
  for (const char* place :
       {"", "9060", ":9060", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:90 60", "localhost:9060", "[::1:9060", "::1:9060", "[127.0.0.1]:9060"}) {
    HepReceiver receiver;
    EXPECT_FALSE(receiver.Open(place, "")) << place;
    EXPECT_NE(receiver.error().find("is no address and port"), std::string::npos) << place;
  }
  EXPECT_TRUE(Parsed("[::1]:9060"));
  Open();
  HepReceiver second;
  EXPECT_FALSE(second.Open(Place(), ""));
  EXPECT_NE(second.error().find("in use"), std::string::npos) << second.error();
}

TEST_F(HepReceiverTest, TakesWhatTheSenderSends) {
  Open("k");
  HepSender sender;
  ASSERT_TRUE(sender.Open(Place(), 77, "k"));
  sipward_packet packet{};
  packet.transport = SIPWARD_TRANSPORT_TCP;
  sender.Send(packet, "hello");
  sender.Send(packet, std::string(kMostHepBytes, 'x'));
  ReadAll();
  EXPECT_EQ(payloads_, std::vector<std::string>{"hello"});
  EXPECT_EQ(sender.sent(), 1u);
  EXPECT_EQ(sender.lost(), 1u);
}

// So many at one place; `flow` is the host that a packet tells of.
class SpreadTest : public testing::Test {
 protected:
  static constexpr size_t kReceivers = 3;
  void SetUp() override {
    for (size_t i = 0; i < kReceivers; ++i) receivers_.push_back(std::make_unique<HepReceiver>());
    ASSERT_TRUE(HepReceiver::OpenAll("127.0.0.1:0", "", &receivers_)) << receivers_[0]->error();
    place_ = "127.0.0.1:" + std::to_string(receivers_[0]->port());
    ASSERT_TRUE(sender_.Open(place_, 0, "")) << sender_.error();
  }

  static sipward_endpoint Host(uint8_t last, uint16_t port) {
    sipward_endpoint host{};
    host.address[10] = host.address[11] = 0xFF;
    host.address[12] = 192;
    host.address[14] = 2;
    host.address[15] = last;
    host.port = port;
    return host;
  }

  void Send(const sipward_endpoint& from, const sipward_endpoint& to) {
    sipward_packet packet{};
    packet.source = from;
    packet.destination = to;
    sender_.Send(packet, "OPTIONS");
  }

  // What each has got so far, of which nothing is on its way over loopback.
  std::vector<uint64_t> Taken() {
    std::vector<uint64_t> taken;
    for (const auto& receiver : receivers_) {
      EXPECT_TRUE(receiver->Read([](const HepItem&) { return true; }));
      taken.push_back(receiver->statistics().packets);
    }
    return taken;
  }

  std::vector<std::unique_ptr<HepReceiver>> receivers_;
  std::string place_;
  HepSender sender_;
};

TEST_F(SpreadTest, BothDirectionsOfAFlowGoToOne) {
  const sipward_endpoint server = Host(1, 5060);
  std::vector<uint64_t> before(kReceivers, 0);
  for (uint8_t i = 0; i < 60; ++i) {
    Send(Host(100, static_cast<uint16_t>(5060 + i)), server);
    Send(server, Host(100, static_cast<uint16_t>(5060 + i)));
    const std::vector<uint64_t> now = Taken();
    std::vector<uint64_t> more;
    for (size_t j = 0; j < kReceivers; ++j) more.push_back(now[j] - before[j]);
    std::sort(more.begin(), more.end());
    EXPECT_THAT(more, testing::ElementsAre(0, 0, 2));
    before = now;
  }
  for (const uint64_t taken : before) EXPECT_GT(taken, 10U) << "of 120, from one sender";
}

TEST_F(SpreadTest, WhatIsNoHepIsCountedOnce) {
  const Socket socket = ConnectTo(*Parsed(place_));
  for (const std::string_view bytes :
       {"", "HEP3", "no HEP3 at all, but long enough for all that is read of it"}) {
    ASSERT_EQ(send(socket.get(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
  }
  Taken();
  uint64_t malformed = 0;
  for (const auto& receiver : receivers_) malformed += receiver->statistics().malformed;
  EXPECT_EQ(malformed, 3U);
}

TEST_F(SpreadTest, IsRefusedWhereSomebodyListens) {
  std::vector<std::unique_ptr<HepReceiver>> others;
  others.push_back(std::make_unique<HepReceiver>());
  EXPECT_FALSE(HepReceiver::OpenAll(place_, "", &others));
  EXPECT_EQ(others[0]->error(), place_ + ": Address already in use");
}

}  // namespace
}  // namespace sipward::io
