// Stage one: where the lines of a message head are, found in one pass, many bytes at a time.
#ifndef SIPWARD_SIP_INDEX_H_
#define SIPWARD_SIP_INDEX_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "sip/marks.h"

namespace sipward::sip {

// What is unusual about a line. Exact places are not kept: a flagged line is rare and is read
// again, byte by byte.
enum LineFlag : uint8_t {
  kLineIsFolded = 1,        // continued by at least one line that begins with SP or HTAB
  kLineHasBareLf = 2,       // an LF without CR ends it, or one of its folds
  kLineHasBareCr = 4,       // a CR without LF stands in it
  kLineHasControl = 8,      // octets below 0x20 other than HTAB, CR and LF, or 0x7F
  kLineHasHigh = 16,        // octets of 0x80 and above
  kLineIsUnterminated = 32  // the bytes end before its line end
};

// A logical line: its folds are part of it.
struct Line {
  uint32_t begin = 0;
  uint32_t end = 0;    // the line end (CRLF or LF) left out
  uint32_t flags = 0;  // of LineFlag
};

struct HeadIndex {
  static constexpr uint32_t kCapacity =
      258;  // start line, 256 headers, and one to see that there are more

  uint32_t count = 0;
  uint32_t end = 0;       // behind the empty line; where indexing stopped if there was none
  uint32_t flags = 0;     // all flags of all lines together; kLineHasBareLf also for the empty line
  bool complete = false;  // the empty line was found
  bool full =
      false;  // there are more than kCapacity lines; `end` is the begin of the first one left out
  std::array<Line, kCapacity> lines;  // the first `count` are valid
  Marks marks;

  friend bool operator==(const HeadIndex& a, const HeadIndex& b);
};

// Finds the lines of bytes[from, ...) up to the empty line; what follows it is not read except for
// the rest of the block that the empty line ends in. Lines end in CRLF or LF; a CR alone ends
// nothing. The first line is never continued: a second line that begins with white space is a line
// of its own. `bytes` may hold at most 2^32-2 octets. Reads nothing outside `bytes`; any alignment.
// Linear: about 0.1 ns per byte with AVX2.
void IndexHead(std::string_view bytes, uint32_t from, HeadIndex* index);

// The same answer, bit for bit, without vector instructions; also what runs on processors that have
// none.
void IndexHeadScalar(std::string_view bytes, uint32_t from, HeadIndex* index);

// Marks bytes[from, ...), of which there may be fewer than Marks::kBytes, and one place behind
// them; if they are more, nothing is covered.
void MarkText(std::string_view bytes, uint32_t from, Marks* marks);
void MarkTextScalar(std::string_view bytes, uint32_t from, Marks* marks);

// What these run on. All answer the same. kNative is what the compiler may take for granted:
// NEON on aarch64, nothing on x86-64.
enum class IndexTarget : uint8_t { kScalar, kSse4, kAvx2, kNative };
bool IndexTargetAvailable(IndexTarget target);
// Runs on one named target; falls back to the scalar twin if that is not available.
void IndexHeadOn(IndexTarget target, std::string_view bytes, uint32_t from, HeadIndex* index);
void MarkTextOn(IndexTarget target, std::string_view bytes, uint32_t from, Marks* marks);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_INDEX_H_
