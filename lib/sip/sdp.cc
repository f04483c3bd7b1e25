#include <algorithm>
#include <array>

#include "sip/body.h"
#include "sip/body_lines.h"
#include "sip/number.h"
#include "sip/scan.h"
#include "sip/sdp_attribute.h"
#include "sip/sdp_conflicts.h"
#include "sip/sdp_fields.h"

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

SdpDirection DirectionOf(SdpAttributeId id) {
  switch (id) {
    case SdpAttributeId::kSendrecv:
      return SdpDirection::kSendrecv;
    case SdpAttributeId::kSendonly:
      return SdpDirection::kSendonly;
    case SdpAttributeId::kRecvonly:
      return SdpDirection::kRecvonly;
    case SdpAttributeId::kInactive:
      return SdpDirection::kInactive;
    default:
      return SdpDirection::kNone;
  }
}

// One pass over a description: every line is held against its grammar and its place, and written
// down if somebody wants to know.
class SdpReader {
 public:
  SdpReader(const char* base, Slice body, const Limits& limits, AnomalyLog& log, Sdp* out)
      : base_(base), body_(body), limits_(limits), log_(log), out_(out) {}

  void Run() {
    BodyLines lines(base_, body_);
    for (Slice text; lines.Next(&text);) {
      if (text.length < 2 || !IsAlpha(base_[text.offset]) || base_[text.offset + 1] != '=') {
        log_.Add(AnomalyId::kSdpMalformed, text.offset);
        continue;
      }
      Take({base_[text.offset], Between(text.offset + 2, text.end()), text.offset});
    }
    if (lines.nul() != Slice::kAbsent) log_.Add(AnomalyId::kSdpNul, lines.nul());
    if (lines.bare_cr() != Slice::kAbsent) log_.Add(AnomalyId::kSdpBareCr, lines.bare_cr());
    Finish();
  }

 private:
  void Take(const Line& line) {
    // Attributes come in rows, and for the order one more changes nothing.
    if (line.type != 'a' || last_ != 'a') {
      last_ = line.type;
      if (line.type == 'm') StartMedia(line.offset);
      CheckOrder(line);
      again_ = (InScope() & Bit(line.type)) != 0;
      seen_ |= Bit(line.type);
      InScope() |= Bit(line.type);
    }
    Read(line);
  }

  uint32_t& InScope() { return media_count_ == 0 ? session_ : in_media_; }

  void StartMedia(uint32_t offset) {
    FinishMedia();
    if (++media_count_ == limits_.sdp_media + 1) log_.Add(AnomalyId::kSdpTooManyMedia, offset);
    in_media_ = 0;
    place_ = 0;
    media_offset_ = offset;
    conflicts_.Clear();
  }

  void CheckOrder(const Line& line) {
    const bool media = media_count_ != 0;
    const char type = line.type == 'r' || line.type == 'z' ? 't' : line.type;
    const uint8_t place = (media ? kMediaPlaces : kSessionPlaces)[static_cast<size_t>(type)];
    if (place == kNoPlace) {
      log_.Add(AnomalyId::kSdpOrder, line.offset);
      return;
    }
    const bool again = (InScope() & Bit(line.type)) != 0;
    const bool once = ((media ? kOnceInMedia : kOnceInSession) & Bit(line.type)) != 0;
    const bool no_time = type != line.type && (session_ & Bit('t')) == 0;
    if (place < place_ || (again && once) || no_time) log_.Add(AnomalyId::kSdpOrder, line.offset);
    if (place > place_) place_ = place;
  }

  void Read(const Line& line) {
    switch (line.type) {
      case 'a':
        return ReadAttribute(line.value);
      case 'm':
        return ReadMedia(line.value);
      case 'c':
        return ReadConnection(line.value);
      case 'o':
        return ReadOrigin(line.value);
      case 't':
        return ReadTime(line.value);
      case 'b':
        return ReadBandwidth(line.value);
      case 'v':
        return ReadVersion(line.value);
      case 's':
        if (out_ != nullptr && !again_) out_->name = line.value;
        return;
      default:
        return;
    }
  }

  // Where the medium is kept that lines belong to now; null in the session and beyond the limit.
  SdpMedia* Medium() {
    if (out_ == nullptr || media_count_ == 0 || media_count_ != out_->media_count) return nullptr;
    return &out_->media_slots[media_count_ - 1u];
  }
  bool IsKept() { return out_ != nullptr && (media_count_ == 0 || Medium() != nullptr); }
  int16_t Place() const { return static_cast<int16_t>(static_cast<int32_t>(media_count_) - 1); }

  void ReadVersion(Slice value) {
    if (out_ != nullptr && !again_) out_->version = value;
    if (value.In(base_) != "0") log_.Add(AnomalyId::kSdpFieldMalformed, value.offset);
  }

  void ReadOrigin(Slice value) {
    SdpOrigin origin;
    ReadSdpOrigin(base_, value, log_, &origin);
    CheckAddress(origin.nettype, origin.addrtype, origin.address);
    if (out_ != nullptr && !again_) out_->origin = origin;
  }

  void ReadConnection(Slice value) {
    SdpConnection connection;
    ReadSdpConnection(base_, value, log_, &connection);
    connection.kind = CheckAddress(connection.nettype, connection.addrtype, connection.address);
    if (again_ || !IsKept()) return;
    SdpMedia* medium = Medium();
    (medium == nullptr ? out_->connection : medium->connection) = connection;
  }

  // Most addresses of a description are the one that was looked at last.
  HostKind CheckAddress(Slice nettype, Slice addrtype, Slice address) {
    if (!address.present()) return HostKind::kNone;
    const Slice whole = Between(nettype.offset, address.end());
    if (checked_.length != whole.length || checked_.In(base_) != whole.In(base_)) {
      checked_ = whole;
      kind_ = CheckSdpAddress(base_, nettype, addrtype, address, log_);
    } else if (kind_ == HostKind::kBad) {
      log_.Add(AnomalyId::kSdpAddressBad, address.offset);
    }
    return kind_;
  }

  void ReadTime(Slice value) {
    Slice start, stop;
    ReadSdpTime(base_, value, log_, &start, &stop);
    if (out_ == nullptr || again_) return;
    out_->start_time = start;
    out_->stop_time = stop;
  }

  void ReadBandwidth(Slice value) {
    SdpBandwidth bandwidth;
    ReadSdpBandwidth(base_, value, log_, &bandwidth);
    bandwidth.media = Place();
    if (++bandwidths_ > Sdp::kMaxBandwidths) {
      if (bandwidths_ == Sdp::kMaxBandwidths + 1) {
        log_.Add(AnomalyId::kSdpTooManyAttributes, value.offset);
      }
      return;
    }
    if (!IsKept()) return;
    out_->bandwidth_slots[out_->bandwidth_count++] = bandwidth;
    SdpMedia* medium = Medium();
    ++(medium == nullptr ? out_->session_bandwidth_count : medium->bandwidth_count);
  }

  void ReadMedia(Slice value) {
    SdpMedia media;
    ReadSdpMedia(base_, value, log_, &media);
    const uint32_t most = std::min<uint32_t>(limits_.sdp_media, Sdp::kMaxMedia);
    if (out_ == nullptr || media_count_ > most) return;
    media.first_attribute = out_->attribute_count;
    media.first_bandwidth = out_->bandwidth_count;
    out_->media_slots[out_->media_count++] = media;
  }

  void ReadAttribute(Slice text) {
    SdpAttribute attribute;
    attribute.media = Place();
    uint32_t at = text.offset;
    while (at < text.end() && kSdpTokenOctets.Has(base_[at])) ++at;
    bool good = at > text.offset;
    if (at < text.end() && base_[at] != ':') {
      good = false;
      at = FindChar(base_, at, text.end(), ':');
    }
    attribute.name = Between(text.offset, at);
    if (at < text.end()) attribute.value = Between(at + 1, text.end());
    good = good && !(attribute.value.present() && attribute.value.empty());
    attribute.id = FindSdpAttribute(attribute.name.In(base_));
    if (attribute.id != SdpAttributeId::kOther) {
      good = FollowsItsGrammar(base_, attribute) && good;
      CheckNumbers(attribute);
      conflicts_.Take(base_, attribute, log_);
    }
    if (!good) log_.Add(AnomalyId::kSdpAttributeMalformed, text.offset);
    Keep(attribute);
  }

  void CheckNumbers(const SdpAttribute& attribute) {
    if (attribute.id == SdpAttributeId::kRtpmap) {
      CheckSdpDigits(base_, attribute.value, 127, log_);
    } else if (attribute.id == SdpAttributeId::kCandidate) {
      SdpCandidate candidate;
      ReadCandidate(base_, attribute.value, &candidate);
      CheckSdpDigits(base_, candidate.component, 256, log_);
      CheckSdpDigits(base_, candidate.priority, (uint64_t{1} << 31) - 1, log_);
      CheckSdpDigits(base_, candidate.port, 65'535, log_);
      CheckSdpDigits(base_, candidate.related_port, 65'535, log_);
    }
  }

  void Keep(const SdpAttribute& attribute) {
    const uint32_t most = std::min<uint32_t>(limits_.sdp_attributes, Sdp::kMaxAttributes);
    if (++attributes_ > most) {
      if (attributes_ == most + 1) {
        log_.Add(AnomalyId::kSdpTooManyAttributes, attribute.name.offset);
      }
      return;
    }
    if (!IsKept()) return;
    out_->attribute_slots[out_->attribute_count++] = attribute;
    SdpMedia* medium = Medium();
    ++(medium == nullptr ? out_->session_attribute_count : medium->attribute_count);
    const SdpDirection direction = DirectionOf(attribute.id);
    SdpDirection& place = medium == nullptr ? out_->direction : medium->direction;
    if (place == SdpDirection::kNone) place = direction;
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
  Sdp* out_;
  uint32_t seen_ = 0;      // types anywhere
  uint32_t session_ = 0;   // types before the first m=
  uint32_t in_media_ = 0;  // types since the last m=
  uint8_t place_ = 0;
  char last_ = 0;       // the type of the line before
  bool again_ = false;  // the type of this line stood in this scope before
  uint32_t media_count_ = 0;
  uint32_t media_offset_ = 0;
  uint32_t attributes_ = 0;
  uint32_t bandwidths_ = 0;
  Slice checked_{0, 0};  // network, type and address that kind_ is of
  HostKind kind_ = HostKind::kNone;
  SdpConflicts conflicts_;
};

}  // namespace

void Sdp::Clear() {
  text = version = name = start_time = stop_time = Slice{};
  origin = SdpOrigin{};
  connection = SdpConnection{};
  direction = SdpDirection::kNone;
  media_count = attribute_count = session_attribute_count = 0;
  bandwidth_count = session_bandwidth_count = 0;
}

void ParseSdp(const char* base, Slice body, const Limits& limits, AnomalyLog& log, Sdp* out) {
  if (out != nullptr) out->Clear();
  if (!body.present() || body.empty()) return;
  if (out != nullptr) out->text = body;
  SdpReader(base, body, limits, log, out).Run();
}

}  // namespace sipward::sip
