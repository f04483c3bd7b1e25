// The vector form of IndexHead, compiled once per instruction set. Highway's headers alone are
// used: its library would start a clock when it is loaded, so the choice of the target is made
// here.
#include <bit>
#include <cstring>

#include "sip/index.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sip/index_simd.cc"
// AVX-512 gains nothing on 64-byte blocks, and SSSE3 alone is too rare to be worth a variant. On
// Arm there is NEON everywhere, and nothing here would choose SVE.
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_AVX3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace sipward::sip {
namespace HWY_NAMESPACE {

// Mask bits are read as one little-endian word.
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128 || \
    (defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)

constexpr bool kHasVectors = false;

void IndexHeadVector(std::string_view bytes, uint32_t from, HeadIndex* index) {
  IndexHeadScalar(bytes, from, index);
}

#else

constexpr bool kHasVectors = true;

namespace hn = hwy::HWY_NAMESPACE;

constexpr uint32_t kBlock = 64;

// One bit per byte of a block.
struct BlockMasks {
  uint64_t lf = 0, cr = 0, colon = 0, control = 0, high = 0, mark = 0;
};

template <class D, class M>
HWY_INLINE uint64_t Bits(D d, M mask) {
  // At most 64 lanes, so at most 64 bits; the order of the bytes is that of the lanes.
  uint64_t bits = 0;
  hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&bits));
  return bits;
}

template <class D, class V>
HWY_INLINE auto IsMark(D d, V v) {
  const auto low = hn::LoadDup128(d, kPlainHalves.low.data());
  const auto high = hn::LoadDup128(d, kPlainHalves.high.data());
  const auto halves = hn::TableLookupBytes(low, hn::And(v, hn::Set(d, 0x0F)));
  const auto half = hn::TableLookupBytes(high, hn::ShiftRight<4>(v));
  return hn::Eq(hn::And(halves, half), hn::Zero(d));
}

HWY_INLINE BlockMasks Classify(const char* block) {
  const hn::CappedTag<int8_t, kBlock> d;
  const size_t lanes = hn::Lanes(d);
  BlockMasks masks;
  for (size_t i = 0; i < kBlock; i += lanes) {
    const auto v = hn::LoadU(d, reinterpret_cast<const int8_t*>(block) + i);
    const auto lf = hn::Eq(v, hn::Set(d, '\n'));
    const auto cr = hn::Eq(v, hn::Set(d, '\r'));
    // Signed, so that this is everything below 0x20 and everything from 0x80.
    const uint64_t odd = Bits(d, hn::Or(hn::Lt(v, hn::Set(d, 0x20)), hn::Eq(v, hn::Set(d, 0x7F))));
    const uint64_t lf_bits = Bits(d, lf);
    const uint64_t cr_bits = Bits(d, cr);
    masks.lf |= lf_bits << i;
    masks.cr |= cr_bits << i;
    masks.colon |= Bits(d, hn::Eq(v, hn::Set(d, ':'))) << i;
    const hn::Repartition<uint8_t, decltype(d)> octets;
    masks.mark |= Bits(octets, IsMark(octets, hn::BitCast(octets, v))) << i;
    if (odd & ~(lf_bits | cr_bits)) {
      const uint64_t high = Bits(d, hn::Lt(v, hn::Zero(d)));
      const uint64_t tab = Bits(d, hn::Eq(v, hn::Set(d, '\t')));
      masks.high |= high << i;
      masks.control |= (odd & ~(lf_bits | cr_bits | high | tab)) << i;
    }
  }
  return masks;
}

// Turns masks into lines. Keeps what one block leaves open for the next.
class Walker {
 public:
  Walker(std::string_view bytes, uint32_t from, HeadIndex* index)
      : data_(bytes.data()),
        size_(static_cast<uint32_t>(bytes.size())),
        physical_(from),
        line_{.begin = from},
        index_(index) {
    index->count = 0;
    index->flags = 0;
    index->complete = false;
    index->full = false;
    index->marks.Open(from);
  }

  // False when the head has ended.
  HWY_INLINE bool Take(uint32_t base, const BlockMasks& masks) {
    index_->marks.Push(masks.mark);
    const uint64_t after_cr = masks.cr << 1 | carry_;
    carry_ = masks.cr >> 63;
    const uint64_t bare_cr = after_cr & ~masks.lf;  // on the byte behind the CR: the same line
    const bool odd = (masks.control | masks.high | bare_cr) != 0;
    uint64_t open = ~uint64_t{0};  // the bytes not yet given to a line
    for (uint64_t lf = masks.lf; lf != 0; lf &= lf - 1) {
      const uint64_t bit = lf & (~lf + 1);
      const uint64_t mine = open & (bit | (bit - 1));
      open &= ~(bit | (bit - 1));
      SetColon(base, masks.colon & mine);
      if (odd) SetFlags(masks, bare_cr, mine);
      const uint32_t at = base + static_cast<uint32_t>(std::countr_zero(bit));
      if (!EndPhysicalLine(at, (after_cr & bit) != 0)) return false;
    }
    SetColon(base, masks.colon & open);
    if (odd) SetFlags(masks, bare_cr, open);
    return true;
  }

  void Finish() {
    index_->end = size_;
    if (line_.begin == size_) return;
    if (carry_ != 0) line_.flags |= kLineHasBareCr;
    line_.flags |= kLineIsUnterminated;
    Emit(size_);
  }

 private:
  HWY_INLINE void SetColon(uint32_t base, uint64_t colons) {
    if (line_.colon == Line::kNoColon && colons != 0) {
      line_.colon = base + static_cast<uint32_t>(std::countr_zero(colons));
    }
  }

  void SetFlags(const BlockMasks& masks, uint64_t bare_cr, uint64_t mine) {
    if (masks.control & mine) line_.flags |= kLineHasControl;
    if (masks.high & mine) line_.flags |= kLineHasHigh;
    if (bare_cr & mine) line_.flags |= kLineHasBareCr;
  }

  HWY_INLINE bool EndPhysicalLine(uint32_t lf, bool after_cr) {
    const uint32_t end = lf - (after_cr ? 1 : 0);
    if (!after_cr) line_.flags |= kLineHasBareLf;
    if (end == physical_) {
      index_->flags |= line_.flags;
      index_->complete = true;
      index_->end = lf + 1;
      index_->marks.Close(lf + 1);
      return false;
    }
    physical_ = lf + 1;
    if (index_->count > 0 && physical_ < size_ &&
        (data_[physical_] == ' ' || data_[physical_] == '\t')) {
      line_.flags |= kLineIsFolded;
      return true;
    }
    return Emit(end);
  }

  HWY_INLINE bool Emit(uint32_t end) {
    if (index_->count == HeadIndex::kCapacity) {
      index_->full = true;
      index_->end = line_.begin;
      return false;
    }
    line_.end = end;
    index_->flags |= line_.flags;
    index_->lines[index_->count++] = line_;
    line_ = Line{.begin = physical_};
    return true;
  }

  const char* data_;
  uint32_t size_;
  uint32_t physical_;
  uint64_t carry_ = 0;
  Line line_;
  HeadIndex* index_;
};

void IndexHeadVector(std::string_view bytes, uint32_t from, HeadIndex* index) {
  const auto size = static_cast<uint32_t>(bytes.size());
  Walker walker(bytes, from, index);
  uint32_t at = from;
  for (; size - at >= kBlock; at += kBlock) {
    if (!walker.Take(at, Classify(bytes.data() + at))) return;
  }
  const uint32_t rest = size - at;
  if (rest != 0) {
    alignas(kBlock) char tail[kBlock];
    std::memcpy(tail, bytes.data() + at, rest);
    // Spaces mean nothing to the walker, except behind a CR: a CR that ends the bytes is bare
    // either way.
    std::memset(tail + rest, ' ', kBlock - rest);
    if (!walker.Take(at, Classify(tail))) return;
  }
  walker.Finish();
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace sipward::sip
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sipward::sip {
namespace {

using IndexFunction = void (*)(std::string_view, uint32_t, HeadIndex*);

bool HasAvx2() {
#if HWY_TARGETS & HWY_AVX2
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul");
#else
  return false;
#endif
}

bool HasSse4() {
#if HWY_TARGETS & HWY_SSE4
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("aes") &&
         __builtin_cpu_supports("pclmul");
#else
  return false;
#endif
}

IndexFunction FunctionFor(IndexTarget target) {
  switch (target) {
    case IndexTarget::kAvx2:
#if HWY_TARGETS & HWY_AVX2
      if (HasAvx2()) return N_AVX2::IndexHeadVector;
#endif
      break;
    case IndexTarget::kSse4:
#if HWY_TARGETS & HWY_SSE4
      if (HasSse4()) return N_SSE4::IndexHeadVector;
#endif
      break;
    case IndexTarget::kNative:
      if (HWY_STATIC_DISPATCH(kHasVectors)) return HWY_STATIC_DISPATCH(IndexHeadVector);
      break;
    case IndexTarget::kScalar:
      break;
  }
  return IndexHeadScalar;
}

IndexFunction Best() {
  if (HasAvx2()) return FunctionFor(IndexTarget::kAvx2);
  if (HasSse4()) return FunctionFor(IndexTarget::kSse4);
  return FunctionFor(IndexTarget::kNative);
}

}  // namespace

bool IndexTargetAvailable(IndexTarget target) {
  return target == IndexTarget::kScalar || FunctionFor(target) != IndexHeadScalar;
}

void IndexHeadOn(IndexTarget target, std::string_view bytes, uint32_t from, HeadIndex* index) {
  FunctionFor(target)(bytes, from, index);
}

void IndexHead(std::string_view bytes, uint32_t from, HeadIndex* index) {
  static const IndexFunction best = Best();
  best(bytes, from, index);
}

}  // namespace sipward::sip

#endif  // HWY_ONCE
