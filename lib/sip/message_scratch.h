// The fixed arrays behind a Message.
#ifndef SIPWARD_SIP_MESSAGE_SCRATCH_H_
#define SIPWARD_SIP_MESSAGE_SCRATCH_H_

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "sip/index.h"
#include "sip/sip.h"

namespace sipward::sip {

// Only the counters are reset between messages; the arrays hold what is counted and rubbish behind
// it.
struct Message::Scratch {
  static constexpr size_t kMaxVias = 128;
  static constexpr size_t kMaxAddresses = 256;  // of all headers together
  static constexpr size_t kMaxDigests = 32;
  static constexpr size_t kMaxItems = 1024;  // of all headers together

  // Values that are read once. The slots of addresses, digests and items follow, one for each
  // HeaderId.
  enum Slot : int {
    kRequestUri,
    kFrom,
    kTo,
    kCseq,
    kVias,
    kBody,
    kSessions,
    kTexts,
    kFirstHeaderSlot
  };
  static constexpr size_t kSlots = static_cast<size_t>(kFirstHeaderSlot) + kHeaderIdCount;

  struct Range {
    uint16_t begin = 0;
    uint16_t count = 0;
  };

  HeadIndex index;
  std::array<bool, kSlots> read{};
  Uri request_uri;
  NameAddr from;
  NameAddr to;
  Cseq cseq;
  size_t via_count = 0;
  size_t address_count = 0;
  size_t digest_count = 0;
  size_t item_count = 0;
  std::optional<int64_t> date;
  // Of addresses, digests or items; valid once the slot is read.
  std::array<Range, kHeaderIdCount> ranges;
  std::array<int64_t, kHeaderIdCount> numbers;  // valid once the slot is read
  std::array<Via, kMaxVias> vias;
  std::array<NameAddr, kMaxAddresses> addresses;
  std::array<Digest, kMaxDigests> digests;
  MediaType body_type;
  BodyKind body_kind = BodyKind::kNone;
  bool has_sdp = false;
  bool has_text = false;
  BodyParts parts;
  Marks body_marks;
  Sdp sdp;
  BodyText text;
  std::array<Item, kMaxItems> items;
};

// True at the first call with this slot since Parse.
inline bool Message::FirstRead(int slot) {
  return !std::exchange(scratch_->read[static_cast<size_t>(slot)], true);
}
inline bool Message::FirstRead(HeaderId id) {
  return FirstRead(Scratch::kFirstHeaderSlot + static_cast<int>(id));
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_MESSAGE_SCRATCH_H_
