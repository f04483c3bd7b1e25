// Captures through the C++ interface.
#include "sipward/capture.h"

#include <gtest/gtest.h>
#include <sipward/sipward.h>

#include <fstream>
#include <iterator>
#include <string>

namespace sipward {
namespace {

TEST(Capture, IsReadAndInspected) {
  auto rules = Rules::Default().value();
  auto engine = Engine::Create(rules, State::Create({}).value()).value();
  auto inspector = Inspector::Create(engine).value();
  auto capture = Capture::Create().value();
  ASSERT_TRUE(capture.Open(SIPWARD_TEST_CAPTURE)) << capture.error();
  int messages = 0;
  int dropped = 0;
  while (const auto message = capture.Next()) {
    ++messages;
    EXPECT_FALSE(message->truncated());
    EXPECT_FALSE(message->unframed());
    EXPECT_GT(message->frame(), 0u);
    const Packet packet = message->packet();
    EXPECT_EQ(packet.bytes.data(), message->bytes().data());
    EXPECT_EQ(packet.wall.time_since_epoch(), packet.monotonic.time_since_epoch());
    if (inspector.Inspect(packet).action() == Action::kDrop) ++dropped;
  }
  EXPECT_TRUE(capture.status().ok());
  EXPECT_EQ(messages, 272);
  EXPECT_EQ(dropped, 58);
  EXPECT_EQ(capture.statistics().messages, 272u);
}

TEST(Capture, InMemoryAndCutOff) {
  std::ifstream file(SIPWARD_TEST_CAPTURE, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  auto capture = Capture::Create().value();
  const std::string cut = bytes.substr(0, bytes.size() - 1);
  ASSERT_TRUE(capture.OpenBytes(cut, "cut.pcap"));
  while (capture.Next()) {
  }
  EXPECT_EQ(capture.status(), StatusCode::kCapture);
  EXPECT_EQ(capture.error().rfind("cut.pcap: the capture is cut off after ", 0), 0u)
      << capture.error();
  EXPECT_FALSE(capture.Open("/does/not/exist"));
  EXPECT_EQ(capture.status(), StatusCode::kCapture);
  EXPECT_EQ(capture.error(), "/does/not/exist: there is no such file");
}

}  // namespace
}  // namespace sipward
