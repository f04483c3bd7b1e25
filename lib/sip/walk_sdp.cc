// Session descriptions of ordinary shape: lines that end in CRLF, in the order that nearly all
// programs write, without the attributes that are rare.
#include "sip/body.h"
#include "sip/load.h"
#include "sip/sdp_attribute.h"
#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// What is left of eight digits once this is taken off them is at most nine in each octet.
constexpr uint64_t kZeros = 0x3030303030303030u;
constexpr uint64_t LargerThanNine(uint64_t octets) {
  return (octets | (octets + 0x7676767676767676u)) & 0x8080808080808080u;
}

// Digits that any number of 64 bits has room for. No number stands in the first eight octets.
[[gnu::always_inline]] inline bool AreDigits(const char* base, Slice text) {
  constexpr uint32_t kMost = 19;
  if (text.length - 1 >= kMost) return false;
  const char* const last = base + text.end() - 8;
  const uint64_t octets = LoadEight(last) ^ kZeros;
  if (text.length <= 8) return LargerThanNine(octets >> (64 - 8 * text.length)) == 0;
  uint64_t larger = LargerThanNine(octets);
  for (const char* at = base + text.offset; at < last; at += 8) {
    larger |= LargerThanNine(LoadEight(at) ^ kZeros);
  }
  return larger == 0;
}

// Of at most five digits, or -1.
[[gnu::always_inline]] inline int32_t ShortNumber(const char* base, Slice digits) {
  int32_t number = 0;
  const char* const end = base + digits.end();
  for (const char* at = base + digits.offset; at != end; ++at) {
    if (!IsDigit(*at)) return -1;
    number = number * 10 + (*at - '0');
  }
  return number;
}

// RFC 8866 section 9, integer.
[[gnu::always_inline]] inline bool IsInteger(const char* base, Slice text) {
  return AreDigits(base, text) && base[text.offset] != '0';
}

// A payload type: a zero-based-integer of section 9, 127 at most; or -1.
[[gnu::always_inline]] inline int PayloadType(const char* base, Slice text) {
  if (text.length > 3 || (base[text.offset] == '0' && text.length > 1)) return -1;
  const int type = ShortNumber(base, text);
  return type <= 127 ? type : -1;
}

// At most eight octets.
consteval uint64_t WordOf(std::string_view text) {
  uint64_t word = 0;
  for (size_t i = 0; i < text.size(); ++i) word |= LoadOctet(&text[i]) << (8 * i);
  return word;
}

// Seven octets, and one in front of them.
[[gnu::always_inline]] inline uint64_t LoadSeven(const char* at) { return LoadEight(at - 1) >> 8; }

// As FindSdpAttribute, which is asked for what is not in nearly every description.
[[gnu::always_inline]] inline SdpAttributeId FindAttribute(const char* base, Slice name) {
  if (name.length <= 8) {
    switch (LoadEight(base + name.end() - 8) >> (64 - 8 * name.length)) {
      case WordOf("rtpmap"):
        return SdpAttributeId::kRtpmap;
      case WordOf("fmtp"):
        return SdpAttributeId::kFmtp;
      case WordOf("sendrecv"):
        return SdpAttributeId::kSendrecv;
      case WordOf("ptime"):
        return SdpAttributeId::kOther;
      default:
        break;
    }
  }
  return FindSdpAttribute({base + name.offset, name.length});
}

template <size_t size>
[[gnu::always_inline]] inline bool Equals(const char* base, Slice text, const char (&word)[size]) {
  return text.length == size - 1 && std::memcmp(base + text.offset, word, size - 1) == 0;
}

// The body ends in LF. No step takes a mark behind one but that which ends a line, so that all
// marks that are looked at stand before the end of the body.
class SdpWalker {
 public:
  SdpWalker(const Marks& marks, const char* base, Slice body, const Limits& limits, Sdp* out)
      : walk_(marks, base, body.offset, body.end()),
        base_(base),
        line_(body.offset),
        most_media_(std::min<uint32_t>(limits.sdp_media, Sdp::kMaxMedia)),
        most_attributes_(std::min<uint32_t>(limits.sdp_attributes, Sdp::kMaxAttributes)),
        out_(out) {}

  [[gnu::always_inline]] bool Run() {
    if (!Begin('v') || !Version() || !Begin('o') || !Origin() || !Begin('s') || !Name()) {
      return false;
    }
    if (line_ != walk_.end && base_[line_] != 'c' && !Remarks()) return false;
    if (Begin('c') && !Connection(&out_->connection)) return false;
    while (Begin('b')) {
      if (!Bandwidth(&out_->session_bandwidth_count)) return false;
    }
    if (!Begin('t') || !Time(&out_->start_time, &out_->stop_time)) return false;
    Slice start, stop;
    while (Begin('t')) {
      if (!Time(&start, &stop)) return false;
    }
    while (Begin('a')) {
      if (!Attribute(&out_->direction, &out_->session_attribute_count)) return false;
    }
    while (Begin('m')) {
      if (!Medium()) return false;
    }
    return line_ == walk_.end;
  }
  // Where the address of the origin stands, if it is in brackets; or 0.
  [[gnu::always_inline]] uint32_t bracketed() const { return bracketed_; }

 private:
  [[gnu::always_inline]] bool Is(char c) const { return base_[walk_.at] == c; }

  // Whether the next line is one of this type; then its equals sign is taken. A line without one
  // ends the walk: nobody asks for the same type again before another line was read.
  [[gnu::always_inline]] bool Begin(char type) {
    if (line_ == walk_.end || base_[line_] != type) return false;
    return walk_.Next() == line_ + 1 && Is('=');
  }

  // The CR behind a line was taken, if this is its end: takes the LF too.
  [[gnu::always_inline]] bool End() {
    const uint32_t lf = walk_.at + 1;
    if (!Is('\r') || walk_.Next() != lf || !Is('\n')) {
      return false;
    }
    line_ = lf + 1;
    return true;
  }

  // Plain octets up to the next mark. False: there are none.
  [[gnu::always_inline]] bool Word(Slice* word) {
    const uint32_t begin = walk_.at + 1;
    *word = Between(begin, walk_.Next());
    return !word->empty();
  }
  // The same, and a space behind them.
  [[gnu::always_inline]] bool Field(Slice* field) { return Word(field) && Is(' '); }

  // Up to the end of the line: what prints in ASCII.
  [[gnu::always_inline]] bool Rest(Slice* rest) {
    const uint32_t begin = walk_.at + 1;
    for (walk_.Next(); !Is('\r'); walk_.Next()) {
      const char c = base_[walk_.at];
      if (c < 0x20 || c >= 0x7F) return false;
    }
    *rest = Between(begin, walk_.at);
    return End();
  }

  [[gnu::always_inline]] bool Version() {
    return Word(&out_->version) && Equals(base_, out_->version, "0") && End();
  }

  // The address of the Internet and the end of the line.
  [[gnu::always_inline]] bool Address(Slice* nettype, Slice* addrtype, Slice* address,
                                      HostKind* kind, bool brackets) {
    const uint32_t begin = walk_.at + 1;
    constexpr std::string_view kBegin = "IN IP4 ";
    if (walk_.end - begin <= kBegin.size()) return false;
    const uint64_t fields = LoadSeven(base_ + begin);
    if (fields != WordOf(kBegin) && fields != WordOf("IN IP6 ")) return false;
    walk_.Next();
    walk_.Next();
    *nettype = {begin, 2};
    *addrtype = {begin + 3, 3};
    if (fields != WordOf(kBegin)) return Address6(address, kind, brackets);
    // Who reads a host looks up to two octets behind it: the line end.
    if (!Word(address) || !Is('\r')) return false;
    *kind = WalkPlainHost(base_, address->offset, address->end());
    return *kind != HostKind::kNone && End();
  }

  // Some programs write brackets, as in a URI; it is for the origin alone that they are common.
  [[gnu::always_inline]] bool Address6(Slice* address, HostKind* kind, bool brackets) {
    const uint32_t begin = walk_.at + 1;
    const bool bracketed = brackets && base_[begin] == '[';
    if (bracketed) bracketed_ = walk_.Next();
    const uint32_t inner = walk_.at + 1;
    do {
      walk_.Next();
    } while (Is(':'));
    // What is no part of an address stops who reads it, in front of the end of the body.
    if (SkipIpv6(base_, inner, walk_.readable()) != walk_.at) return false;
    if (bracketed) {
      const uint32_t behind = walk_.at + 1;
      if (!Is(']') || walk_.Next() != behind) return false;
    }
    if (!Is('\r')) return false;
    *address = Between(begin, walk_.at);
    *kind = HostKind::kIpv6;
    return End();
  }

  [[gnu::always_inline]] bool Origin() {
    SdpOrigin& origin = out_->origin;
    const uint32_t begin = walk_.at + 1;
    HostKind kind;
    if (!Field(&origin.username) || !Field(&origin.session_id) || !Field(&origin.version) ||
        !AreDigits(base_, origin.session_id) || !AreDigits(base_, origin.version) ||
        !Address(&origin.nettype, &origin.addrtype, &origin.address, &kind, true)) {
      return false;
    }
    origin.text = Between(begin, origin.address.end());
    return true;
  }

  // Lines of which nothing is kept; the first two types stand once.
  [[gnu::always_inline]] bool Remarks() {
    constexpr std::string_view kTypes = "iuep";
    for (size_t i = 0; i < kTypes.size();) {
      Slice remark;
      const bool here = Begin(kTypes[i]);
      if (here && !Rest(&remark)) return false;
      if (!here || i < 2) ++i;
    }
    return true;
  }

  [[gnu::always_inline]] bool Name() { return Rest(&out_->name); }

  [[gnu::always_inline]] bool Connection(SdpConnection* connection) {
    const uint32_t begin = walk_.at + 1;
    if (!Address(&connection->nettype, &connection->addrtype, &connection->address,
                 &connection->kind, false)) {
      return false;
    }
    connection->text = Between(begin, connection->address.end());
    connected_ = true;
    return true;
  }

  [[gnu::always_inline]] bool Bandwidth(uint16_t* count) {
    if (out_->bandwidth_count == Sdp::kMaxBandwidths) return false;
    SdpBandwidth& bandwidth = out_->bandwidth_slots[out_->bandwidth_count++];
    ++*count;
    bandwidth.media = Place();
    return Word(&bandwidth.type) && Is(':') && Word(&bandwidth.value) &&
           AreDigits(base_, bandwidth.value) && End();
  }

  [[gnu::always_inline]] bool Time(Slice* start, Slice* stop) {
    return Field(start) && AreDigits(base_, *start) && Word(stop) && AreDigits(base_, *stop) &&
           End();
  }

  [[gnu::always_inline]] int16_t Place() const {
    return static_cast<int16_t>(out_->media_count - 1);
  }

  [[gnu::always_inline]] bool Medium() {
    if (out_->media_count == most_media_) return false;
    SdpMedia& media = out_->media_slots[out_->media_count++];
    media = SdpMedia{};
    media.first_attribute = out_->attribute_count;
    media.first_bandwidth = out_->bandwidth_count;
    mapped_ = {};
    if (!MediaField(&media)) return false;
    const bool session_connected = connected_;
    if (Begin('c') && !Connection(&media.connection)) return false;
    if (!connected_) return false;
    connected_ = session_connected;
    while (Begin('b')) {
      if (!Bandwidth(&media.bandwidth_count)) return false;
    }
    while (Begin('a')) {
      if (!Attribute(&media.direction, &media.attribute_count)) return false;
    }
    return true;
  }

  [[gnu::always_inline]] bool MediaField(SdpMedia* media) {
    const uint32_t begin = walk_.at + 1;
    if (!Field(&media->type) || !Field(&media->port)) return false;
    // Leading zeros do not matter to a port.
    if (media->port.length > 5) return false;
    media->port_number = ShortNumber(base_, media->port);
    if (media->port_number < 0 || media->port_number > 65'535) return false;
    const uint32_t proto = walk_.at + 1;
    Slice word;
    do {
      if (!Word(&word)) return false;
    } while (Is('/'));
    media->proto = Between(proto, walk_.at);
    const uint32_t formats = walk_.at + 1;
    while (Is(' ')) {
      if (!Word(&word) || !IsFormat(word)) return false;
    }
    if (walk_.at < formats) return false;  // there are none
    media->formats = Between(formats, walk_.at);
    media->text = Between(begin, walk_.at);
    return End();
  }

  // A payload type, or a word that does not begin like one.
  [[gnu::always_inline]] bool IsFormat(Slice word) const {
    return word.length <= 2 || !IsDigit(base_[word.offset]) || PayloadType(base_, word) >= 0;
  }

  [[gnu::always_inline]] bool Attribute(SdpDirection* direction, uint16_t* count) {
    if (out_->attribute_count == most_attributes_) return false;
    SdpAttribute& attribute = out_->attribute_slots[out_->attribute_count++];
    ++*count;
    attribute.media = Place();
    attribute.value = Slice{};
    if (!Word(&attribute.name)) return false;
    attribute.id = FindAttribute(base_, attribute.name);
    const bool valued = Is(':');
    switch (attribute.id) {
      case SdpAttributeId::kSendrecv:
        return Direction(SdpDirection::kSendrecv, direction);
      case SdpAttributeId::kSendonly:
        return Direction(SdpDirection::kSendonly, direction);
      case SdpAttributeId::kRecvonly:
        return Direction(SdpDirection::kRecvonly, direction);
      case SdpAttributeId::kInactive:
        return Direction(SdpDirection::kInactive, direction);
      case SdpAttributeId::kRtpmap:
        return valued && Rtpmap(&attribute.value);
      case SdpAttributeId::kFmtp:
        return valued && Fmtp(&attribute.value);
      case SdpAttributeId::kOther:
        return valued ? Rest(&attribute.value) && !attribute.value.empty() : End();
      default:  // rare, and with grammars of their own
        return false;
    }
  }

  // Said once; whether it contradicts another is not judged here.
  [[gnu::always_inline]] bool Direction(SdpDirection said, SdpDirection* direction) {
    if (*direction != SdpDirection::kNone) return false;
    *direction = said;
    return End();
  }

  [[gnu::always_inline]] bool Rtpmap(Slice* value) {
    const uint32_t begin = walk_.at + 1;
    Slice type, encoding, rate;
    if (!Field(&type) || !Word(&encoding) || !Is('/') || !Word(&rate)) return false;
    const int payload = PayloadType(base_, type);
    if (payload < 0 || IsMapped(static_cast<uint32_t>(payload)) || !IsInteger(base_, rate)) {
      return false;
    }
    if (Is('/')) {
      Slice channels;
      if (!Word(&channels) || !IsInteger(base_, channels)) return false;
    }
    *value = Between(begin, walk_.at);
    return End();
  }

  // Whether a payload type of this medium was mapped before.
  [[gnu::always_inline]] bool IsMapped(uint32_t payload) {
    uint64_t& word = mapped_[payload / 64];
    const uint64_t bit = uint64_t{1} << (payload % 64);
    const bool before = (word & bit) != 0;
    word |= bit;
    return before;
  }

  [[gnu::always_inline]] bool Fmtp(Slice* value) {
    const uint32_t begin = walk_.at + 1;
    Slice format, rest;
    if (!Field(&format) || !Rest(&rest) || rest.empty()) return false;
    *value = Between(begin, rest.end());
    return true;
  }

  Walk walk_;
  const char* base_;
  uint32_t line_;  // where the next line begins
  uint32_t bracketed_ = 0;
  bool connected_ = false;
  uint32_t most_media_;
  uint32_t most_attributes_;
  std::array<uint64_t, 2> mapped_{};
  Sdp* out_;
};

}  // namespace

bool WalkSdp(const Marks& marks, const char* base, Slice body, const Limits& limits,
             AnomalyLog& log, Sdp* out) {
  if (body.empty() || base[body.end() - 1] != '\n' || !marks.Cover(body.end())) return false;
  out->Clear();
  out->text = body;
  SdpWalker walker(marks, base, body, limits, out);
  if (!walker.Run()) return false;
  if (walker.bracketed() != 0) log.Add(AnomalyId::kSdpAddressBrackets, walker.bracketed());
  return true;
}

}  // namespace sipward::sip
