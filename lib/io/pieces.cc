#include "io/pieces.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sipward::io {

bool Pieces::Insert(uint64_t offset, std::string_view bytes, Stamp stamp, size_t missing) {
  const uint64_t end = offset + bytes.size();
  bool overlap = false;
  uint64_t at = offset;
  while (at < end) {
    auto next = pieces_.upper_bound(at);
    if (next != pieces_.begin()) {
      const auto& [before_offset, before] = *std::prev(next);
      const uint64_t before_end = before_offset + before.bytes.size();
      if (before_end > at) {
        overlap = true;
        at = before_end;
        continue;
      }
    }
    const uint64_t stop = next == pieces_.end() ? end : std::min(end, next->first);
    Piece piece;
    piece.bytes = bytes.substr(at - offset, stop - at);
    piece.stamp = stamp;
    piece.missing = stop == end ? missing : 0;
    bytes_ += piece.bytes.size();
    pieces_.emplace_hint(next, at, std::move(piece));
    at = stop;
  }
  return overlap;
}

bool Pieces::TakeUpTo(uint64_t offset, Piece* out) {
  while (!pieces_.empty() && pieces_.begin()->first <= offset) {
    const auto first = pieces_.begin();
    const uint64_t known = offset - first->first;
    Piece piece = std::move(first->second);
    bytes_ -= piece.bytes.size();
    pieces_.erase(first);
    if (known >= piece.bytes.size()) continue;
    piece.bytes.erase(0, known);
    *out = std::move(piece);
    return true;
  }
  return false;
}

std::string Pieces::Join() const {
  std::string all;
  all.reserve(bytes_);
  for (const auto& [offset, piece] : pieces_) all += piece.bytes;
  return all;
}

void Pieces::Clear() {
  pieces_.clear();
  bytes_ = 0;
}

}  // namespace sipward::io
