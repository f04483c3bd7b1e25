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

TEST(CaptureGuard, AllIndexTargetsAgree) {
  const Captured& captured = AllCaptures();
  sip::HeadIndex scalar;
  sip::HeadIndex other;
  size_t different = 0;
  for (size_t i = 0; i < captured.packets.size(); ++i) {
    const std::string_view message = captured.Message(i);
    sip::IndexHeadScalar(message, 0, &scalar);
    for (const auto target :
         {sip::IndexTarget::kSse4, sip::IndexTarget::kAvx2, sip::IndexTarget::kNative}) {
      sip::IndexHeadOn(target, message, 0, &other);
      different += scalar == other ? 0 : 1;
    }
  }
  EXPECT_EQ(different, 0u);
  EXPECT_GT(captured.packets.size(), 200u);
}

}  // namespace
}  // namespace sipward::captures
