#include "records/cells.h"

#include <algorithm>
#include <cstring>

namespace sipward::records {
namespace {

const char* Find(const char* from, const char* end, char c) {
  if (from == end) return end;
  const void* found = std::memchr(from, c, static_cast<size_t>(end - from));
  return found == nullptr ? end : static_cast<const char*>(found);
}

// Cuts one row.
class Cutter {
 public:
  Cutter(std::string_view bytes, std::string_view line, bool last, char delimiter, Quoting quoting,
         Cells* out)
      : delimiter_(delimiter), quoting_(quoting), out_(*out) {
    at_ = bytes.data();
    line_end_ = at_ + line.size();
    const size_t most = std::min(bytes.size(), line.size() + kMostSpan);
    end_ = quoting == Quoting::kLoose ? line_end_ : at_ + most;
    whole_ = last || quoting == Quoting::kLoose || most < bytes.size();
  }

  Cut Run() {
    out_.count = 0;
    out_.quoting = quoting_;
    out_.spans = false;
    for (;;) {
      const Cut cut = OpensQuote() ? Quoted() : Plain();
      if (cut != Cut::kOk) return cut;
      if (at_ == line_end_) break;
      ++at_;  // the delimiter
    }
    out_.end = line_end_;
    return Cut::kOk;
  }

 private:
  // Spaces before a quote are no part of the cell.
  bool OpensQuote() {
    const char* at = at_;
    while (at < line_end_ && *at == ' ') ++at;
    if (at == line_end_ || *at != '"') return false;
    at_ = at;
    return true;
  }

  void Put(const char* from, const char* to, bool escaped) {
    if (out_.count < kMostCells) {
      out_.cell[out_.count] = {from, static_cast<uint32_t>(to - from), escaped};
    }
    ++out_.count;
  }

  Cut Plain() {
    const char* to = Find(at_, line_end_, delimiter_);
    Put(at_, to, false);
    at_ = to;
    return Cut::kOk;
  }

  bool EndsCell(const char* at) const {
    if (at == end_ || *at == delimiter_ || *at == '\n') return true;
    return *at == '\r' && (at + 1 == end_ || at[1] == '\n');
  }

  // Behind an odd number of backslashes a quote is text.
  static bool IsEscaped(const char* from, const char* quote) {
    size_t count = 0;
    while (quote - count > from && quote[-1 - static_cast<ptrdiff_t>(count)] == '\\') ++count;
    return count % 2 == 1;
  }

  Cut Unclosed() const { return whole_ ? Cut::kBad : Cut::kMore; }

  Cut Quoted() {
    const char* from = at_ + 1;
    bool escaped = false;
    const char* quote = Find(from, end_, '"');
    while (quote != end_) {
      const char* next = quote + 1;
      if (quoting_ != Quoting::kDoubled && IsEscaped(from, quote)) {
        escaped = true;
      } else if (next != end_ && *next == '"' &&
                 (quoting_ != Quoting::kLoose || !EndsCell(next + 1))) {
        escaped = true;
        ++next;
      } else if (quoting_ != Quoting::kLoose || EndsCell(next)) {
        return Close(from, quote, escaped);
      }
      quote = Find(next, end_, '"');
    }
    return Unclosed();
  }

  Cut Close(const char* from, const char* quote, bool escaped) {
    if (quote > line_end_) {
      out_.spans = true;
      const char* end = Find(quote, end_, '\n');
      if (end == end_ && !whole_) return Cut::kMore;
      line_end_ = end > quote + 1 && end[-1] == '\r' ? end - 1 : end;
    }
    Put(from, quote, escaped);
    at_ = quote + 1;
    while (at_ < line_end_ && *at_ == ' ') ++at_;
    return at_ == line_end_ || *at_ == delimiter_ ? Cut::kOk : Cut::kBad;
  }

  const char delimiter_;
  const Quoting quoting_;
  Cells& out_;
  const char* at_;
  const char* line_end_;  // of the line that at_ is on
  const char* end_;       // of what may be looked at
  bool whole_ = false;    // nothing that could close a quote lies behind end_
};

}  // namespace

Cut CutRow(std::string_view bytes, std::string_view line, bool last, char delimiter,
           Quoting quoting, Cells* out) {
  return Cutter(bytes, line, last, delimiter, quoting, out).Run();
}

bool TextOf(const Cell& cell, Quoting quoting, Scratch* scratch, std::string_view* out) {
  if (cell.size > kMostText) return false;
  *out = {cell.data, cell.size};
  if (!cell.escaped) return true;
  char* to = scratch->Room(cell.size);
  if (to == nullptr) return false;
  size_t size = 0;
  for (size_t i = 0; i < cell.size; ++i) {
    const char c = cell.data[i];
    const bool more = i + 1 < cell.size;
    if (more && c == '"' && cell.data[i + 1] == '"') ++i;
    if (more && c == '\\' && quoting != Quoting::kDoubled &&
        (cell.data[i + 1] == '"' || cell.data[i + 1] == '\\')) {
      ++i;
    }
    to[size++] = cell.data[i];
  }
  *out = scratch->Take(size);
  return true;
}

}  // namespace sipward::records
