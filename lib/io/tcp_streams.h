// TCP segments to SIP messages, for all connections of a capture.
#ifndef SIPWARD_IO_TCP_STREAMS_H_
#define SIPWARD_IO_TCP_STREAMS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>

#include "io/capture.h"
#include "io/packet_decoder.h"
#include "io/pieces.h"
#include "io/sip_stream.h"
#include "io/view.h"

namespace sipward::io {

struct TcpMessage {
  StreamMessage message;
  Stamp stamp;  // of the segment that completed it
  sipward_endpoint source;
  sipward_endpoint destination;
};

// Puts the segments of each direction in order. Bytes that came first stay. A hole is waited for;
// then the direction goes on behind it where a segment begins like SIP. Bounded: the directions
// that were idle longest are given up first.
class TcpStreams {
 public:
  static constexpr size_t kMostDirections = 4096;
  static constexpr size_t kMostUnfinished = 128;          // directions in the middle of a message
  static constexpr size_t kMostWaitingBytes = 256 << 10;  // behind one hole
  static constexpr size_t kMostWaitingBytesInAll = 16 << 20;
  static constexpr int kMostWaitingSegments = 64;
  static constexpr int64_t kLongestWaitNs = 3'000'000'000;

  explicit TcpStreams(CaptureStatistics* statistics) : statistics_(statistics) {}

  // Takes a segment in. Only after Next said false.
  void Add(const TcpSegment& segment, Stamp stamp);
  // No segment will come any more: holes are not waited for.
  void Finish();
  // False: more segments are needed, or after Finish: that was all.
  bool Next(TcpMessage* out);

 private:
  // Source address and port, destination address and port.
  using Key = std::array<uint8_t, 36>;
  struct Direction;
  using Map = std::map<Key, Direction>;
  struct Direction {
    std::unique_ptr<SipStream> stream;
    sipward_endpoint source;
    sipward_endpoint destination;
    uint32_t first_sequence = 0;
    // Places in the stream are 64 bits wide and begin far from 0, so that old segments lie below.
    uint64_t next = 0;
    uint64_t end = 0;  // where FIN stands; 0: not seen
    bool is_closed = false;
    Pieces waiting;
    int64_t hole_since_ns = 0;
    int hole_segments = 0;
    Stamp stamp;
    std::list<Map::iterator>::iterator age;
  };

  static Key MakeKey(const TcpSegment& segment);
  static uint64_t PlaceOf(const Direction& direction, uint32_t sequence);
  Map::iterator FindOrCreate(const TcpSegment& segment, bool* created);
  void Begin(const TcpSegment& segment, bool from_start, Direction* direction);
  bool PrepareFor(const TcpSegment& segment, bool created, Direction* direction);
  void Insert(const TcpSegment& segment, uint64_t place, Stamp stamp, Direction* direction);
  bool Advance(Direction* direction);
  bool IsHopeless(const Direction& direction) const;
  void SkipHole(Direction* direction);
  void DropWaiting(Direction* direction);
  void Evict(Map::iterator victim);
  void LimitUnfinished();

  CaptureStatistics* statistics_;
  FramerPool pool_;
  Map directions_;
  std::list<Map::iterator> by_age_;  // idle longest first
  size_t waiting_cost_ = 0;
  Stamp now_;
  Direction* active_ = nullptr;
  bool is_finishing_ = false;
  Map::iterator finishing_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_TCP_STREAMS_H_
