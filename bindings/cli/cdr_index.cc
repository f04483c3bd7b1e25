#include "cdr_index.h"

#include <algorithm>
#include <tuple>

namespace sipward::cli {
namespace {

// What was left out: no row is that small.
bool IsGone(const CdrPlace& place) { return place.size == 0; }

bool Before(const CdrPlace& a, const CdrPlace& b) {
  if (a.start_ns != b.start_ns) return a.start_ns < b.start_ns;
  return a.file != b.file ? a.file < b.file : a.line < b.line;
}

}  // namespace

void CdrIndex::Add(const sipward_cdr& record, size_t file) {
  CdrPlace place;
  place.start_ns = record.start_ns;
  place.fingerprint = record.fingerprint;
  place.offset = record.offset & ((uint64_t{1} << 43) - 1);
  place.size = record.size & ((uint64_t{1} << 21) - 1);
  place.line = record.line & ((uint64_t{1} << 42) - 1);
  place.file = file & 0xFFFF;
  place.layout = record.layout & 0x3F;
  places_.push_back(place);
}

// Of the records [begin, end), whose calls began at one time. Those of one fingerprint are
// compared: whoever writes records could make others that have it, so a few back and no further.
uint64_t CdrIndex::LeaveOut(size_t begin, size_t end, const std::vector<CdrSource>& sources) {
  constexpr size_t kBack = 16;
  order_.clear();
  for (size_t i = begin; i < end; ++i) {
    if (places_[i].fingerprint != 0) order_.push_back(static_cast<uint32_t>(i - begin));
  }
  const auto at = [&](size_t i) -> CdrPlace& { return places_[begin + order_[i]]; };
  std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
    const uint64_t first = places_[begin + a].fingerprint;
    const uint64_t second = places_[begin + b].fingerprint;
    return first != second ? first < second : a < b;
  });
  uint64_t gone = 0;
  for (size_t i = 1; i < order_.size(); ++i) {
    for (size_t j = i; j > 0 && i - j < kBack; --j) {
      const CdrPlace& other = at(j - 1);
      if (other.fingerprint != at(i).fingerprint) break;
      if (IsGone(other) || other.In(sources) != at(i).In(sources)) continue;
      at(i).size = 0;
      ++gone;
      break;
    }
  }
  return gone;
}

uint64_t CdrIndex::Settle(const std::vector<CdrSource>& sources) {
  if (!std::is_sorted(places_.begin(), places_.end(), Before)) {
    std::sort(places_.begin(), places_.end(), Before);
  }
  uint64_t gone = 0;
  for (size_t begin = 0; begin < places_.size();) {
    size_t end = begin + 1;
    while (end < places_.size() && places_[end].start_ns == places_[begin].start_ns) ++end;
    if (end - begin > 1) gone += LeaveOut(begin, end, sources);
    begin = end;
  }
  if (gone > 0) std::erase_if(places_, IsGone);
  return gone;
}

}  // namespace sipward::cli
