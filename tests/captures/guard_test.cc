// The messages of the captures between two pages that nobody may read, each whole, with every 67th
// of its prefixes, from another one on for each message. SIPWARD_ALL_PREFIXES=1: every prefix,
// which takes minutes. The vector indexes answer what the scalar one answers.
#include "sip/index.h"
#include "tests/captures/captured.h"
#include "tests/sip/guarded.h"

namespace sipward::captures {
namespace {

TEST(CaptureGuard, NothingIsReadOutsideAMessageOrItsPrefixes) {
  const Captured& captured = AllCaptures();
  sip::Guarded guarded;
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    guarded.ReadPrefixes(captured.Message(i), 67, i);
  }
  EXPECT_GT(guarded.reads(), captured.packets.size() * 5);
}

TEST(CaptureGuard, AllIndexTargetsAgreeAtEveryAlignment) {
  const Captured& captured = AllCaptures();
  sip::HeadIndex scalar;
  sip::HeadIndex other;
  std::string room;
  size_t different = 0;
  size_t compared = 0;
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    const std::string_view message = captured.Message(i);
    sip::IndexHeadScalar(message, 0, &scalar);
    room.resize(message.size() + 128);
    char* const begin = room.data() + 64 - reinterpret_cast<uintptr_t>(room.data()) % 64;
    for (size_t shift = 0; shift < 64; ++shift) {
      std::copy(message.begin(), message.end(), begin + shift);
      for (const auto target :
           {sip::IndexTarget::kSse4, sip::IndexTarget::kAvx2, sip::IndexTarget::kNative}) {
        if (!sip::IndexTargetAvailable(target)) continue;
        sip::IndexHeadOn(target, {begin + shift, message.size()}, 0, &other);
        different += scalar == other ? 0 : 1;
        ++compared;
      }
    }
  }
  EXPECT_EQ(different, 0u);
  EXPECT_GE(compared, captured.packets.size() * 64);
  EXPECT_GT(captured.packets.size(), 200u);
  std::cout << "indexes: " << captured.packets.size() << " messages, " << compared
            << " comparisons\n";
}

}  // namespace
}  // namespace sipward::captures
