#include "io/tcp_streams.h"

#include <algorithm>
#include <iterator>

#include "io/sip_likeness.h"

namespace sipward::io {
namespace {

constexpr uint64_t kFirstPlace = uint64_t{1} << 32;
// Segments farther from the expected place than this belong to another connection, or to nobody.
constexpr uint64_t kWindow = 16 << 20;

bool BeginsLikeSip(const TcpSegment& segment) {
  return JudgeStrictly(segment.payload.bytes) == Likeness::kSip;
}

uint64_t Distance(uint64_t a, uint64_t b) { return a < b ? b - a : a - b; }

}  // namespace

TcpStreams::Key TcpStreams::MakeKey(const TcpSegment& segment) {
  Key key;
  auto out = key.begin();
  for (const sipward_endpoint& end : {segment.source, segment.destination}) {
    out = std::copy(std::begin(end.address), std::end(end.address), out);
    *out++ = static_cast<uint8_t>(end.port >> 8);
    *out++ = static_cast<uint8_t>(end.port & 0xFF);
  }
  return key;
}

// The place nearest to the expected one that has this sequence number (RFC 9293 section 3.4).
uint64_t TcpStreams::PlaceOf(const Direction& direction, uint32_t sequence) {
  const auto expected =
      static_cast<uint32_t>(direction.first_sequence + (direction.next - kFirstPlace));
  const auto ahead = static_cast<int32_t>(sequence - expected);
  return direction.next + static_cast<uint64_t>(int64_t{ahead});
}

TcpStreams::Map::iterator TcpStreams::FindOrCreate(const TcpSegment& segment, bool* created) {
  const Key key = MakeKey(segment);
  Map::iterator found = directions_.find(key);
  *created = found == directions_.end();
  if (*created) {
    if (directions_.size() >= kMostDirections) Evict(by_age_.front());
    found = directions_.try_emplace(key).first;
    found->second.source = segment.source;
    found->second.destination = segment.destination;
    found->second.age = by_age_.insert(by_age_.end(), found);
  } else {
    by_age_.splice(by_age_.end(), by_age_, found->second.age);
  }
  return found;
}

void TcpStreams::Begin(const TcpSegment& segment, bool from_start, Direction* direction) {
  DropWaiting(direction);
  const bool sip_port = IsSipPort(segment.source.port) || IsSipPort(segment.destination.port);
  direction->stream = std::make_unique<SipStream>(&pool_, statistics_, sip_port, from_start);
  direction->first_sequence = segment.sequence + (segment.syn ? 1 : 0);
  direction->next = kFirstPlace;
  direction->end = 0;
  direction->is_closed = false;
  direction->stamp = {};
}

// Starts the direction, or starts it again where the segment belongs to a new connection. False: it
// belongs to none.
bool TcpStreams::PrepareFor(const TcpSegment& segment, bool created, Direction* direction) {
  if (created || segment.syn) {
    const bool repeated =
        !created && !direction->is_closed && direction->first_sequence == segment.sequence + 1;
    if (!repeated) Begin(segment, segment.syn, direction);
    return true;
  }
  const uint64_t place = PlaceOf(*direction, segment.sequence);
  if (Distance(place, direction->next) <= kWindow) return true;
  if (segment.payload.bytes.empty()) return false;
  if (!direction->is_closed && !BeginsLikeSip(segment)) {
    ++statistics_->dropped_tcp_segments;
    return false;
  }
  Begin(segment, false, direction);
  return true;
}

void TcpStreams::Add(const TcpSegment& segment, Stamp stamp) {
  now_ = stamp;
  const bool has_data = !segment.payload.bytes.empty() || segment.payload.missing > 0;
  if (!has_data && !segment.syn && !directions_.contains(MakeKey(segment))) return;
  bool created = false;
  Direction& direction = FindOrCreate(segment, &created)->second;
  if (!PrepareFor(segment, created, &direction)) return;
  const uint32_t sequence = segment.sequence + (segment.syn ? 1 : 0);
  const uint64_t place = PlaceOf(direction, sequence);
  if (segment.rst) direction.is_closed = true;
  if (segment.fin) {
    direction.end = place + segment.payload.bytes.size() + segment.payload.missing;
    direction.is_closed = true;
  }
  if (has_data) Insert(segment, place, stamp, &direction);
  LimitUnfinished();
  active_ = &direction;
}

void TcpStreams::Insert(const TcpSegment& segment, uint64_t place, Stamp stamp,
                        Direction* direction) {
  std::string_view bytes = segment.payload.bytes;
  const uint64_t end = place + bytes.size();
  if (end + segment.payload.missing <= direction->next) return;
  if (place < direction->next) {
    bytes.remove_prefix(std::min<uint64_t>(bytes.size(), direction->next - place));
    place = std::min(end, direction->next);
  }
  if (place > direction->next) {
    if (direction->waiting.empty()) {
      direction->hole_since_ns = stamp.wall_ns;
      direction->hole_segments = 0;
    }
    ++direction->hole_segments;
  }
  waiting_cost_ -= direction->waiting.cost();
  direction->waiting.Insert(place, bytes, stamp, segment.payload.missing);
  waiting_cost_ += direction->waiting.cost();
}

bool TcpStreams::Next(TcpMessage* out) {
  while (active_ != nullptr) {
    if (active_->stream->Next(&out->message)) {
      out->stamp = active_->stamp;
      out->source = active_->source;
      out->destination = active_->destination;
      return true;
    }
    if (Advance(active_)) continue;
    active_ = nullptr;
    if (is_finishing_ && finishing_ != directions_.end()) active_ = &(finishing_++)->second;
  }
  return false;
}

// Gives the stream its next bytes; false if there are none yet.
bool TcpStreams::Advance(Direction* direction) {
  Piece piece;
  waiting_cost_ -= direction->waiting.cost();
  const bool taken = direction->waiting.TakeUpTo(direction->next, &piece);
  waiting_cost_ += direction->waiting.cost();
  if (taken) {
    direction->next += piece.bytes.size() + piece.missing;
    if (piece.stamp.frame > direction->stamp.frame) direction->stamp = piece.stamp;
    direction->hole_since_ns = now_.wall_ns;
    direction->hole_segments = 0;
    direction->stream->Push(std::move(piece.bytes), piece.missing);
    return true;
  }
  if (!direction->waiting.empty() && IsHopeless(*direction)) {
    SkipHole(direction);
    return true;
  }
  const bool at_end = direction->end != 0 && direction->next >= direction->end;
  if (at_end || (is_finishing_ && direction->waiting.empty())) direction->stream->Break();
  return false;
}

bool TcpStreams::IsHopeless(const Direction& direction) const {
  const bool too_long =
      now_.wall_ns > direction.hole_since_ns &&
      static_cast<uint64_t>(now_.wall_ns) - static_cast<uint64_t>(direction.hole_since_ns) >
          static_cast<uint64_t>(kLongestWaitNs);
  return is_finishing_ || too_long || direction.stream->is_seeking() ||
         direction.hole_segments > kMostWaitingSegments ||
         direction.waiting.cost() > kMostWaitingBytes || waiting_cost_ > kMostWaitingBytesInAll;
}

void TcpStreams::SkipHole(Direction* direction) {
  if (!direction->stream->is_seeking()) ++statistics_->tcp_gaps;
  direction->stream->Break();
  direction->next = direction->waiting.first_offset();
}

void TcpStreams::DropWaiting(Direction* direction) {
  statistics_->dropped_tcp_segments += direction->waiting.count();
  waiting_cost_ -= direction->waiting.cost();
  direction->waiting.Clear();
}

void TcpStreams::Evict(Map::iterator victim) {
  DropWaiting(&victim->second);
  by_age_.erase(victim->second.age);
  directions_.erase(victim);
}

// Messages under way hold buffers; the stream that is idle longest gives its own up.
void TcpStreams::LimitUnfinished() {
  if (pool_.in_use() < kMostUnfinished) return;
  const auto victim = std::find_if(by_age_.begin(), by_age_.end(), [](Map::iterator it) {
    return it->second.stream->holds_framer();
  });
  if (victim != by_age_.end()) (*victim)->second.stream->Break();
}

void TcpStreams::Finish() {
  is_finishing_ = true;
  finishing_ = directions_.begin();
  if (finishing_ != directions_.end()) active_ = &(finishing_++)->second;
}

}  // namespace sipward::io
