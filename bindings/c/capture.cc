// libsipward-capture: the reader of lib/io behind the C interface.
#include "sipward/c/capture.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "guard.h"
#include "io/capture.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace io = sipward::io;

struct sipward_capture {
  io::CaptureReader reader;
  io::CaptureItem item{};
  bool opened = false;
  bool out_of_memory = false;  // nothing more comes of what is open
};

namespace {

constexpr size_t kMostPath = 65'536;

// A name that is cut at a NUL would be another one.
bool UsablePath(const char* path, size_t size) {
  return UsableBytes(path, size) && size <= kMostPath &&
         View(path, size).find('\0') == std::string_view::npos;
}

// Runs `open`, which says whether it could; whatever was open before is not any more.
template <typename Open>
int32_t Replace(sipward_capture* capture, Open open) {
  capture->opened = true;
  capture->out_of_memory = true;  // unless it comes through
  return Guard([&] {
    const bool opened = open();
    capture->out_of_memory = false;
    return opened ? SIPWARD_OK : SIPWARD_ERR_CAPTURE;
  });
}

bool OpenBytes(sipward_capture* capture, std::string_view bytes, std::string_view name) {
  const std::string called(name);
  // fmemopen takes no empty memory. It only reads what it is given, in this mode.
  FILE* stream = bytes.empty() ? std::fopen("/dev/null", "rb")
                               : fmemopen(const_cast<char*>(bytes.data()), bytes.size(), "rb");
  if (stream != nullptr) return capture->reader.OpenStream(stream, called);
  throw std::bad_alloc();
}

void Fill(const sipward_capture& capture, sipward_capture_item* out) {
  const io::CaptureItem& item = capture.item;
  sipward_capture_item made{};
  made.flags = (item.truncated ? uint32_t{SIPWARD_CAPTURE_TRUNCATED} : 0) |
               (item.unframed ? uint32_t{SIPWARD_CAPTURE_UNFRAMED} : 0);
  made.frame = item.frame;
  made.data = item.data;
  made.size = item.size;
  made.packet = &item.packet;
  WriteStruct(made, out);
}

}  // namespace

extern "C" {

int32_t sipward_capture_create(sipward_capture** out) {
  if (!Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    *out = std::make_unique<sipward_capture>().release();
    return SIPWARD_OK;
  });
}

void sipward_capture_destroy(sipward_capture* capture) {
  if (Usable(capture)) delete capture;
}

int32_t sipward_capture_open(sipward_capture* capture, const char* path, size_t size) {
  if (!Usable(capture) || !UsablePath(path, size)) return SIPWARD_ERR_ARGUMENT;
  return Replace(capture, [&] { return capture->reader.Open(std::string(View(path, size))); });
}

int32_t sipward_capture_open_bytes(sipward_capture* capture, const char* bytes, size_t size,
                                   const char* name, size_t name_size) {
  // A capture may be larger than a message.
  const bool usable = (bytes != nullptr || size == 0) && size <= PTRDIFF_MAX;
  if (!Usable(capture) || !usable || !UsablePath(name, name_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Replace(capture, [&] {
    return OpenBytes(capture, size == 0 ? std::string_view() : std::string_view(bytes, size),
                     View(name, name_size));
  });
}

int32_t sipward_capture_error(const sipward_capture* capture, sipward_text* out) {
  if (!Usable(capture) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  *out = Text(capture->reader.error());
  return SIPWARD_OK;
}

int32_t sipward_capture_next(sipward_capture* capture, sipward_capture_item* out) {
  if (!Usable(capture) || !HasStructSize(out) || !capture->opened) return SIPWARD_ERR_ARGUMENT;
  if (capture->out_of_memory) return SIPWARD_ERR_NO_MEMORY;
  capture->out_of_memory = true;
  return Guard([&] {
    const io::CaptureStatus status = capture->reader.Next(&capture->item);
    capture->out_of_memory = false;
    if (status == io::CaptureStatus::kEnd) return SIPWARD_END;
    if (status == io::CaptureStatus::kError) return SIPWARD_ERR_CAPTURE;
    Fill(*capture, out);
    return SIPWARD_OK;
  });
}

int32_t sipward_capture_read_statistics(const sipward_capture* capture,
                                        sipward_capture_statistics* out) {
  if (!Usable(capture) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const io::CaptureStatistics& counted = capture->reader.statistics();
  sipward_capture_statistics made{};
  made.position = capture->reader.position();
  made.bytes = capture->reader.size();
  made.frames = counted.frames;
  made.truncated_frames = counted.truncated_frames;
  made.not_ip = counted.not_ip;
  made.ip_packets = counted.ip_packets;
  made.fragments = counted.fragments;
  made.reassembled_datagrams = counted.reassembled_datagrams;
  made.udp_datagrams = counted.udp_datagrams;
  made.tcp_segments = counted.tcp_segments;
  made.other_transports = counted.other_transports;
  made.messages = counted.messages;
  made.not_sip = counted.not_sip;
  made.tcp_gaps = counted.tcp_gaps;
  made.unfinished_bytes = counted.unfinished_bytes;
  made.dropped_malformed = counted.dropped_malformed;
  made.dropped_nesting = counted.dropped_nesting;
  made.dropped_fragments = counted.dropped_fragments;
  made.dropped_tcp_segments = counted.dropped_tcp_segments;
  WriteStruct(made, out);
  return SIPWARD_OK;
}

}  // extern "C"
