#include "io/inflater.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace sipward::io {

struct Inflater::Impl {
  Impl() {
    constexpr int kAnyWindow = 15, kZlibOrGzip = 32;
    ready = inflateInit2(&stream, kAnyWindow + kZlibOrGzip) == Z_OK;
  }
  ~Impl() {
    if (ready) inflateEnd(&stream);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  z_stream stream{};
  bool ready = false;
  std::array<char, kMostBytes> room;
};

Inflater::Inflater() = default;
Inflater::~Inflater() = default;

// In one call, so that the stream's end is seen in the room that there is, or not at all.
Inflated Inflater::Read(std::string_view bytes, std::string_view* out) {
  if (impl_ == nullptr) impl_ = std::make_unique<Impl>();
  Impl& impl = *impl_;
  z_stream& stream = impl.stream;
  if (!impl.ready || inflateReset(&stream) != Z_OK) return Inflated::kNoMemory;
  if (bytes.empty()) return Inflated::kDamaged;
  if (bytes.size() > kMostBytes) return Inflated::kTooLarge;
  const size_t most = std::min(kMostBytes, kMostRatio * bytes.size());
  // zlib reads only; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(impl.room.data());
  stream.avail_out = static_cast<uInt>(most);
  const int status = inflate(&stream, Z_FINISH);
  if (status == Z_MEM_ERROR) return Inflated::kNoMemory;
  if (status == Z_BUF_ERROR && stream.avail_out == 0) return Inflated::kTooLarge;
  if (status != Z_STREAM_END || stream.avail_in != 0) return Inflated::kDamaged;
  *out = {impl.room.data(), most - stream.avail_out};
  return Inflated::kWhole;
}

}  // namespace sipward::io
