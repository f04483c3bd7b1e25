// The vector form of IndexHead, compiled once per instruction set. Highway's headers alone are
// used: its library would start a clock when it is loaded, so the choice of the target is made
// here.
#include <algorithm>
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
void MarkTextVector(std::string_view bytes, uint32_t from, Marks* marks) {
  MarkTextScalar(bytes, from, marks);
}

#else

constexpr bool kHasVectors = true;

namespace hn = hwy::HWY_NAMESPACE;

constexpr uint32_t kBlock = 64;

using Octets = hn::CappedTag<uint8_t, kBlock>;

template <class D, class M>
HWY_INLINE uint64_t Bits(D d, M mask) {
  // At most 64 lanes, so at most 64 bits; the order of the bytes is that of the lanes.
  uint64_t bits = 0;
  hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&bits));
  return bits;
}

HWY_INLINE auto Load(const char* at) {
  return hn::LoadU(Octets(), reinterpret_cast<const uint8_t*>(at));
}

template <class V>
HWY_INLINE V ClassesOf(V v) {
  const Octets d;
  const auto low = hn::LoadDup128(d, kOctetClasses.low.data());
  const auto high = hn::LoadDup128(d, kOctetClasses.high.data());
  return hn::And(hn::TableLookupBytes(low, hn::And(v, hn::Set(d, 0x0F))),
                 hn::TableLookupBytes(high, hn::ShiftRight<4>(v)));
}

template <class V>
HWY_INLINE uint64_t MarkBits(V classes) {
  const Octets d;
  const auto plain = hn::And(classes, hn::Set(d, OctetClasses::kPlain));
  return Bits(d, hn::Eq(plain, hn::Zero(d)));
}

// ---- The sweep: ordinary heads ----

// The bits of kOdd are set where an octet is odd, is a CR without LF behind it, or has an LF
// without CR behind it. Reads one byte more than the vector has.
template <class V>
HWY_INLINE V Oddness(V v, V classes, const char* at) {
  const Octets d;
  const auto cr = hn::Eq(v, hn::Set(d, '\r'));
  const auto before_lf = hn::Eq(Load(at + 1), hn::Set(d, '\n'));
  return hn::Or(classes, hn::Xor(hn::VecFromMask(d, cr), hn::VecFromMask(d, before_lf)));
}

// Finds the lines of a head that is complete and in which every line ends in CRLF, none is folded
// and no octet is odd. These are nearly all, and they cost a third of what the walker below takes,
// which has to say what is unusual and on which line. What the sweep left behind when it gives up
// means nothing.
class Sweep {
 public:
  Sweep(uint32_t from, HeadIndex* index) : begin_(from), index_(index) {
    index->count = 0;
    index->marks.Open(from);
  }

  enum class Outcome { kOpen, kDone, kUnusual };

  // Takes the block that stands at `at` of the bytes. One byte behind it can be read. Beyond
  // Marks::kBytes it is to be taken without its marks.
  template <bool kMarked>
  HWY_INLINE Outcome Take(const char* block, uint32_t at) {
    const Octets d;
    uint64_t lf = 0;
    uint64_t mark = 0;
    auto odd = hn::Zero(d);
    for (size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
      const auto v = Load(block + i);
      const auto classes = ClassesOf(v);
      lf |= Bits(d, hn::Eq(v, hn::Set(d, '\n'))) << i;
      if constexpr (kMarked) mark |= MarkBits(classes) << i;
      odd = hn::Or(odd, Oddness(v, classes, block + i));
    }
    if constexpr (kMarked) index_->marks.words[blocks_++] = mark;
    if (lf != 0) {
      if (count_ + kBlock / 2 > HeadIndex::kCapacity) return Outcome::kUnusual;
      do {
        const auto bit = static_cast<uint32_t>(std::countr_zero(lf));
        lf &= lf - 1;
        const uint32_t end = at + bit - 1;
        if (end == begin_) return Close(block, at, bit);
        // A fold; or the CR of the empty line, which comes next.
        const char next = block[bit + 1];
        if (static_cast<unsigned char>(next) <= ' ' && next != '\r') return Outcome::kUnusual;
        Line& line = index_->lines[count_++];
        line.begin = begin_;
        line.end = end;
        line.flags = 0;
        begin_ = end + 2;
      } while (lf != 0);
    }
    odd_ = hn::Or(odd_, odd);
    return Outcome::kOpen;
  }

 private:
  // The empty line ends at `bit`. What is odd behind it is none of the head's.
  HWY_INLINE Outcome Close(const char* block, uint32_t at, uint32_t bit) {
    const Octets d;
    const auto kinds = hn::Set(d, OctetClasses::kOdd);
    const auto none = hn::Zero(d);
    uint64_t odd =
        ~Bits(d, hn::Eq(hn::And(odd_, kinds), none)) & ((uint64_t{2} << (hn::Lanes(d) - 1)) - 1);
    for (size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
      const auto v = Load(block + i);
      const auto here = hn::And(Oddness(v, ClassesOf(v), block + i), kinds);
      odd |= Bits(d, hn::Ne(here, none)) << i & ((uint64_t{1} << bit) - 1);
    }
    if (odd != 0) return Outcome::kUnusual;
    index_->count = count_;
    index_->flags = 0;
    index_->complete = true;
    index_->full = false;
    index_->end = at + bit + 1;
    index_->marks.blocks = blocks_;
    index_->marks.Close(index_->end);
    return Outcome::kDone;
  }

  uint32_t begin_;  // of the line that is open
  uint32_t count_ = 0;
  uint32_t blocks_ = 0;
  hn::Vec<Octets> odd_ = hn::Zero(Octets());  // of all blocks but the last
  HeadIndex* index_;
};

// The last bytes, of which there are at most kBlock.
template <bool kMarked>
HWY_INLINE bool SweepTail(std::string_view bytes, uint32_t at, Sweep& sweep) {
  // Spaces mean nothing, except behind a line end, where the empty line would have to stand.
  alignas(kBlock) char tail[2 * kBlock];
  std::memset(tail, ' ', sizeof tail);
  std::memcpy(tail, bytes.data() + at, bytes.size() - at);
  return sweep.Take<kMarked>(tail, at) == Sweep::Outcome::kDone;
}

// Goes on at the last block that has marks, in a head that is longer. `sweep` is a copy: one whose
// address is taken would not stay in registers.
HWY_NOINLINE bool SweepLongHead(std::string_view bytes, uint32_t at, Sweep sweep) {
  const auto size = static_cast<uint32_t>(bytes.size());
  Sweep::Outcome outcome = sweep.Take<true>(bytes.data() + at, at);
  for (at += kBlock; outcome == Sweep::Outcome::kOpen && size - at > kBlock; at += kBlock) {
    outcome = sweep.Take<false>(bytes.data() + at, at);
  }
  if (outcome != Sweep::Outcome::kOpen) return outcome == Sweep::Outcome::kDone;
  return SweepTail<false>(bytes, at, sweep);
}

HWY_INLINE bool SweepHead(std::string_view bytes, uint32_t from, HeadIndex* index) {
  const char* data = bytes.data();
  const auto size = static_cast<uint32_t>(bytes.size());
  // What stands before the first byte decides whether it is a bare LF.
  if (from == size || data[from] == '\n') return false;
  const uint32_t stop = size - from > Marks::kBytes ? from + Marks::kBytes : size;
  Sweep sweep(from, index);
  uint32_t at = from;
  for (; stop - at > kBlock; at += kBlock) {
    const Sweep::Outcome outcome = sweep.Take<true>(data + at, at);
    if (outcome != Sweep::Outcome::kOpen) return outcome == Sweep::Outcome::kDone;
  }
  if (stop != size) return SweepLongHead(bytes, at, sweep);
  return SweepTail<true>(bytes, at, sweep);
}

// ---- The walker: all other heads ----

// One bit per byte of a block.
struct BlockMasks {
  uint64_t lf = 0, cr = 0, control = 0, high = 0, mark = 0;
};

HWY_INLINE BlockMasks Classify(const char* block) {
  const Octets d;
  BlockMasks masks;
  for (size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
    const auto v = Load(block + i);
    const auto classes = ClassesOf(v);
    const auto odd = hn::And(classes, hn::Set(d, OctetClasses::kOdd));
    masks.lf |= Bits(d, hn::Eq(v, hn::Set(d, '\n'))) << i;
    masks.cr |= Bits(d, hn::Eq(v, hn::Set(d, '\r'))) << i;
    masks.mark |= MarkBits(classes) << i;
    const uint64_t high = Bits(d, hn::Gt(v, hn::Set(d, 0x7F)));
    masks.high |= high << i;
    masks.control |= (Bits(d, hn::Ne(odd, hn::Zero(d))) & ~high) << i;
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
      if (odd) SetFlags(masks, bare_cr, mine);
      const uint32_t at = base + static_cast<uint32_t>(std::countr_zero(bit));
      if (!EndPhysicalLine(at, (after_cr & bit) != 0)) return false;
    }
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

void WalkHead(std::string_view bytes, uint32_t from, HeadIndex* index) {
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

void IndexHeadVector(std::string_view bytes, uint32_t from, HeadIndex* index) {
  if (!SweepHead(bytes, from, index)) WalkHead(bytes, from, index);
}

HWY_INLINE uint64_t MarksOf(const char* block) {
  const Octets d;
  uint64_t mark = 0;
  for (size_t i = 0; i < kBlock; i += hn::Lanes(d))
    mark |= MarkBits(ClassesOf(Load(block + i))) << i;
  return mark;
}

void MarkTextVector(std::string_view bytes, uint32_t from, Marks* marks) {
  const auto size = static_cast<uint32_t>(bytes.size());
  marks->Open(from);
  if (size - from >= Marks::kBytes) return;
  uint32_t at = from;
  for (; size - at >= kBlock; at += kBlock) marks->Push(MarksOf(bytes.data() + at));
  // A space is the mark behind the bytes.
  alignas(kBlock) char tail[kBlock];
  std::memset(tail, ' ', sizeof tail);
  if (size != at) std::memcpy(tail, bytes.data() + at, size - at);
  marks->Push(MarksOf(tail));
  marks->end = size + 1;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace sipward::sip
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sipward::sip {
namespace {

struct Functions {
  void (*index)(std::string_view, uint32_t, HeadIndex*) = IndexHeadScalar;
  void (*mark)(std::string_view, uint32_t, Marks*) = MarkTextScalar;
};

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

Functions FunctionsFor(IndexTarget target) {
  switch (target) {
    case IndexTarget::kAvx2:
#if HWY_TARGETS & HWY_AVX2
      if (HasAvx2()) return {N_AVX2::IndexHeadVector, N_AVX2::MarkTextVector};
#endif
      break;
    case IndexTarget::kSse4:
#if HWY_TARGETS & HWY_SSE4
      if (HasSse4()) return {N_SSE4::IndexHeadVector, N_SSE4::MarkTextVector};
#endif
      break;
    case IndexTarget::kNative:
      if (HWY_STATIC_DISPATCH(kHasVectors)) {
        return {HWY_STATIC_DISPATCH(IndexHeadVector), HWY_STATIC_DISPATCH(MarkTextVector)};
      }
      break;
    case IndexTarget::kScalar:
      break;
  }
  return {};
}

const Functions& Best() {
  static const Functions best = FunctionsFor(HasAvx2()   ? IndexTarget::kAvx2
                                             : HasSse4() ? IndexTarget::kSse4
                                                         : IndexTarget::kNative);
  return best;
}

}  // namespace

bool IndexTargetAvailable(IndexTarget target) {
  return target == IndexTarget::kScalar || FunctionsFor(target).index != IndexHeadScalar;
}

void IndexHeadOn(IndexTarget target, std::string_view bytes, uint32_t from, HeadIndex* index) {
  FunctionsFor(target).index(bytes, from, index);
}

void MarkTextOn(IndexTarget target, std::string_view bytes, uint32_t from, Marks* marks) {
  FunctionsFor(target).mark(bytes, from, marks);
}

void IndexHead(std::string_view bytes, uint32_t from, HeadIndex* index) {
  Best().index(bytes, from, index);
}

void MarkText(std::string_view bytes, uint32_t from, Marks* marks) {
  Best().mark(bytes, from, marks);
}

}  // namespace sipward::sip

#endif  // HWY_ONCE
