#include <algorithm>

#include "base/ascii.h"
#include "sip/disputed.h"
#include "sip/header_line.h"
#include "sip/index.h"
#include "sip/line_check.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

// Slices are 32 bits and reserve the largest value.
constexpr size_t kMostBytes = 0x7FFFFFFF;

// RFC 3261 section 7.5: what may be skipped there is CRLF.
uint32_t SkipEmptyLines(std::string_view bytes, AnomalyLog& log) {
  size_t at = 0;
  bool bare = false;
  while (at < bytes.size()) {
    if (bytes[at] == '\n') {
      if (!bare) log.Add(AnomalyId::kLineBareLf, static_cast<uint32_t>(at));
      bare = true;
      ++at;
    } else if (bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n') {
      at += 2;
    } else {
      break;
    }
  }
  return static_cast<uint32_t>(at);
}

}  // namespace

Message::Message() : scratch_(std::make_unique<Scratch>()) {}
Message::~Message() = default;

void Message::Reset(std::string_view bytes, const ParseOptions& options) {
  bytes_ = bytes;
  options_ = options;
  log_.Clear();
  AnomalySet refusing = RefusedBy(options.profile);
  refusing.Add(options.refused);
  refusing.Remove(options.accepted);
  log_.set_refusing(refusing);
  header_count_ = 0;
  firsts_.fill(0);
  head_end_ = 0;
  content_length_ = -1;
  body_ = Slice{};
  complete_ = false;
  scratch_->read.fill(false);
  scratch_->via_count = 0;
  scratch_->address_count = 0;
  scratch_->digest_count = 0;
  scratch_->item_count = 0;
}

ParseStatus Message::Parse(std::string_view bytes, const ParseOptions& options) {
  Reset(bytes, options);
  const size_t most =
      options.stream ? kMostBytes : std::min<size_t>(options.limits.message_bytes, kMostBytes);
  if (bytes.size() > most) {
    log_.Add(AnomalyId::kMessageTooLong, static_cast<uint32_t>(most));
    bytes_ = {};
    start_ = StartLine{};
    return status();
  }
  const uint32_t from = SkipEmptyLines(bytes, log_);
  if (from != 0) log_.Add(AnomalyId::kLineLeadingCrlf, 0);

  HeadIndex& index = scratch_->index;
  IndexHead(bytes, from, &index);
  head_end_ = index.end;
  const Slice first =
      index.count == 0 ? Slice{from, 0} : Slice{from, index.lines[0].end - index.lines[0].begin};
  if (!WalkStartLine(index.marks, bytes.data(), first, &start_)) {
    ParseStartLine(bytes.data(), first, log_, &start_);
  }
  if (index.flags != 0) CheckHead();
  ReadHeaders();
  if (index.full || log_.Has(AnomalyId::kHeaderTooMany)) return status();

  complete_ = index.complete;
  if (!complete_) log_.Add(AnomalyId::kLineUnterminated, head_end_);
  CheckMandatory();
  CutBody();
  return status();
}

ParseStatus Message::status() const {
  const Anomaly* refused = log_.error();
  if (refused == nullptr) return ParseStatus::kOk;
  return Describe(refused->id).cls == AnomalyClass::kLimit ? ParseStatus::kLimit
                                                           : ParseStatus::kMalformed;
}

// What the index flagged; most messages have nothing here.
void Message::CheckHead() {
  const HeadIndex& index = scratch_->index;
  for (uint32_t i = 0; i < index.count; ++i) {
    const Line& line = index.lines[i];
    if (line.flags & ~uint32_t{kLineIsUnterminated | kLineHasHigh}) {
      CheckLineOctets(bytes_, line, i != 0, log_);
    }
    if (line.flags & (kLineHasBareLf | kLineIsFolded)) CheckLineEnds(i);
    if (line.flags & kLineHasHigh) CheckText(bytes_, line.begin, line.end, log_);
  }
  if (index.complete && (index.end < 2 || bytes_[index.end - 2] != '\r')) {
    log_.Add(AnomalyId::kLineBareLf, index.end - 1);
  }
}

HeaderId Message::HeaderOfLine(uint32_t number) const {
  const HeaderLine cut = CutHeaderLine(bytes_.data(), scratch_->index.lines[number]);
  return cut.name.present() ? FindHeader(cut.name.In(bytes_.data())) : HeaderId::kOther;
}

// What a program that does not end lines, or continue them, as most do makes of this one.
void Message::CheckLineEnds(uint32_t number) {
  const HeadIndex& index = scratch_->index;
  const Line& line = index.lines[number];
  const bool is_last = number + 1 == index.count;
  const HeaderId header = HeaderOfLine(number);  // once, however many lines it is folded into
  bool fold_tab = false, fold_lf = !IsTelling(header);
  uint32_t at = line.begin;
  for (; at < line.end; ++at) {
    if (bytes_[at] != '\n') continue;
    if (bytes_[at + 1] == '\t' && !is_last && !fold_tab) {
      log_.Add(AnomalyId::kHeaderTab, at + 1);
      fold_tab = true;
    }
    if (bytes_[at - 1] == '\r' || fold_lf) continue;
    log_.Add(AnomalyId::kLineSwallowed, at);
    fold_lf = true;
  }
  const bool bare_end = at < bytes_.size() && bytes_[at] == '\n';
  // A Via is dropped with what it swallows.
  const bool via = header == HeaderId::kVia;
  if (bare_end && (number == 0 || (!is_last && (via || IsTelling(HeaderOfLine(number + 1)))))) {
    log_.Add(AnomalyId::kLineSwallowed, at);
  }
}

const Header* Message::Find(std::string_view name) const {
  const HeaderId id = FindHeader(name);
  if (id != HeaderId::kOther) return Find(id);
  for (const Header& header : headers()) {
    if (header.id == HeaderId::kOther && EqualsIgnoreCase(header.name.In(bytes_.data()), name)) {
      return &header;
    }
  }
  return nullptr;
}

}  // namespace sipward::sip
