#include "sip/body_lines.h"

#include <cstring>

#include "hwy/highway.h"

namespace sipward::sip {

BodyMasks ClassifyBodyScalar(const char* block) {
  BodyMasks masks;
  for (uint32_t i = 0; i < BodyLines::kBlock; ++i) {
    masks.lf |= uint64_t{block[i] == '\n'} << i;
    masks.cr |= uint64_t{block[i] == '\r'} << i;
    masks.nul |= uint64_t{block[i] == '\0'} << i;
  }
  return masks;
}

// What the compiler may take for granted (SSE2, NEON) is enough for three comparisons: no choice at
// run time. Mask bits are read as one little-endian word.
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128 || \
    (defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)

BodyMasks ClassifyBody(const char* block) { return ClassifyBodyScalar(block); }

#else

namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class D, class V>
uint64_t Equal(D d, V v, uint8_t octet) {
  uint64_t bits = 0;
  hn::StoreMaskBits(d, hn::Eq(v, hn::Set(d, octet)), reinterpret_cast<uint8_t*>(&bits));
  return bits;
}

}  // namespace

BodyMasks ClassifyBody(const char* block) {
  const hn::FixedTag<uint8_t, 16> d;
  BodyMasks masks;
  for (uint32_t i = 0; i < BodyLines::kBlock; i += 16) {
    const auto v = hn::LoadU(d, reinterpret_cast<const uint8_t*>(block) + i);
    masks.lf |= Equal(d, v, '\n') << i;
    masks.cr |= Equal(d, v, '\r') << i;
    masks.nul |= Equal(d, v, '\0') << i;
  }
  return masks;
}

#endif

// The last block is copied, so that nothing behind the body is read.
void BodyLines::Load() {
  BodyMasks masks;
  const uint32_t left = end_ - block_;
  if (left >= kBlock) {
    masks = ClassifyBody(base_ + block_);
  } else {
    char tail[kBlock];
    std::memset(tail, ' ', sizeof tail);
    std::memcpy(tail, base_ + block_, left);
    masks = ClassifyBody(tail);
  }
  lf_ = masks.lf;
  const uint64_t behind_cr = masks.cr << 1 | after_cr_;
  after_cr_ = masks.cr >> 63;
  const uint64_t bare_cr = behind_cr & ~masks.lf;  // on the byte behind the CR
  const bool cut = left == kBlock && after_cr_ != 0;
  if ((masks.nul | bare_cr) != 0 || cut) NoteOdd(masks, bare_cr);
}

void BodyLines::NoteOdd(const BodyMasks& masks, uint64_t bare_cr) {
  if (nul_ == Slice::kAbsent && masks.nul != 0) {
    nul_ = block_ + static_cast<uint32_t>(std::countr_zero(masks.nul));
  }
  if (bare_cr_ != Slice::kAbsent) return;
  if (bare_cr != 0) {
    bare_cr_ = block_ + static_cast<uint32_t>(std::countr_zero(bare_cr)) - 1;
  } else if (end_ - block_ == kBlock && after_cr_ != 0) {
    bare_cr_ = end_ - 1;
  }
}

}  // namespace sipward::sip
