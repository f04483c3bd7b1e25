// Over every message of the captures, the C interface allocates nothing once everything was
// created: one by one, in batches, and with all that can be asked of the message.
#include <cstring>

#include "tests/captures/captured.h"
#include "tests/captures/set_up.h"
#include "tests/support/allocation_counter.h"

namespace sipward::captures {
namespace {

uint64_t ReadAddresses(sipward_message* message) {
  static constexpr const char* kHeaders[] = {"From",          "To",          "Contact",
                                             "Route",         "Diversion",   "Record-Route",
                                             "Path",          "Refer-To",    "P-Asserted-Identity",
                                             "Service-Route", "Referred-By", "P-Preferred-Identity",
                                             "History-Info",  "Reply-To",    "Remote-Party-ID"};
  uint64_t read = 0;
  sipward_address address{};
  address.struct_size = sizeof address;
  sipward_param param;
  for (const char* header : kHeaders) {
    for (uint32_t i = 0;
         sipward_message_address(message, header, std::strlen(header), i, &address) == SIPWARD_OK;
         ++i) {
      ++read;
      while (sipward_param_next(message, &address.params, &param) == SIPWARD_OK) ++read;
    }
  }
  return read;
}

uint64_t ReadHeaders(const sipward_message* message) {
  uint64_t read = 0;
  sipward_text bytes;
  if (sipward_message_bytes(message, &bytes) != SIPWARD_OK) return 0;
  sipward_header header{};
  header.struct_size = sizeof header;
  for (uint32_t i = 0; sipward_message_header(message, i, &header) == SIPWARD_OK; ++i) {
    sipward_slice found;
    read += sipward_message_find(message, bytes.data + header.name.offset, header.name.length,
                                 &found) == SIPWARD_OK;
  }
  sipward_anomaly anomaly;
  sipward_anomaly_info info{};
  info.struct_size = sizeof info;
  for (uint32_t i = 0; sipward_message_anomaly(message, i, &anomaly) == SIPWARD_OK; ++i) {
    read += sipward_anomaly_describe(anomaly.id, &info) == SIPWARD_OK;
  }
  return read + (sipward_message_error(message, &anomaly) == SIPWARD_OK);
}

uint64_t ReadAll(sipward_message* message) {
  sipward_start_line start{};
  start.struct_size = sizeof start;
  sipward_uri uri{};
  uri.struct_size = sizeof uri;
  sipward_via via{};
  via.struct_size = sizeof via;
  sipward_cseq cseq{};
  cseq.struct_size = sizeof cseq;
  sipward_slice body;
  uint64_t number = 0;
  uint64_t read = sipward_message_start_line(message, &start) == SIPWARD_OK;
  read += sipward_message_request_uri(message, &uri) == SIPWARD_OK;
  for (uint32_t i = 0; sipward_message_via(message, i, &via) == SIPWARD_OK; ++i) ++read;
  read += sipward_message_cseq(message, &cseq) == SIPWARD_OK;
  read += sipward_message_body(message, &body) == SIPWARD_OK;
  for (const char* header :
       {"Content-Length", "Max-Forwards", "Expires", "Min-Expires", "Retry-After", "RSeq"}) {
    read += sipward_message_number(message, header, std::strlen(header), &number) == SIPWARD_OK;
  }
  return read + ReadAddresses(message) + ReadHeaders(message);
}

TEST(CaptureAllocation, ParsingThroughTheInterfaceMakesNone) {
  const Captured& captured = AllCaptures();
  sipward_message* message = nullptr;
  ASSERT_EQ(sipward_message_create(&message), SIPWARD_OK);
  uint64_t read = 0;
  const uint64_t before = allocation_count();
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    const std::string_view bytes = captured.Message(i);
    sipward_message_parse(message, bytes.data(), bytes.size(), nullptr);
    sipward_message_validate(message);
    read += ReadAll(message);
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(read, captured.packets.size() * 10);
  sipward_message_destroy(message);
}

TEST(CaptureAllocation, FramingThroughTheInterfaceMakesNone) {
  const Captured& captured = AllCaptures();
  size_t framed = 0;
  size_t waiting = 0;
  uint64_t made = 0;
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    sipward_framer* framer = nullptr;
    ASSERT_EQ(sipward_framer_create(1 << 17, &framer), SIPWARD_OK);
    const std::string_view bytes = captured.Message(i);
    size_t taken = 0;
    size_t size = 0;
    const char* data = nullptr;
    const uint64_t before = allocation_count();
    sipward_framer_push(framer, bytes.data(), bytes.size(), &taken);
    while (sipward_framer_next(framer, &data, &size, nullptr) == SIPWARD_OK) ++framed;
    waiting += sipward_framer_pending(framer);
    made += allocation_count() - before;
    sipward_framer_destroy(framer);
  }
  EXPECT_EQ(made, 0u);
  EXPECT_LT(waiting, captured.bytes.size() / 2);
  EXPECT_GT(framed, captured.packets.size() / 2);
}

TEST(CaptureAllocation, VerdictsThroughTheInterfaceMakeNone) {
  const Captured& captured = AllCaptures();
  const Rules rules = CompilePack();
  const Inspector one = MakeInspector(rules.get());
  const Inspector batch = MakeInspector(rules.get());
  std::vector<sipward_verdict> verdicts = EmptyVerdicts(captured.packets.size());
  uint64_t read = 0;
  const uint64_t before = allocation_count();
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    sipward_inspector_inspect(one.get(), captured.bytes.data(), &captured.packets[i], &verdicts[i]);
    read += ReadAll(sipward_inspector_message(one.get()));
  }
  size_t done = 0;
  EXPECT_EQ(
      sipward_inspector_inspect_batch(batch.get(), captured.bytes.data(), captured.packets.data(),
                                      captured.packets.size(), verdicts.data(), &done),
      SIPWARD_OK);
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(done, captured.packets.size());
  EXPECT_GT(read, captured.packets.size() * 10);
}

}  // namespace
}  // namespace sipward::captures
