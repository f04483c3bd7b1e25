// Naming the headers and cutting the body.
#include <algorithm>

#include "sip/content_length.h"
#include "sip/disputed.h"
#include "sip/header_line.h"
#include "sip/header_name.h"
#include "sip/load.h"
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

// What stands between the name and the value of an ordinary header.
constexpr uint64_t kSeparator = ':' | ' ' << 8;

uint16_t FormOf(const Header& header) { return header.compact ? 2 : 1; }

}  // namespace

// A header that is the second of its kind or a later one.
void Message::EnlistAgain(const Header& header, size_t number, Chain* chain) {
  headers_[chain->last - 1u].next = static_cast<uint16_t>(number);
  if (kHeaders[static_cast<size_t>(header.id)].singleton && header.id != HeaderId::kContentLength) {
    log_.Add(AnomalyId::kHeaderDuplicateSingleton, header.name.offset);
  }
  const uint16_t form = FormOf(header);
  if ((chain->forms & form) == 0) log_.Add(AnomalyId::kHeaderCompactAndLong, header.name.offset);
  chain->forms = static_cast<uint16_t>(chain->forms | form);
  chain->last = static_cast<uint16_t>(number);
  ++chain->count;
}

// Hangs the header with this number, counted from 1, into the chain of its kind.
inline void Message::Enlist(const Header& header, size_t number) {
  if (header.id == HeaderId::kOther) return;
  const auto id = static_cast<size_t>(header.id);
  if (firsts_[id] != 0) {
    EnlistAgain(header, number, &chains_[id]);
    return;
  }
  firsts_[id] = static_cast<uint16_t>(number);
  chains_[id] = {static_cast<uint16_t>(number), 1, FormOf(header)};
}

// A line of any kind.
void Message::ReadHeader(const Line& line) {
  const char* base = bytes_.data();
  const HeaderLine cut = CutHeaderLine(base, line);
  if (!cut.name.present() || cut.name.empty()) {
    log_.Add(AnomalyId::kHeaderNameInvalid, line.begin);
    return;
  }
  if (cut.space_before_colon) log_.Add(AnomalyId::kHeaderSpaceBeforeColon, cut.name.end());
  const std::string_view name = cut.name.In(base);
  const HeaderId id = FindHeader(name);
  if (id == HeaderId::kOther) {
    // What is plain may stand in a token, and long names are read by their marks.
    const uint32_t begin = scratch_->index.marks.SkipPlain(cut.name.offset, cut.name.end());
    const std::string_view rest = Between(begin, cut.name.end()).In(base);
    if (!std::all_of(rest.begin(), rest.end(), IsTokenChar)) {
      log_.Add(AnomalyId::kHeaderNameInvalid, line.begin);
    }
  }
  Header& header = headers_[header_count_++];
  header.name = cut.name;
  header.value = cut.value;
  header.id = id;
  header.folded = (line.flags & kLineIsFolded) != 0;
  header.compact = id != HeaderId::kOther && name.size() == 1;
  header.next = 0;
  if (header.value.empty()) log_.Add(AnomalyId::kHeaderEmpty, header.name.offset);
  if (header.value.length > options_.limits.header_value_bytes) {
    log_.Add(AnomalyId::kHeaderValueTooLong, header.value.offset);
  }
  CheckAroundValue(base, header, line.end, log_);
  Enlist(header, header_count_);
}

// Reads lines from `line` on as long as they are `Name: value` with nothing else around the two,
// and as long as there is room; returns the first that was not read. The head has no flags and all
// its marks, and no value can be too long.
uint32_t Message::ReadOrdinaryHeaders(uint32_t line) {
  const HeadIndex& index = scratch_->index;
  const char* base = bytes_.data();
  const size_t room = MostHeaders() - header_count_;
  const uint32_t stop =
      index.count - line <= room ? index.count : line + static_cast<uint32_t>(room);
  size_t count = header_count_;
  const Marks& marks = index.marks;
  const Line* at = &index.lines[line];
  for (const Line* const last = at + (stop - line); at != last; ++at) {
    const uint32_t begin = at->begin;
    const uint32_t end = at->end;
    // A name that holds no mark is a token. No step needs to ask for the end of the line, because
    // none goes beyond a line end.
    const uint32_t length = marks.Next(begin) - begin;
    const char* colon = base + begin + length;
    if (LoadTwo(colon) != kSeparator || colon[2] <= ' ' || base[end - 1] <= ' ' || length == 0) {
      break;
    }
    Header& header = headers_[count++];
    header.name = {begin, length};
    header.value = Between(begin + length + 2, end);
    header.id = HeaderBefore(colon, length);
    header.folded = false;
    header.compact = length == 1 && header.id != HeaderId::kOther;
    header.next = 0;
    Enlist(header, count);
  }
  header_count_ = count;
  return static_cast<uint32_t>(at - index.lines.data());
}

size_t Message::MostHeaders() const {
  return std::min<size_t>(options_.limits.headers, kMaxHeaders);
}

void Message::ReadHeaders() {
  const HeadIndex& index = scratch_->index;
  const bool ordinary = index.complete && index.flags == 0 && index.marks.end == index.end &&
                        index.count > 1 && index.lines[1].begin >= kBeforeHeaderName &&
                        index.end <= options_.limits.header_value_bytes;
  for (uint32_t i = 1; i < index.count; ++i) {
    if (ordinary) i = ReadOrdinaryHeaders(i);
    if (i == index.count) break;
    const Line& line = index.lines[i];
    if (i == 1 && IsBlank(bytes_[line.begin])) {
      log_.Add(AnomalyId::kHeaderFoldFirst, line.begin);
      continue;
    }
    if (header_count_ == MostHeaders()) {
      log_.Add(AnomalyId::kHeaderTooMany, line.begin);
      return;
    }
    ReadHeader(line);
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
    const uint32_t place = ValueOf(HeaderId::kContentLength).offset;
    log_.Add(AnomalyId::kContentLengthBeyondDatagram, place);
    if (rest != 0 || *length.value() > INT32_MAX) {
      log_.Add(AnomalyId::kContentLengthBodyCut, place);
    }
  } else if (*length.value() < rest) {
    body_.length = *length.value();
    log_.Add(AnomalyId::kContentLengthShortOfDatagram, body_.end());
    if (BeginsLikeMessage(bytes_.substr(body_.end()))) {
      log_.Add(AnomalyId::kContentLengthHiddenMessage, body_.end());
    }
  }
}

}  // namespace sipward::sip
