// Naming the headers and cutting the body.
#include <algorithm>

#include "sip/content_length.h"
#include "sip/header_line.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"

namespace sipward::sip {
namespace {

// Whether the first line that is not empty holds the version of a start line.
bool BeginsLikeMessage(std::string_view text) {
  const size_t begin = text.find_first_not_of("\r\n");
  if (begin == std::string_view::npos) return false;
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  return line.find("SIP/2.0") != std::string_view::npos;
}

}  // namespace

// Hangs the last header into the chain of its kind.
inline void Message::Enlist(const Header& header) {
  if (header.value.empty()) log_.Add(AnomalyId::kHeaderEmpty, header.name.offset);
  if (header.value.length > options_.limits.header_value_bytes) {
    log_.Add(AnomalyId::kHeaderValueTooLong, header.value.offset);
  }
  if (header.id == HeaderId::kOther) return;

  Chain& chain = chains_[static_cast<size_t>(header.id)];
  bool& form_seen = header.compact ? chain.compact_seen : chain.long_seen;
  const auto number = static_cast<uint16_t>(header_count_);
  if (chain.count == 0) {
    chain.first = number;
  } else {
    headers_[chain.last - 1u].next = number;
    if (IsSingleton(header.id) && header.id != HeaderId::kContentLength) {
      log_.Add(AnomalyId::kHeaderDuplicateSingleton, header.name.offset);
    }
    if (!form_seen) log_.Add(AnomalyId::kHeaderCompactAndLong, header.name.offset);
  }
  chain.last = number;
  ++chain.count;
  form_seen = true;
}

void Message::ReadHeaders() {
  const HeadIndex& index = scratch_->index;
  const char* base = bytes_.data();
  const size_t most = std::min<size_t>(options_.limits.headers, kMaxHeaders);
  for (uint32_t i = 1; i < index.count; ++i) {
    const Line& line = index.lines[i];
    if (i == 1 && IsBlank(base[line.begin])) {
      log_.Add(AnomalyId::kHeaderFoldFirst, line.begin);
      continue;
    }
    if (header_count_ == most) {
      log_.Add(AnomalyId::kHeaderTooMany, line.begin);
      return;
    }
    const HeaderLine cut = CutHeaderLine(base, line);
    if (!cut.name.present() || cut.name.empty()) {
      log_.Add(AnomalyId::kHeaderNameInvalid, line.begin);
      continue;
    }
    if (cut.space_before_colon) log_.Add(AnomalyId::kHeaderSpaceBeforeColon, cut.name.end());
    const std::string_view name = cut.name.In(base);
    const HeaderId id = FindHeader(name);
    if (id == HeaderId::kOther && !IsToken(name)) {
      log_.Add(AnomalyId::kHeaderNameInvalid, line.begin);
    }
    Header& header = headers_[header_count_++];
    header.name = cut.name;
    header.value = cut.value;
    header.id = id;
    header.folded = (line.flags & kLineIsFolded) != 0;
    header.compact = id != HeaderId::kOther && name.size() == 1;
    header.next = 0;
    Enlist(header);
  }
  if (index.full) log_.Add(AnomalyId::kHeaderTooMany, index.end);
}

// RFC 3261 section 8.1.1; Max-Forwards is new there, and requests of RFC 2543 have none.
void Message::CheckMandatory() {
  for (HeaderId id :
       {HeaderId::kVia, HeaderId::kFrom, HeaderId::kTo, HeaderId::kCallId, HeaderId::kCseq}) {
    if (Find(id) == nullptr) log_.Add(AnomalyId::kHeaderMissingMandatory, head_end_);
  }
  if (is_request() && Find(HeaderId::kMaxForwards) == nullptr) {
    log_.Add(AnomalyId::kMaxForwardsMissing, head_end_);
  }
}

// RFC 3261 section 18.3.
void Message::CutBody() {
  ContentLength length;
  for (const Header* h = Find(HeaderId::kContentLength); h != nullptr; h = Next(*h)) {
    length.Take(h->value.In(bytes_.data()), h->value.offset, log_);
  }
  if (length.value()) content_length_ = *length.value();
  if (!length.present() && options_.stream) {
    log_.Add(AnomalyId::kContentLengthMissingOnStream, head_end_);
  }
  if (!complete_) return;
  const uint32_t rest = static_cast<uint32_t>(bytes_.size()) - head_end_;
  body_ = {head_end_, rest};
  if (!length.value()) return;
  if (*length.value() > rest) {
    log_.Add(AnomalyId::kContentLengthBeyondDatagram, ValueOf(HeaderId::kContentLength).offset);
  } else if (*length.value() < rest) {
    body_.length = *length.value();
    log_.Add(AnomalyId::kContentLengthShortOfDatagram, body_.end());
    if (BeginsLikeMessage(bytes_.substr(body_.end()))) {
      log_.Add(AnomalyId::kContentLengthHiddenMessage, body_.end());
    }
  }
}

}  // namespace sipward::sip
