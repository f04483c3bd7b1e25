#include "sip/body_lines.h"

#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// SSE2 is in every x86-64 processor, so that nothing is chosen at run time; Highway has no target
// for it. Elsewhere the bytes are read one by one.
#ifndef __SSE2__

BodyMasks ClassifyBody(const char* block) { return ClassifyBodyScalar(block); }

#else

namespace {

uint64_t Equal(__m128i v, char octet) {
  return static_cast<uint64_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(octet))));
}

}  // namespace

BodyMasks ClassifyBody(const char* block) {
  BodyMasks masks;
  for (uint32_t i = 0; i < BodyLines::kBlock; i += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    masks.lf |= Equal(v, '\n') << i;
    masks.cr |= Equal(v, '\r') << i;
    masks.nul |= Equal(v, '\0') << i;
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
