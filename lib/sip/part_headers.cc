#include "sip/part_headers.h"

#include <algorithm>

#include "sip/scan.h"

namespace sipward::sip {
namespace {

struct Field {
  std::string_view name;
  Slice BodyPart::*slice;
};

// RFC 2045 section 3, RFC 5621 section 3.
constexpr Field kFields[] = {
    {"Content-Type", &BodyPart::content_type},
    {"Content-Disposition", &BodyPart::content_disposition},
    {"Content-ID", &BodyPart::content_id},
    {"Content-Transfer-Encoding", &BodyPart::content_transfer_encoding},
    {"Content-Length", &BodyPart::content_length},
};

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

}  // namespace

PartHeaderCursor::PartHeaderCursor(const char* base, Slice headers)
    : base_(base),
      at_(headers.present() ? headers.offset : 0),
      end_(headers.present() ? headers.end() : 0) {}

bool PartHeaderCursor::Next(Slice* name, Slice* value) {
  if (at_ >= end_) return false;
  const uint32_t begin = at_;
  uint32_t stop = FindChar(base_, at_, end_, '\n');
  // RFC 2045 section 3: folded as in RFC 822.
  while (stop + 1 < end_ && (base_[stop + 1] == ' ' || base_[stop + 1] == '\t')) {
    stop = FindChar(base_, stop + 1, end_, '\n');
  }
  at_ = stop < end_ ? stop + 1 : end_;
  const uint32_t colon = FindChar(base_, begin, stop, ':');
  *name = Trim(base_, Between(begin, colon));
  *value = colon < stop ? Trim(base_, Between(colon + 1, stop)) : Slice{};
  return true;
}

void ReadPartHeaders(const char* base, AnomalyLog& log, BodyPart* part) {
  PartHeaderCursor cursor(base, part->headers);
  for (Slice name, value; cursor.Next(&name, &value);) {
    if (!value.present() || !IsToken(name.In(base))) {
      log.Add(AnomalyId::kBodyPartHeaderMalformed, name.offset);
      continue;
    }
    for (const Field& field : kFields) {
      if (!EqualsIgnoreCase(name.In(base), field.name)) continue;
      Slice& place = part->*field.slice;
      if (place.present()) {
        log.Add(AnomalyId::kBodyPartHeaderDuplicate, name.offset);
      } else {
        place = value;
      }
    }
  }
  part->type = ReadMediaType(base, part->content_type);
  if (IsEncoded(base, part->content_transfer_encoding)) {
    log.Add(AnomalyId::kBodyEncoded, part->content_transfer_encoding.offset);
    part->kind = BodyKind::kOpaque;
  } else {
    // RFC 2046 section 5.1: what does not say what it is, is text/plain.
    part->kind = part->content_type.present() ? KindOfBody(base, part->type) : BodyKind::kText;
  }
}

}  // namespace sipward::sip
