// Reads SIP messages out of capture files, and off interfaces: pcap and pcapng in, one message at a
// time out.
#ifndef SIPWARD_IO_CAPTURE_H_
#define SIPWARD_IO_CAPTURE_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "sipward.h"

namespace sipward::io {

enum class CaptureStatus {
  kMessage,
  kEnd,
  kError,
  kQuiet,  // of an interface: nothing more has come yet
};

// What to read off an interface.
struct LiveSource {
  std::string interface;        // "any" reads all of them
  std::string filter;           // as pcap-filter(7) describes; empty: everything
  int buffer_bytes = 16 << 20;  // for what comes while nobody reads
  // Several readers share what comes: both directions of a flow go to one of them, and what it has
  // no room for to another. The first has kNewGroup and says in group() which one that is.
  static constexpr int32_t kNoGroup = -2, kNewGroup = -1;
  int32_t group = kNoGroup;
};

// What was not read off an interface, since it was opened.
struct LiveLosses {
  uint64_t by_kernel = 0;     // the buffer was full: whoever reads is too slow
  uint64_t by_interface = 0;  // as far as its driver tells
};

// One message of a capture.
struct CaptureItem {
  // Transport (UDP or TCP), both endpoints and the time of the frame that completed the message;
  // `offset` is 0 and `size` that of `data`. The capture's clock is the only one there is, so
  // monotonic_ns is wall_ns.
  sipward_packet packet;
  const char* data;  // the message's bytes, valid until the next call of the reader
  size_t size;
  uint64_t frame;  // number of the frame that completed it, from 1
  bool truncated;  // the capture holds only the beginning of these bytes (snapshot length)
  bool unframed;  // a TCP stream that could not be cut here: all bytes since the last whole message
};

// What went by. Frames that hold no message are counted, never silently skipped.
struct CaptureStatistics {
  uint64_t frames = 0;
  uint64_t truncated_frames = 0;  // cut off by the snapshot length
  uint64_t not_ip = 0;
  uint64_t ip_packets = 0;  // tunnelled ones count again
  uint64_t fragments = 0;
  uint64_t reassembled_datagrams = 0;
  uint64_t udp_datagrams = 0;
  uint64_t tcp_segments = 0;
  uint64_t other_transports = 0;
  uint64_t messages = 0;
  uint64_t not_sip = 0;   // payloads on a SIP port that are not SIP: keep-alives, STUN, TLS
  uint64_t tcp_gaps = 0;  // places where segments are missing and the stream was taken up again
  uint64_t unfinished_bytes = 0;   // of TCP messages whose end never came
  uint64_t dropped_malformed = 0;  // lengths or headers that cannot be
  uint64_t dropped_nesting = 0;    // more tunnels or extension headers than are followed
  uint64_t dropped_fragments =
      0;  // fragments given up: too old, too many, or beyond their datagram
  uint64_t dropped_tcp_segments =
      0;  // far outside the window, or of a stream given up for a newer one
};

// Reads one capture from front to back with bounded memory, whatever is in it.
//
// Link layers: Ethernet (802.1Q, QinQ, PPPoE), Linux cooked v1 and v2, raw IP, BSD loopback, PPP.
// Network: IPv4 and IPv6 with options, extension headers and fragments, inside IP-in-IP, 6in4 and
// GRE. Checksums are not looked at. SIP is what looks like it: on ports 5060 and 5061 generously,
// elsewhere only with a correct start line. A UDP datagram is one message; a TCP stream is cut by
// its Content-Length.
//
// One thread at a time. Open and Next allocate, and throw std::bad_alloc where memory runs out or
// say so in error(); the reader can then only be destroyed or opened again.
class CaptureReader {
 public:
  CaptureReader();
  ~CaptureReader();
  CaptureReader(CaptureReader&&) noexcept;
  CaptureReader& operator=(CaptureReader&&) noexcept;

  // Opens a file; "-" is the standard input. False: see error().
  bool Open(const std::string& path);
  // Takes over an open stream, and closes it even on failure; `name` is what error() calls it.
  bool OpenStream(FILE* stream, const std::string& name);
  // Reads off an interface, which needs the right to do so (CAP_NET_RAW) until this returns. Frames
  // have the time at which the kernel saw them.
  bool OpenLive(const LiveSource& source);
  // Of an interface: what poll() waits for before Next has more than kQuiet to say.
  int descriptor() const;
  int32_t group() const;
  LiveLosses Losses() const;

  // The next message, without waiting for one. kError (damaged or cut-off file) and kEnd stay; the
  // messages before them were whole.
  CaptureStatus Next(CaptureItem* item);

  // One line that names the file and what is wrong with it; empty while nothing is.
  const std::string& error() const;
  // After kEnd they cover the whole capture.
  const CaptureStatistics& statistics() const;
  // Bytes of the file read so far, for a progress bar.
  uint64_t position() const;
  // Size of the file in bytes; 0 where it is not known, as of a pipe.
  uint64_t size() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_CAPTURE_H_
