// The messages of the captures give the same answer wherever they lie and however they arrive: each
// at four of 64 alignments, and as a stream whole, byte by byte and in two pieces cut at every 31st
// place; from another one on for each message. SIPWARD_ALL_PREFIXES=1: everywhere, which takes
// a minute.
#include "tests/sip/identity.h"

#include "tests/captures/captured.h"

namespace sipward::captures {
namespace {

TEST(CaptureIdentity, TheAnswerDependsOnTheBytesAlone) {
  const Captured& captured = AllCaptures();
  const size_t count = captured.packets.size();
  sip::Identity identity;
  for (size_t i = 0; i < count; ++i) identity.ReadAtAlignments(captured.Message(i), 16, i);
  for (size_t i = 0; i < count; ++i) identity.FrameInPieces(captured.Message(i), 31, i);
  EXPECT_EQ(identity.different(), 0u);
  EXPECT_GE(identity.readings(), count * 8);
  EXPECT_GT(identity.streams(), count * 8);
  std::cout << count << " messages: " << identity.readings() << " comparisons of alignments, "
            << identity.streams() << " of cuts\n";
}

}  // namespace
}  // namespace sipward::captures
