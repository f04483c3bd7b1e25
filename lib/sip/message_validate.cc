#include "base/ascii.h"
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/scan.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

// RFC 3261 section 25.1: media-type = m-type SLASH m-subtype, white space allowed around the slash.
struct MediaType {
  std::string_view type;
  std::string_view subtype;
};

std::string_view TakeToken(std::string_view* text) {
  size_t n = 0;
  while (n < text->size() && IsTokenChar((*text)[n])) ++n;
  const std::string_view token = text->substr(0, n);
  while (n < text->size() && IsWhiteSpace((*text)[n])) ++n;
  text->remove_prefix(n);
  return token;
}

MediaType ReadMediaType(std::string_view text) {
  MediaType media;
  media.type = TakeToken(&text);
  if (text.empty() || text.front() != '/') return media;
  text.remove_prefix(1);
  while (!text.empty() && IsWhiteSpace(text.front())) text.remove_prefix(1);
  media.subtype = TakeToken(&text);
  return media;
}

}  // namespace

ParseStatus Message::Validate() {
  request_uri();
  for (size_t i = 0; i < header_count_; ++i) {
    if (FirstOf(headers_[i].id) == i + 1) ValidateHeader(headers_[i]);
  }
  ValidateBody();
  return status();
}

void Message::ValidateHeader(const Header& first) {
  switch (KindOf(first.id)) {
    case HeaderKind::kAddress:
    case HeaderKind::kAddressList:
      addresses(first.id);
      if (first.id == HeaderId::kContact) CheckContactStar();
      return;
    case HeaderKind::kDigest:
      digests(first.id);
      return;
    case HeaderKind::kNumber:
      number(first.id);
      return;
    case HeaderKind::kOpaque:
      break;
  }
  const char* base = bytes_.data();
  switch (first.id) {
    case HeaderId::kVia:
      vias();
      break;
    case HeaderId::kCseq:
      cseq();
      break;
    case HeaderId::kCallId:
      if (!WalkCallId(scratch_->index.marks, base, first.value)) {
        ParseCallId(base, first.value, log_);
      }
      break;
    case HeaderId::kDate:
      ParseDate(base, first.value, log_);
      break;
    case HeaderId::kIdentity:
      for (const Header* h = &first; h != nullptr; h = Next(*h)) {
        if (h->folded) log_.Add(AnomalyId::kHeaderFoldIdentity, h->value.offset);
      }
      break;
    default:
      break;
  }
}

// RFC 3261 section 20.10: a star is the whole of Contact.
void Message::CheckContactStar() {
  const std::span<const NameAddr> contacts = addresses(HeaderId::kContact);
  for (const NameAddr& contact : contacts) {
    if (contact.is_star && (contacts.size() > 1 || contact.params.present())) {
      log_.Add(AnomalyId::kContactStarMixed, contact.text.offset);
    }
  }
}

void Message::ValidateBody() {
  if (!body_.present() || body_.empty()) return;
  const Slice content_type = ValueOf(HeaderId::kContentType);
  if (!content_type.present()) return;
  const char* base = bytes_.data();
  const MediaType media = ReadMediaType(content_type.In(base));
  if (EqualsIgnoreCase(media.type, "multipart")) {
    CheckMultipart(base, content_type, body_, options_.limits, log_);
  } else if (EqualsIgnoreCase(media.type, "application") &&
             EqualsIgnoreCase(media.subtype, "sdp")) {
    CheckSdp(base, body_, options_.limits, log_);
  }
}

}  // namespace sipward::sip
