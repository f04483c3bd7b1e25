// The lines of a body, found 64 bytes at a time. Internal to this folder.
#ifndef SIPWARD_SIP_BODY_LINES_H_
#define SIPWARD_SIP_BODY_LINES_H_

#include <bit>
#include <cstdint>

#include "base/slice.h"

namespace sipward::sip {

// One bit for each byte of a block of 64.
struct BodyMasks {
  uint64_t lf = 0;
  uint64_t cr = 0;
  uint64_t nul = 0;

  friend bool operator==(const BodyMasks&, const BodyMasks&) = default;
};
BodyMasks ClassifyBody(const char* block);
BodyMasks ClassifyBodyScalar(const char* block);  // the same without vectors

// Walks lines that end in CRLF or LF; a CR alone ends nothing.
class BodyLines {
 public:
  static constexpr uint32_t kBlock = 64;

  BodyLines(const char* base, Slice body)
      : base_(base), at_(body.offset), end_(body.end()), block_(body.offset) {
    if (at_ < end_) Load();
  }

  // The next line without its line end.
  bool Next(Slice* text) {
    if (at_ >= end_) return false;
    const uint32_t stop = NextLf();
    line_end_ = stop;
    if (stop < end_ && stop > at_ && base_[stop - 1] == '\r') --line_end_;
    *text = {at_, line_end_ - at_};
    at_ = stop < end_ ? stop + 1 : end_;
    return true;
  }
  uint32_t next() const { return at_; }  // where the next line begins
  // Whether the line ended in CRLF, or where the body ends.
  bool clean() const { return at_ - line_end_ != 1; }

  // The first of each in what was read so far, which is up to 63 bytes more than was walked;
  // Slice::kAbsent if there is none.
  uint32_t nul() const { return nul_; }
  uint32_t bare_cr() const { return bare_cr_; }

 private:
  uint32_t NextLf() {
    while (lf_ == 0) {
      if (end_ - block_ <= kBlock) return end_;
      block_ += kBlock;
      Load();
    }
    const auto at = static_cast<uint32_t>(std::countr_zero(lf_));
    lf_ &= lf_ - 1;
    return block_ + at;
  }
  void Load();
  void NoteOdd(const BodyMasks& masks, uint64_t bare_cr);

  const char* base_;
  uint32_t at_;
  uint32_t end_;
  uint32_t block_;
  uint32_t line_end_ = 0;
  uint64_t lf_ = 0;
  uint64_t after_cr_ = 0;  // 1: the last byte of the block before is a CR
  uint32_t nul_ = Slice::kAbsent;
  uint32_t bare_cr_ = Slice::kAbsent;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_BODY_LINES_H_
