#include <algorithm>
#include <cstring>

#include "records/records.h"

namespace sipward::records {

PieceReader::PieceReader(const Options& options)
    : reader_(options), buffer_(std::make_unique<char[]>(2 * kWindow)) {}

// What is not read yet moves to the front once the rest has no room for the window of a row.
size_t PieceReader::Push(std::string_view bytes) {
  if (last_ || bytes.empty()) return 0;
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ > kWindow) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const size_t taken = std::min(bytes.size(), 2 * kWindow - end_);
  if (taken != 0) std::memcpy(buffer_.get() + end_, bytes.data(), taken);
  end_ += taken;
  return taken;
}

Reader::Step PieceReader::Next(Record* out) {
  size_t taken = 0;
  const Reader::Step step =
      reader_.Next({buffer_.get() + begin_, end_ - begin_}, last_, &taken, out);
  begin_ += taken;
  return step;
}

}  // namespace sipward::records
