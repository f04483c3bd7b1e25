// Bytes that arrive in any order, by their place.
#ifndef SIPWARD_IO_PIECES_H_
#define SIPWARD_IO_PIECES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "io/view.h"

namespace sipward::io {

struct Piece {
  std::string bytes;
  Stamp stamp;
  size_t missing = 0;  // bytes behind it that were never captured
};

// Pieces that do not overlap. Where two arrivals differ, the first one stays.
class Pieces {
 public:
  // What one piece costs beside its bytes; counted, so that many tiny ones cannot outgrow a limit.
  static constexpr size_t kOverhead = 128;

  // Puts in what is not there yet. True: some of these bytes were there already.
  bool Insert(uint64_t offset, std::string_view bytes, Stamp stamp, size_t missing);
  // Takes the first piece if it begins at or before `offset`, without the bytes before `offset`.
  // False: there is none.
  bool TakeUpTo(uint64_t offset, Piece* out);
  // All bytes in order, gaps closed.
  std::string Join() const;

  bool empty() const { return pieces_.empty(); }
  uint64_t first_offset() const { return pieces_.begin()->first; }
  size_t bytes() const { return bytes_; }
  size_t count() const { return pieces_.size(); }
  size_t cost() const { return bytes_ + pieces_.size() * kOverhead; }
  void Clear();

 private:
  std::map<uint64_t, Piece> pieces_;
  size_t bytes_ = 0;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_PIECES_H_
