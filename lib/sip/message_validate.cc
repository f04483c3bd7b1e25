#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {

// All headers of the kind that `first` is the first of. What is known of it already is not looked
// up again, which is why the accessors are not asked.
inline void Message::ValidateHeader(const Header& first) {
  const HeaderId id = first.id;
  switch (KindOf(id)) {
    case HeaderKind::kAddress:
    case HeaderKind::kAddressList:
      if (id == HeaderId::kFrom) {
        from();
      } else if (id == HeaderId::kTo) {
        to();
      } else {
        if (FirstRead(id)) ReadAddresses(id, &first);
        if (id == HeaderId::kContact) CheckContactStar();
      }
      break;
    case HeaderKind::kDigest:
      if (FirstRead(id)) ReadDigests(id, &first);
      break;
    case HeaderKind::kNumber:
      if (id != HeaderId::kContentLength && FirstRead(id)) ReadNumber(id, &first);
      break;
    case HeaderKind::kDate:
      date();
      break;
    case HeaderKind::kVia:
      vias();
      break;
    case HeaderKind::kCseq:
      cseq();
      break;
    case HeaderKind::kCallId:
      if (!WalkCallId(scratch_->index.marks, bytes_.data(), first.value)) {
        ParseCallId(bytes_.data(), first.value, log_);
      }
      break;
    case HeaderKind::kItems:
      if (FirstRead(id)) ReadItems(id, &first);
      if (id == HeaderId::kIdentity) CheckIdentityFolds(first);
      break;
    case HeaderKind::kOpaque:
      break;
  }
}

ParseStatus Message::Validate() {
  request_uri();
  for (size_t i = 0; i < header_count_; ++i) {
    if (FirstOf(headers_[i].id) == i + 1) ValidateHeader(headers_[i]);
  }
  if (!body_.empty()) {
    sdp();
    // A description is no text and has no parts.
    if (scratch_->body_kind != BodyKind::kSdp) text();
  }
  return status();
}

void Message::CheckIdentityFolds(const Header& first) {
  for (const Header* h = &first; h != nullptr; h = Next(*h)) {
    if (h->folded) log_.Add(AnomalyId::kHeaderFoldIdentity, h->value.offset);
  }
}

// RFC 3261 section 20.10: a star is the whole of Contact.
void Message::CheckContactStar() {
  const Scratch::Range range = scratch_->ranges[static_cast<size_t>(HeaderId::kContact)];
  const std::span<const NameAddr> contacts(scratch_->addresses.data() + range.begin, range.count);
  for (const NameAddr& contact : contacts) {
    if (contact.is_star && (contacts.size() > 1 || contact.params.present())) {
      log_.Add(AnomalyId::kContactStarMixed, contact.text.offset);
    }
  }
}

}  // namespace sipward::sip
