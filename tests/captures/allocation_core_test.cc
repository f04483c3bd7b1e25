// Over every message of the captures, the core allocates nothing: framer, parser, accessors, facts,
// rules, verdicts.
#include <gtest/gtest.h>

#include "tests/captures/captured.h"
#include "tests/engine/fixture.h"
#include "tests/sip/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward {
namespace {

using captures::AllCaptures;
using captures::Captured;

facts::Packet ToPacket(const Captured& captured, size_t index) {
  const sipward_packet& from = captured.packets[index];
  facts::Packet packet;
  packet.bytes = captured.Message(index);
  packet.wall = from.wall_ns;
  packet.monotonic = from.monotonic_ns;
  std::copy(std::begin(from.source.address), std::end(from.source.address),
            packet.source.bytes.begin());
  std::copy(std::begin(from.destination.address), std::end(from.destination.address),
            packet.destination.bytes.begin());
  packet.source_port = from.source.port;
  packet.destination_port = from.destination.port;
  packet.transport = static_cast<facts::Transport>(from.transport);
  return packet;
}

TEST(CaptureAllocation, ReadingMessagesMakesNone) {
  const Captured& captured = AllCaptures();
  sip::Message message;
  uint64_t read = 0;
  const uint64_t before = allocation_count();
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    for (const sip::Profile profile : {sip::Profile::kTolerant, sip::Profile::kStrict}) {
      read += sip::ReadEverything(message, captured.Message(i), {.profile = profile});
    }
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(read, captured.packets.size() * 10);
}

TEST(CaptureAllocation, CuttingStreamsMakesNone) {
  const Captured& captured = AllCaptures();
  size_t framed = 0;
  uint64_t made = 0;
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    // One that cannot be cut ends its stream, so each gets one of its own.
    sip::StreamFramer framer(1 << 17);
    std::string_view bytes = captured.Message(i);
    std::string_view message;
    const uint64_t before = allocation_count();
    while (!bytes.empty()) {
      bytes.remove_prefix(framer.Push(bytes.substr(0, 100)));
      while (framer.Next(&message) == sip::StreamFramer::Status::kMessage) ++framed;
    }
    made += allocation_count() - before;
  }
  EXPECT_EQ(made, 0u);
  EXPECT_GT(framed, captured.packets.size() / 2);
}

TEST(CaptureAllocation, FactsMakeNone) {
  const Captured& captured = AllCaptures();
  sip::Message message;
  facts::MessageEvent event;
  size_t present = 0;
  const uint64_t before = allocation_count();
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    const facts::Packet packet = ToPacket(captured, i);
    message.Parse(packet.bytes, {});
    message.Validate();
    event.Reset(message, packet, i % 2 == 0);
    for (int field = 0; field < facts::kFieldCount; ++field) {
      present += event.Get(static_cast<facts::FieldId>(field)).present();
    }
    present += event.Header("X-Not-There").present() + event.HasAnomaly(sip::AnomalyId::kLineNul);
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(present, captured.packets.size() * 10);
}

// A rule for every kind of list, table, function and action.
constexpr std::string_view kMore = R"(version 1
  list nets   : cidr ["127.0.0.0/8"]
  list codes  : prefix ["1", "2"]
  list zones  : domain ["example.com"]
  list words  : exact nocase ["alice"]
  list agents : pattern nocase ["sip[a-z]+", "phone"]
  rule t.lists { on request, response when src.ip in nets and ((from.user ?? "") in codes or
    (from.host ?? "") in zones or (from.user ?? "") in words or (user_agent ?? "") in agents) then tag "t" }
  rule t.tables { on request when count(by src.ip over 1m) >= 1 and rate(by src.net over 1s) >= 0 and
    distinct(call_id by (src.ip, method) over 1m reset on src.port == 3) >= 1
    then score 1 on src.ip, throttle 1000/s, alert }
  rule t.texts { on request when matches(lower(from.uri ?? ""), "^sip") and contains(digits(to.user ?? ""), "1")
    and (int(to.user ?? "") ?? 0) * 1.5 > 3 and (header("Accept") ?? "") != "x" then reject 403 "No" }
  rule t.ban { on request where transport == tcp when count(by src.ip over 1m) > 100 then ban src.ip for 1h }
)";

class CaptureVerdicts : public engine::EngineTest {};

TEST_F(CaptureVerdicts, MakeNone) {
  const Captured& captured = AllCaptures();
  LoadPack(kMore);
  ASSERT_NE(inspector_, nullptr);
  uint64_t hits = 0;
  const uint64_t before = allocation_count();
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    inspector_->Inspect(ToPacket(captured, i), &verdict_);
    hits += verdict_.hit_count;
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(hits, captured.packets.size() / 4);
}

}  // namespace
}  // namespace sipward
