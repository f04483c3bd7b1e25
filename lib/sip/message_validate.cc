#include "base/ascii.h"
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/scan.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {

ParseStatus Message::Validate() {
  request_uri();
  for (size_t i = 0; i < header_count_; ++i) {
    if (FirstOf(headers_[i].id) == i + 1) ValidateHeader(headers_[i]);
  }
  sdp();
  text();
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
    case HeaderKind::kDate:
      date();
      return;
    case HeaderKind::kItems:
      items(first.id);
      if (first.id == HeaderId::kIdentity) CheckIdentityFolds(first);
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
    default:
      break;
  }
}

void Message::CheckIdentityFolds(const Header& first) {
  for (const Header* h = &first; h != nullptr; h = Next(*h)) {
    if (h->folded) log_.Add(AnomalyId::kHeaderFoldIdentity, h->value.offset);
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

}  // namespace sipward::sip
