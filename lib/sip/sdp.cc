#include <array>

#include "sip/number.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

// RFC 8866 section 5: the order of the lines, as positions in these texts. `z` belongs to the time
// it follows, which is why it shares a place with `t` and `r`.
constexpr std::string_view kSessionOrder = "vosiuepcbtka";
constexpr std::string_view kMediaOrder = "micbka";
// One bit for each letter, upper case with lower: an upper-case line is out of order anyway.
constexpr uint32_t Bit(char type) { return uint32_t{1} << (static_cast<unsigned>(type) & 31u); }

constexpr uint32_t Bits(std::string_view types) {
  uint32_t bits = 0;
  for (const char type : types) bits |= Bit(type);
  return bits;
}
constexpr uint32_t kOnceInSession = Bits("vosiuck");
constexpr uint32_t kOnceInMedia = Bits("mik");

// The place of every letter in an order, or kNoPlace.
constexpr uint8_t kNoPlace = 0xFF;
using Places = std::array<uint8_t, 128>;
constexpr Places PlacesOf(std::string_view order) {
  Places places{};
  for (uint8_t& place : places) place = kNoPlace;
  for (size_t i = 0; i < order.size(); ++i) {
    places[static_cast<size_t>(order[i])] = static_cast<uint8_t>(i);
  }
  return places;
}
constexpr Places kSessionPlaces = PlacesOf(kSessionOrder);
constexpr Places kMediaPlaces = PlacesOf(kMediaOrder);

struct Line {
  char type;
  Slice value;
  uint32_t offset;
};

// Walks the lines of a body. They end in CRLF or LF.
class LineCursor {
 public:
  LineCursor(const char* base, Slice body) : base_(base), at_(body.offset), end_(body.end()) {}
  bool Next(Slice* line) {
    if (at_ >= end_) return false;
    const uint32_t stop = FindChar(base_, at_, end_, '\n');
    const uint32_t cut = stop < end_ && stop > at_ && base_[stop - 1] == '\r' ? stop - 1 : stop;
    *line = Between(at_, cut);
    at_ = stop < end_ ? stop + 1 : end_;
    return true;
  }

 private:
  const char* base_;
  uint32_t at_;
  uint32_t end_;
};

// The next field of a line, up to a space; empty at the end.
Slice NextField(const char* base, uint32_t* at, uint32_t end) {
  while (*at < end && base[*at] == ' ') ++*at;
  const uint32_t begin = *at;
  *at = FindChar(base, begin, end, ' ');
  return Between(begin, *at);
}

class SdpChecker {
 public:
  SdpChecker(const char* base, Slice body, const Limits& limits, AnomalyLog& log)
      : base_(base), body_(body), limits_(limits), log_(log) {}

  void Run() {
    CheckNul();
    LineCursor cursor(base_, body_);
    for (Slice text; cursor.Next(&text);) {
      if (text.length < 2 || !IsAlpha(base_[text.offset]) || base_[text.offset + 1] != '=') {
        log_.Add(AnomalyId::kSdpMalformed, text.offset);
        continue;
      }
      Take({base_[text.offset], Between(text.offset + 2, text.end()), text.offset});
    }
    Finish();
  }

 private:
  void CheckNul() {
    const uint32_t nul = FindChar(base_, body_.offset, body_.end(), '\0');
    if (nul < body_.end()) log_.Add(AnomalyId::kSdpNul, nul);
  }

  void Take(const Line& line) {
    // Attributes come in rows, and one more changes nothing.
    if (line.type == 'a' && last_ == 'a') return;
    last_ = line.type;
    if (line.type == 'm') StartMedia(line.offset);
    CheckOrder(line);
    seen_ |= Bit(line.type);
    (media_count_ == 0 ? session_ : in_media_) |= Bit(line.type);
    CheckNumbers(line);
  }

  void StartMedia(uint32_t offset) {
    FinishMedia();
    if (++media_count_ == limits_.sdp_media + 1) log_.Add(AnomalyId::kSdpTooManyMedia, offset);
    in_media_ = 0;
    place_ = 0;
    media_offset_ = offset;
  }

  void CheckOrder(const Line& line) {
    const bool media = media_count_ != 0;
    const char type = line.type == 'r' || line.type == 'z' ? 't' : line.type;
    const uint8_t place = (media ? kMediaPlaces : kSessionPlaces)[static_cast<size_t>(type)];
    if (place == kNoPlace) {
      log_.Add(AnomalyId::kSdpOrder, line.offset);
      return;
    }
    const bool again = ((media ? in_media_ : session_) & Bit(line.type)) != 0;
    const bool once = ((media ? kOnceInMedia : kOnceInSession) & Bit(line.type)) != 0;
    const bool no_time = type != line.type && (session_ & Bit('t')) == 0;
    if (place < place_ || (again && once) || no_time) log_.Add(AnomalyId::kSdpOrder, line.offset);
    if (place > place_) place_ = place;
  }

  // The fields are counted from 0 behind the equals sign.
  void CheckNumbers(const Line& line) {
    if (line.type != 'm' && line.type != 'o' && line.type != 't') return;
    uint32_t at = line.value.offset;
    const uint32_t end = line.value.end();
    for (int field = 0; field < 3; ++field) {
      const Slice text = NextField(base_, &at, end);
      if (text.empty()) return;
      const bool is_port = line.type == 'm' && field == 1;
      const bool is_long = (line.type == 'o' && field >= 1) || (line.type == 't' && field <= 1);
      if (is_port) CheckDigits(text, 65'535);
      if (is_long) CheckDigits(text, UINT64_MAX);
    }
  }

  // More digits than a number of 64 bits has do not fit either, whatever they say.
  void CheckDigits(Slice text, uint64_t most) {
    uint32_t at = text.offset;
    const uint64_t number = ReadDigits(base_, &at, text.end());
    const uint32_t digits = at - text.offset;
    constexpr std::string_view kLargest = "18446744073709551615";
    const bool wrapped = number == UINT64_MAX && Between(text.offset, at).In(base_) != kLargest;
    if (number > most || digits > kLargest.size() || wrapped) {
      log_.Add(AnomalyId::kSdpOverflow, text.offset);
    }
  }

  void FinishMedia() {
    const bool has_connection = ((session_ | in_media_) & Bit('c')) != 0;
    if (media_count_ != 0 && !has_connection) log_.Add(AnomalyId::kSdpMissingLine, media_offset_);
  }

  void Finish() {
    FinishMedia();
    for (const char type : {'v', 'o', 's', 't'}) {
      if ((seen_ & Bit(type)) == 0) log_.Add(AnomalyId::kSdpMissingLine, body_.offset);
    }
  }

  const char* base_;
  Slice body_;
  const Limits& limits_;
  AnomalyLog& log_;
  uint32_t seen_ = 0;      // types anywhere
  uint32_t session_ = 0;   // types before the first m=
  uint32_t in_media_ = 0;  // types since the last m=
  uint8_t place_ = 0;
  char last_ = 0;  // the type of the line before
  uint32_t media_count_ = 0;
  uint32_t media_offset_ = 0;
};

}  // namespace

void CheckSdp(const char* base, Slice body, const Limits& limits, AnomalyLog& log) {
  if (!body.present() || body.empty()) return;
  SdpChecker(base, body, limits, log).Run();
}

}  // namespace sipward::sip
