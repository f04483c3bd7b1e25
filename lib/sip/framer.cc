#include <algorithm>
#include <cstring>

#include "sip/content_length.h"
#include "sip/header_line.h"
#include "sip/sip.h"

namespace sipward::sip {

// Bytes in [begin, end) of the buffer wait; a message that was returned stays in front of them
// until the next Push.
struct StreamFramer::Impl {
  explicit Impl(uint32_t most)
      : limit(std::max<uint32_t>(most, 1)),
        // Not initialised: pages that no message reaches are never touched.
        buffer(std::make_unique_for_overwrite<char[]>(limit)) {}

  Status Next(std::string_view* message);
  size_t Push(std::string_view bytes);
  bool SkipKeepAlives();
  bool FindHeadEnd();
  void ReadLength();
  Status NeedMore();

  uint32_t limit;
  std::unique_ptr<char[]> buffer;
  HeadIndex index;
  AnomalyLog log;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t searched = 0;  // no head end begins before begin + searched
  uint32_t head = 0;      // bytes of the head; 0: its end was not found yet
  uint64_t length = 0;    // bytes of the whole message, once the head is known
  bool starved = true;    // the last Next found no whole message
  uint64_t consumed = 0;  // stream offset of `begin`
  uint64_t returned = 0;  // stream offset of the last message
};

// Moves what waits to the front only when no whole message is left in it, so that every byte moves
// once.
size_t StreamFramer::Impl::Push(std::string_view bytes) {
  if (log.error() != nullptr) return bytes.size();
  if (begin > 0 && (starved || begin >= limit / 2)) {
    std::memmove(buffer.get(), buffer.get() + begin, end - begin);
    end -= begin;
    begin = 0;
  }
  const size_t taken = std::min<size_t>(bytes.size(), limit - end);
  if (taken != 0) std::memcpy(buffer.get() + end, bytes.data(), taken);
  end += static_cast<uint32_t>(taken);
  return taken;
}

// False if what waits is nothing, or a CR whose LF is still to come.
bool StreamFramer::Impl::SkipKeepAlives() {
  while (begin < end) {
    const char c = buffer[begin];
    uint32_t skip = 0;
    if (c == '\n') {
      skip = 1;
    } else if (c == '\r') {
      if (end - begin == 1) return false;
      if (buffer[begin + 1] == '\n') skip = 2;
    }
    if (skip == 0) return true;
    begin += skip;
    consumed += skip;
  }
  return false;
}

// Goes on where the last search stopped: the empty line is an LF behind which LF or CRLF follows.
bool StreamFramer::Impl::FindHeadEnd() {
  const char* data = buffer.get() + begin;
  const uint32_t size = end - begin;
  while (searched < size) {
    const void* found = std::memchr(data + searched, '\n', size - searched);
    if (found == nullptr) {
      searched = size;
      return false;
    }
    const auto at = static_cast<uint32_t>(static_cast<const char*>(found) - data);
    searched = at;
    if (at + 1 == size) return false;
    if (data[at + 1] == '\n') {
      head = at + 2;
      return true;
    }
    if (data[at + 1] == '\r') {
      if (at + 2 == size) return false;
      if (data[at + 2] == '\n') {
        head = at + 3;
        return true;
      }
    }
    searched = at + 1;
  }
  return false;
}

void StreamFramer::Impl::ReadLength() {
  const char* data = buffer.get() + begin;
  IndexHead({data, head}, 0, &index);
  if (index.full) {
    log.Add(AnomalyId::kHeaderTooMany, index.end);
    return;
  }
  log.Clear();
  ContentLength content_length;
  for (uint32_t i = 1; i < index.count; ++i) {
    if (i == 1 && IsBlank(data[index.lines[i].begin])) continue;
    const HeaderLine cut = CutHeaderLine(data, index.lines[i]);
    if (FindHeader(cut.name.In(data)) != HeaderId::kContentLength) continue;
    content_length.Take(cut.value.In(data), cut.value.offset, log);
  }
  if (!content_length.present()) log.Add(AnomalyId::kContentLengthMissingOnStream, head);
  if (log.error() != nullptr) return;
  length = uint64_t{head} + content_length.value().value_or(0);
  if (length > limit) log.Add(AnomalyId::kMessageTooLong, head);
}

StreamFramer::Status StreamFramer::Impl::NeedMore() {
  starved = true;
  return Status::kNeedMore;
}

StreamFramer::Status StreamFramer::Impl::Next(std::string_view* message) {
  if (log.error() != nullptr) return Status::kError;
  if (head == 0) {
    if (!SkipKeepAlives()) return NeedMore();
    if (!FindHeadEnd()) {
      if (end - begin < limit) return NeedMore();
      log.Add(AnomalyId::kMessageTooLong, limit);
      return Status::kError;
    }
    ReadLength();
    if (log.error() != nullptr) return Status::kError;
  }
  if (end - begin < length) return NeedMore();
  *message = {buffer.get() + begin, static_cast<size_t>(length)};
  returned = consumed;
  begin += static_cast<uint32_t>(length);
  consumed += length;
  searched = 0;
  head = 0;
  starved = false;
  return Status::kMessage;
}

StreamFramer::StreamFramer(uint32_t limit) : impl_(std::make_unique<Impl>(limit)) {}
StreamFramer::~StreamFramer() = default;
StreamFramer::StreamFramer(StreamFramer&&) noexcept = default;
StreamFramer& StreamFramer::operator=(StreamFramer&&) noexcept = default;

size_t StreamFramer::Push(std::string_view bytes) { return impl_->Push(bytes); }
StreamFramer::Status StreamFramer::Next(std::string_view* message) { return impl_->Next(message); }
const Anomaly* StreamFramer::error() const { return impl_->log.error(); }
size_t StreamFramer::pending() const { return impl_->end - impl_->begin; }
uint64_t StreamFramer::message_offset() const { return impl_->returned; }

}  // namespace sipward::sip
