#include "tests/sip/walk_check.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "sip/index.h"
#include "sip/scan.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

// Where a value can stand, and the limits that hold there.
struct Place {
  std::string_view before;
  std::string_view behind;
  uint32_t from;
  Limits limits;
};

constexpr Limits Tight(uint32_t params, uint32_t uri_bytes) {
  Limits limits;
  limits.params_per_value = params;
  limits.uri_bytes = uri_bytes;
  limits.values_per_header = 2;
  limits.comment_depth = 1;
  return limits;
}

const Place kPlaces[] = {
    {"x\r\nx: ", "\r\n\r\n", 0, {}},
    {"\r\n\r\nx\nx:", " , next\n\n", 4, Tight(2, 24)},
    {"x\nx:\r\n ", "\r\n folded\n\n", 0, Tight(0, 2'048)},
};

class Checker {
 public:
  Checker(std::string_view value, const Place& place) : limits_(place.limits) {
    // No octet more than the head has, so that a sanitizer sees what is read behind it.
    head_.reserve(place.before.size() + value.size() + place.behind.size());
    for (const std::string_view part : {place.before, value, place.behind}) {
      head_.insert(head_.end(), part.begin(), part.end());
    }
    base_ = head_.data();
    IndexHead({base_, head_.size()}, place.from, &index_);
    text_ = Trim(base_,
                 {static_cast<uint32_t>(place.before.size()), static_cast<uint32_t>(value.size())});
  }

  WalkCheck Run() {
    const Marks& marks = index_.marks;
    for (const UriPlace place : {UriPlace::kRequestUri, UriPlace::kBracketed, UriPlace::kBare}) {
      Compare<Uri>(
          "uri", [&](Uri* out) { return WalkUri(marks, base_, text_, place, limits_, out); },
          [&](Uri* out) { return ParseUri(base_, text_, place, limits_, log_, out); });
    }
    for (const AddressRole role :
         {AddressRole::kUnknown, AddressRole::kFromTo, AddressRole::kContact,
          AddressRole::kNameAddr, AddressRole::kOther}) {
      Compare<NameAddr>(
          "name-addr",
          [&](NameAddr* out) { return WalkNameAddr(marks, base_, text_, limits_, role, out); },
          [&](NameAddr* out) { return ParseNameAddr(base_, text_, limits_, log_, out, role); });
    }
    Compare<Via>(
        "via", [&](Via* out) { return WalkVia(marks, base_, text_, limits_, out); },
        [&](Via* out) { return ParseVia(base_, text_, limits_, log_, out); });
    Compare<Digest>(
        "digest", [&](Digest* out) { return WalkDigest(marks, base_, text_, limits_, out); },
        [&](Digest* out) { return ParseDigest(base_, text_, limits_, log_, out); });
    Compare<Cseq>(
        "cseq", [&](Cseq* out) { return WalkCseq(marks, base_, text_, out); },
        [&](Cseq* out) { return ParseCseq(base_, text_, log_, out); });
    for (int i = 0; i < kItemGrammars; ++i) {
      const auto grammar = static_cast<ItemGrammar>(i);
      Compare<Items>(
          grammar == ItemGrammar::kText ? "text" : "items",
          [&](Items* out) { return WalkLine(grammar, out); },
          [&](Items* out) { return ParseLine(grammar, out); });
    }
    Compare<StartLine>(
        "start-line", [&](StartLine* out) { return WalkStartLine(marks, base_, text_, out); },
        [&](StartLine* out) { return ParseStartLine(base_, text_, log_, out); });
    Compare<bool>(
        "call-id", [&](bool*) { return WalkCallId(marks, base_, text_); },
        [&](bool*) { return ParseCallId(base_, text_, log_); });
    return result_;
  }

 private:
  using Items = std::vector<Item>;

  std::span<Item> Room() { return std::span(room_).first(limits_.values_per_header); }
  bool WalkLine(ItemGrammar grammar, Items* out) {
    const uint32_t count = WalkItems(index_.marks, base_, text_, grammar, limits_, Room());
    out->assign(room_.begin(), room_.begin() + count);
    return count != 0;
  }
  bool ParseLine(ItemGrammar grammar, Items* out) {
    ItemSink sink{Room()};
    const bool good = ParseItems(base_, text_, grammar, limits_, log_, &sink);
    out->assign(room_.begin(), room_.begin() + sink.count);
    return good;
  }

  template <typename Value, typename Walk, typename Parse>
  void Compare(std::string_view name, Walk walk, Parse parse) {
    Value walked{};
    if (!walk(&walked)) return;
    if (!result_.accepted.ends_with(std::string(name) + ' ')) result_.accepted.append(name) += ' ';
    log_.Clear();
    Value parsed{};
    const bool read = parse(&parsed);
    if (!read || log_.size() != 0 || !(walked == parsed)) result_.disagreed.append(name) += ' ';
  }

  Limits limits_;
  std::vector<char> head_;
  const char* base_ = nullptr;
  Slice text_;
  HeadIndex index_;
  AnomalyLog log_;
  std::array<Item, 128> room_;  // as many as the limit allows at most
  WalkCheck result_;
};

template <typename T>
bool SameSpan(std::span<const T> a, std::span<const T> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool SameAnomaly(const Anomaly& a, const Anomaly& b) {
  return a.id == b.id && a.offset == b.offset;
}

bool SameSdp(const Sdp& a, const Sdp& b) {
  return a.text == b.text && a.version == b.version && a.origin == b.origin && a.name == b.name &&
         a.connection == b.connection && a.start_time == b.start_time &&
         a.stop_time == b.stop_time && a.direction == b.direction &&
         a.session_attribute_count == b.session_attribute_count &&
         a.session_bandwidth_count == b.session_bandwidth_count && SameSpan(a.media(), b.media()) &&
         SameSpan(a.attributes(), b.attributes()) && SameSpan(a.bandwidths(), b.bandwidths());
}

// The value as a body that begins at `from` and ends where the bytes do.
WalkCheck CheckSdpWalk(std::string_view value, uint32_t from, const Limits& limits) {
  const std::vector<char> bytes = [&] {
    std::vector<char> room(from, 'x');
    room.insert(room.end(), value.begin(), value.end());
    room.shrink_to_fit();
    return room;
  }();
  static Marks marks;
  static Sdp walked, parsed;
  const Slice body{from, static_cast<uint32_t>(value.size())};
  MarkText({bytes.data(), bytes.size()}, from, &marks);
  AnomalyLog noted, log;
  if (!WalkSdp(marks, bytes.data(), body, limits, noted, &walked)) return {};
  ParseSdp(bytes.data(), body, limits, log, &parsed);
  const bool same = std::equal(noted.begin(), noted.end(), log.begin(), log.end(), SameAnomaly) &&
                    SameSdp(walked, parsed);
  return {"sdp ", same ? "" : "sdp "};
}

}  // namespace

WalkCheck CheckWalks(std::string_view value) {
  Limits tight;
  tight.sdp_media = 1;
  tight.sdp_attributes = 2;
  WalkCheck all = CheckSdpWalk(value, 0, tight);
  const WalkCheck sdp = CheckSdpWalk(value, 5, Limits{});
  all.accepted += sdp.accepted;
  all.disagreed += sdp.disagreed;
  for (const Place& place : kPlaces) {
    const WalkCheck one = Checker(value, place).Run();
    all.accepted += one.accepted;
    all.disagreed += one.disagreed;
  }
  return all;
}

}  // namespace sipward::sip
