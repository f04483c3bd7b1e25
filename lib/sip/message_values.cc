// Lazy values: each is read at the first question for it and noted as read, whatever came of it.
#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "sip/disputed.h"
#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

// RFC 3261 section 25.1: COMMA takes one fold with it; what begins with a bracket or a quote brings
// white space of its own. `value` is trimmed and not the first of its header.
bool HasFoldTooMany(const char* base, Slice value) {
  if (value.empty() || base[value.offset] == '<' || base[value.offset] == '"') return false;
  int folds = 0;
  for (uint32_t at = value.offset - 1; base[at] != ','; --at) folds += base[at] == '\n';
  return folds > 1;
}

}  // namespace

// The ordinary ones by a walk, the others by their grammar.
void Message::ReadUri(Slice text, UriPlace place, Uri* out) {
  const char* base = bytes_.data();
  if (WalkUri(scratch_->index.marks, base, text, place, options_.limits, out)) return;
  ParseUri(base, text, place, options_.limits, log_, out);
}

void Message::ReadAddress(Slice text, AddressRole role, NameAddr* out) {
  const char* base = bytes_.data();
  if (WalkNameAddr(scratch_->index.marks, base, text, options_.limits, role, out)) return;
  ParseNameAddr(base, text, options_.limits, log_, out, role);
}

const Uri& Message::request_uri() {
  Uri& uri = scratch_->request_uri;
  if (FirstRead(Scratch::kRequestUri)) {
    uri = Uri{};
    if (is_request()) ReadUri(start_.request_uri, UriPlace::kRequestUri, &uri);
  }
  return uri;
}

const NameAddr& Message::from() {
  NameAddr& from = scratch_->from;
  if (FirstRead(Scratch::kFrom)) {
    const Header* header = Find(HeaderId::kFrom);
    if (header == nullptr) {
      from = NameAddr{};
    } else {
      ReadAddress(header->value, RoleOf(HeaderId::kFrom), &from);
      if (!from.tag.present()) log_.Add(AnomalyId::kTagMissing, header->value.offset);
    }
  }
  return from;
}

const NameAddr& Message::to() {
  NameAddr& to = scratch_->to;
  if (FirstRead(Scratch::kTo)) {
    const Header* header = Find(HeaderId::kTo);
    if (header == nullptr) {
      to = NameAddr{};
    } else {
      ReadAddress(header->value, RoleOf(HeaderId::kTo), &to);
    }
  }
  return to;
}

const Cseq& Message::cseq() {
  Cseq& cseq = scratch_->cseq;
  if (!FirstRead(Scratch::kCseq)) return cseq;
  cseq = Cseq{};
  const Header* header = Find(HeaderId::kCseq);
  if (header == nullptr) return cseq;
  const char* base = bytes_.data();
  if (!WalkCseq(scratch_->index.marks, base, header->value, &cseq)) {
    ParseCseq(base, header->value, log_, &cseq);
  }
  if (!is_request()) return cseq;

  const std::string_view mine = start_.method_text.In(base);
  const std::string_view its = cseq.method_text.In(base);
  const bool known = cseq.method == start_.method && cseq.method != Method::kOther;
  if (!known && cseq.method_text.present() && its != mine) {
    log_.Add(
        EqualsIgnoreCase(its, mine) ? AnomalyId::kCseqMethodCase : AnomalyId::kCseqMethodMismatch,
        cseq.method_text.offset);
  }
  // RFC 3261 section 8.1.1.5: below 2^31 where a request opens something; inside a dialog it may
  // have grown.
  if (cseq.number_valid && cseq.number >= (uint64_t{1} << 31) && !to().tag.present()) {
    log_.Add(AnomalyId::kCseqInitialRange, cseq.number_text.offset);
  }
  return cseq;
}

std::span<const Via> Message::vias() {
  if (FirstRead(Scratch::kVias)) ReadVias();
  return {scratch_->vias.data(), scratch_->via_count};
}

// `value` as one Via of ordinary shape, which most headers hold.
inline bool Message::TakeWalkedVia(Slice value, size_t most) {
  Scratch& scratch = *scratch_;
  const size_t count = scratch.via_count;
  if (count == most) return false;
  Via& via = scratch.vias[count];
  if (!WalkVia(scratch.index.marks, bytes_.data(), value, options_.limits, &via)) return false;
  scratch.via_count = count + 1;
  if (count == 0) CheckTopmostVia(via);
  return true;
}

void Message::ReadVias() {
  const size_t most = std::min<size_t>(options_.limits.vias, Scratch::kMaxVias);
  for (const Header* h = Find(HeaderId::kVia); h != nullptr; h = Next(*h)) {
    if (TakeWalkedVia(h->value, most)) continue;
    NoteTab(bytes_.data(), h->value, true, log_);
    ValueCursor values(bytes_.data(), h->value);
    for (Slice value; values.Next(&value);) {
      if (scratch_->via_count == most) {
        log_.Add(AnomalyId::kViaTooMany, value.offset);
        return;
      }
      if (value.offset != h->value.offset && HasFoldTooMany(bytes_.data(), value)) {
        log_.Add(AnomalyId::kViaMalformed, value.offset);
      }
      if (TakeWalkedVia(value, most)) continue;
      Via& via = scratch_->vias[scratch_->via_count++];
      ParseVia(bytes_.data(), value, options_.limits, log_, &via);
      if (scratch_->via_count != 1) continue;
      CheckTopmostProtocol(via);
      CheckTopmostVia(via);
    }
    if (h == Find(HeaderId::kVia)) CheckBranchLost();
  }
}

// Of no other Via do programs ask it.
void Message::CheckTopmostProtocol(const Via& via) {
  const char* base = bytes_.data();
  const bool is_sip =
      EqualsIgnoreCase(via.protocol.In(base), "SIP") && via.version.In(base) == "2.0";
  // via.protocol says whether that refuses the message.
  if (via.version.present() && !is_sip) {
    log_.AddTolerated(AnomalyId::kViaMalformed, via.text.offset);
  }
}

// The Vias of the first line were read.
void Message::CheckBranchLost() {
  const auto& vias = scratch_->vias;
  if (scratch_->via_count < 2 || vias[0].branch.present() || vias[0].params.present()) return;
  for (size_t i = 1; i < scratch_->via_count; ++i) {
    if (!vias[i].branch.present()) continue;
    log_.Add(AnomalyId::kViaBranchLost, vias[i].branch.offset);
    return;
  }
}

// RFC 3261 section 8.1.1.7. The other Vias are the concern of those who wrote them.
void Message::CheckTopmostVia(const Via& via) {
  constexpr std::string_view kCookie = "z9hG4bK";
  if (!via.branch.present()) {
    log_.Add(AnomalyId::kViaNoBranch, via.text.present() ? via.text.offset : head_end_);
    if (via.params.present()) log_.Add(AnomalyId::kViaBranchLost, via.params.offset);
    return;
  }
  const std::string_view branch = via.branch.In(bytes_.data());
  if (branch == kCookie) {
    log_.Add(AnomalyId::kViaBranchEmpty, via.branch.offset);
  } else if (branch.size() < kCookie.size() ||
             std::memcmp(branch.data(), kCookie.data(), kCookie.size()) != 0) {
    log_.Add(AnomalyId::kViaBranchNotRfc3261, via.branch.offset);
  }
}

std::span<const NameAddr> Message::addresses(HeaderId id) {
  if (id == HeaderId::kFrom || id == HeaderId::kTo) {
    if (Find(id) == nullptr) return {};
    return {id == HeaderId::kFrom ? &from() : &to(), 1};
  }
  const HeaderKind kind = KindOf(id);
  if (kind != HeaderKind::kAddressList && kind != HeaderKind::kAddress) return {};
  if (FirstRead(id)) ReadAddresses(id, Find(id));
  const Scratch::Range range = scratch_->ranges[static_cast<size_t>(id)];
  return {scratch_->addresses.data() + range.begin, range.count};
}

// False: there is no room for another address.
bool Message::TakeAddress(Slice value, AddressRole role) {
  if (scratch_->address_count == Scratch::kMaxAddresses) {
    log_.Add(AnomalyId::kHeaderTooManyValues, value.offset);
    return false;
  }
  ReadAddress(value, role, &scratch_->addresses[scratch_->address_count++]);
  return true;
}

void Message::ReadAddresses(HeaderId id, const Header* first) {
  Scratch& scratch = *scratch_;
  size_t& count = scratch.address_count;
  const size_t begin = count;
  const AddressRole role = RoleOf(id);
  const bool list = KindOf(id) == HeaderKind::kAddressList;
  const size_t most = list ? begin + options_.limits.values_per_header : Scratch::kMaxAddresses;
  const size_t room = std::min(most, Scratch::kMaxAddresses);
  for (const Header* h = first; h != nullptr; h = Next(*h)) {
    // Most hold one of ordinary shape.
    if (count < room && WalkNameAddr(scratch.index.marks, bytes_.data(), h->value, options_.limits,
                                     role, &scratch.addresses[count])) {
      ++count;
    } else if (!(list ? ReadAddressList(*h, role, most) : TakeAddress(h->value, role))) {
      break;
    }
  }
  scratch.ranges[static_cast<size_t>(id)] = {static_cast<uint16_t>(begin),
                                             static_cast<uint16_t>(count - begin)};
}

// The values of one header. False: there are more than `most` addresses.
bool Message::ReadAddressList(const Header& header, AddressRole role, size_t most) {
  const char* base = bytes_.data();
  size_t& count = scratch_->address_count;
  ValueCursor values(base, header.value);
  bool first = true;
  for (Slice value; values.Next(&value); first = false) {
    if (count >= most) {
      log_.Add(AnomalyId::kHeaderTooManyValues, value.offset);
      return false;
    }
    if (!first && HasFoldTooMany(base, value)) {
      log_.Add(AnomalyId::kNameaddrMalformed, value.offset);
    }
    if (!first && value.empty()) {
      log_.Add(AnomalyId::kHeaderEmptyValue, value.offset);
      if (count == Scratch::kMaxAddresses) return false;
      scratch_->addresses[count] = NameAddr{};
      scratch_->addresses[count++].text = value;
      continue;
    }
    if (!TakeAddress(value, role)) return false;
    if (!first) CheckCommaInUri();
  }
  return true;
}

// `sip:a,b@example.com` without brackets: what stands behind the comma is no URI of its own, so for
// some programs the comma belongs to the user (RFC 3261 section 20.10 demands brackets there).
void Message::CheckCommaInUri() {
  const NameAddr* last = &scratch_->addresses[scratch_->address_count - 1u];
  const NameAddr* before = last - 1;
  const std::string_view text = last->text.In(bytes_.data());
  const std::string_view head = text.substr(0, text.find_first_of(";@<\""));
  if (last->in_brackets || before->in_brackets || head.find(':') != head.npos) return;
  log_.Add(AnomalyId::kUriNoBracketsComma, last->text.offset);
}

std::span<const Digest> Message::digests(HeaderId id) {
  if (KindOf(id) != HeaderKind::kDigest) return {};
  if (FirstRead(id)) ReadDigests(id, Find(id));
  const Scratch::Range range = scratch_->ranges[static_cast<size_t>(id)];
  return {scratch_->digests.data() + range.begin, range.count};
}

// One header holds one set of credentials: its commas stand between parameters (RFC 3261
// section 7.3.1).
void Message::ReadDigests(HeaderId id, const Header* first) {
  Scratch::Range& range = scratch_->ranges[static_cast<size_t>(id)];
  range = {static_cast<uint16_t>(scratch_->digest_count), 0};
  for (const Header* h = first; h != nullptr; h = Next(*h)) {
    if (scratch_->digest_count == Scratch::kMaxDigests) {
      log_.Add(AnomalyId::kHeaderTooManyValues, h->value.offset);
      return;
    }
    Digest& digest = scratch_->digests[scratch_->digest_count++];
    ++range.count;
    if (!WalkDigest(scratch_->index.marks, bytes_.data(), h->value, options_.limits, &digest)) {
      ParseDigest(bytes_.data(), h->value, options_.limits, log_, &digest);
    }
  }
}

}  // namespace sipward::sip
