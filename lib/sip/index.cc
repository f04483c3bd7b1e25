#include "sip/index.h"

#include <algorithm>

namespace sipward::sip {
namespace {

bool SameLine(const Line& a, const Line& b) {
  return a.begin == b.begin && a.end == b.end && a.flags == b.flags;
}

uint32_t FlagOf(unsigned char c) {
  if (c >= 0x80) return kLineHasHigh;
  return IsOdd(static_cast<char>(c)) ? uint32_t{kLineHasControl} : 0u;
}

}  // namespace

bool operator==(const Marks& a, const Marks& b) {
  if (a.end != b.end || (a.end != 0 && a.from != b.from)) return false;
  for (uint32_t begin = a.from, block = 0; begin < a.end; begin += Marks::kBlock, ++block) {
    const uint32_t rest = a.end - begin;
    const uint64_t valid = rest >= Marks::kBlock ? ~uint64_t{0} : (uint64_t{1} << rest) - 1;
    if (((a.words[block] ^ b.words[block]) & valid) != 0) return false;
  }
  return true;
}

namespace {

void FillMarks(std::string_view bytes, uint32_t from, HeadIndex* index) {
  index->marks.Open(from);
  if (!index->complete) return;
  for (uint32_t begin = from; begin < index->end; begin += Marks::kBlock) {
    const uint32_t end = std::min(index->end - begin, Marks::kBlock);
    uint64_t word = 0;
    for (uint32_t i = 0; i < end; ++i) {
      if (!IsPlain(bytes[begin + i])) word |= uint64_t{1} << i;
    }
    index->marks.Push(word);
  }
  index->marks.Close(index->end);
}

}  // namespace

bool operator==(const HeadIndex& a, const HeadIndex& b) {
  return a.count == b.count && a.end == b.end && a.flags == b.flags && a.complete == b.complete &&
         a.full == b.full && a.marks == b.marks &&
         std::equal(a.lines.begin(), a.lines.begin() + a.count, b.lines.begin(), SameLine);
}

namespace {

void FindLines(std::string_view bytes, uint32_t from, HeadIndex* index) {
  const auto size = static_cast<uint32_t>(bytes.size());
  index->count = 0;
  index->flags = 0;
  index->complete = false;
  index->full = false;
  Line line{.begin = from};
  uint32_t physical = from;  // where the physical line began; `line` may have begun folds earlier
  for (uint32_t i = from; i < size; ++i) {
    const char c = bytes[i];
    const bool after_cr = i > physical && bytes[i - 1] == '\r';
    if (after_cr && c != '\n') line.flags |= kLineHasBareCr;
    line.flags |= FlagOf(static_cast<unsigned char>(c));
    if (c != '\n') continue;

    const uint32_t end = after_cr ? i - 1 : i;
    if (!after_cr) line.flags |= kLineHasBareLf;
    if (end == physical) {
      index->flags |= line.flags;
      index->complete = true;
      index->end = i + 1;
      return;
    }
    physical = i + 1;
    const bool folds =
        index->count > 0 && physical < size && (bytes[physical] == ' ' || bytes[physical] == '\t');
    if (folds) {
      line.flags |= kLineIsFolded;
      continue;
    }
    if (index->count == HeadIndex::kCapacity) {
      index->full = true;
      index->end = line.begin;
      return;
    }
    line.end = end;
    index->flags |= line.flags;
    index->lines[index->count++] = line;
    line = Line{.begin = physical};
  }
  index->end = size;
  if (line.begin == size) return;
  if (size > physical && bytes[size - 1] == '\r') line.flags |= kLineHasBareCr;
  if (index->count == HeadIndex::kCapacity) {
    index->full = true;
    index->end = line.begin;
    return;
  }
  line.end = size;
  line.flags |= kLineIsUnterminated;
  index->flags |= line.flags;
  index->lines[index->count++] = line;
}

}  // namespace

void IndexHeadScalar(std::string_view bytes, uint32_t from, HeadIndex* index) {
  FindLines(bytes, from, index);
  FillMarks(bytes, from, index);
}

void MarkTextScalar(std::string_view bytes, uint32_t from, Marks* marks) {
  const auto size = static_cast<uint32_t>(bytes.size());
  marks->Open(from);
  if (size - from >= Marks::kBytes) return;
  for (uint32_t begin = from; begin <= size; begin += Marks::kBlock) {
    uint64_t word = 0;
    for (uint32_t i = 0; i < Marks::kBlock && begin + i <= size; ++i) {
      if (begin + i == size || !IsPlain(bytes[begin + i])) word |= uint64_t{1} << i;
    }
    marks->Push(word);
  }
  marks->end = size + 1;
}

}  // namespace sipward::sip
