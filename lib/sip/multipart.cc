#include <algorithm>

#include "sip/body.h"
#include "sip/body_lines.h"
#include "sip/part_headers.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

constexpr size_t kLongestBoundary = 70;  // RFC 2046 section 5.1.1
constexpr CharSet kBoundaryOctets(
    "'()+_,-./:=? 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

// RFC 2046 section 5.1.1: 1 to 70 bchars, the last no space.
bool IsBoundary(std::string_view text) {
  return !text.empty() && text.size() <= kLongestBoundary && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [](char c) { return kBoundaryOctets.Has(c); });
}

enum class Delimiter : uint8_t { kNone, kPrefix, kOpen, kClose };

// RFC 2046 section 5.1.1: two hyphens, the boundary, two more at the last, white space, nothing
// else. kPrefix: something else follows.
Delimiter ReadDelimiter(std::string_view line, std::string_view boundary) {
  line.remove_prefix(2);
  if (line.substr(0, boundary.size()) != boundary) return Delimiter::kNone;
  line.remove_prefix(boundary.size());
  const bool close = line.substr(0, 2) == "--";
  if (close) line.remove_prefix(2);
  for (const char c : line) {
    if (!IsWhiteSpace(c)) return Delimiter::kPrefix;
  }
  return close ? Delimiter::kClose : Delimiter::kOpen;
}

// One pass over the lines of the body. What is open is a stack of fixed depth; an outer boundary
// closes all that stands within (RFC 2046 section 5.1.2).
class MultipartReader {
 public:
  MultipartReader(const char* base, Slice body, const Limits& limits, AnomalyLog& log,
                  BodyParts* out)
      : base_(base),
        body_(body),
        most_parts_(std::min<uint32_t>(limits.body_parts, BodyParts::kMost)),
        most_depth_(std::min<uint32_t>(limits.body_depth, BodyParts::kMostDepth)),
        limits_(limits),
        log_(log),
        out_(out) {}

  void Run(const MediaType& type) {
    if (!Open(type, -1)) return;
    BodyLines lines(base_, body_);
    for (Slice line; !done_ && lines.Next(&line);) Take(lines, line);
    if (!done_) Finish();
  }

 private:
  struct Level {
    Slice boundary;
    int16_t holder = -1;   // the part that is of type multipart; -1: the body
    int16_t current = -1;  // its part that is open; -1: none
    bool opened = false;
  };

  // A level for what is inside of `holder`. False if there is nothing to look for.
  bool Open(const MediaType& type, int16_t holder) {
    if (depth_ == most_depth_) {
      log_.Add(AnomalyId::kBodyTooDeep, type.text.offset);
      return false;
    }
    const Slice boundary = FindMediaParam(base_, type, "boundary", limits_);
    if (!boundary.present() || !IsBoundary(boundary.In(base_))) {
      log_.Add(AnomalyId::kBodyMultipartNoBoundary, type.text.offset);
      return false;
    }
    levels_[depth_++] = {boundary, holder, -1, false};
    return true;
  }

  void Take(const BodyLines& lines, Slice line) {
    const bool dashes =
        line.length > 2 && base_[line.offset] == '-' && base_[line.offset + 1] == '-';
    if (dashes && TakeDelimiter(lines, line)) return;
    if (in_headers_) TakeHeaderLine(lines, line);
  }

  bool TakeDelimiter(const BodyLines& lines, Slice line) {
    for (uint32_t i = depth_; i-- > 0;) {
      const Delimiter delimiter = ReadDelimiter(line.In(base_), levels_[i].boundary.In(base_));
      if (delimiter == Delimiter::kNone) continue;
      if (delimiter == Delimiter::kPrefix) {
        log_.Add(AnomalyId::kBodyMultipartBoundaryPrefix, line.offset);
        continue;
      }
      // What closes nothing is text.
      if (delimiter == Delimiter::kClose && !levels_[i].opened) continue;
      if (!lines.clean()) log_.Add(AnomalyId::kBodyMultipartBareLf, line.offset);
      CloseAbove(i, line.offset);
      EndPart(&levels_[i], line.offset);
      if (delimiter == Delimiter::kOpen) {
        StartPart(&levels_[i], static_cast<uint8_t>(i + 1), lines.next());
      } else {
        depth_ = i;
        done_ = i == 0;
      }
      return true;
    }
    return false;
  }

  void TakeHeaderLine(const BodyLines& lines, Slice line) {
    if (!lines.clean()) log_.Add(AnomalyId::kBodyMultipartBareLf, line.offset);
    if (!line.empty()) return;
    in_headers_ = false;
    BodyPart& part = out_->slots[out_->count - 1u];
    EndHeaders(&part, line.offset);
    part.body = {lines.next(), 0};
    if (part.kind == BodyKind::kMultipart) {
      Open(part.type, static_cast<int16_t>(out_->count - 1));
    }
  }

  void EndHeaders(BodyPart* part, uint32_t end) {
    part->headers.length = end - part->headers.offset;
    ReadPartHeaders(base_, log_, part);
  }

  void StartPart(Level* level, uint8_t depth, uint32_t begin) {
    level->opened = true;
    if (out_->count == most_parts_) {
      log_.Add(AnomalyId::kBodyTooManyParts, begin);
      CutOpen();
      done_ = true;
      return;
    }
    BodyPart& part = out_->slots[out_->count];
    part = BodyPart{};
    part.headers = {begin, 0};
    part.depth = depth;
    part.parent = level->holder;
    level->current = static_cast<int16_t>(out_->count++);
    in_headers_ = true;
  }

  // `end` is where the delimiter line begins; the line end before it belongs to it.
  void EndPart(Level* level, uint32_t end) {
    if (level->current < 0) return;
    BodyPart& part = out_->slots[static_cast<size_t>(level->current)];
    level->current = -1;
    if (in_headers_) {  // no empty line: there are headers alone
      EndHeaders(&part, end);
      part.body = {end, 0};
      in_headers_ = false;
      return;
    }
    uint32_t stop = end;
    if (stop > part.body.offset && base_[stop - 1] == '\n') --stop;
    if (stop != end && stop > part.body.offset && base_[stop - 1] == '\r') --stop;
    part.body.length = stop - part.body.offset;
  }

  void CloseAbove(uint32_t kept, uint32_t end) {
    while (depth_ > kept + 1) {
      Level& level = levels_[--depth_];
      NoteOpen(level, level.holder < 0 ? body_.offset : Holder(level).body.offset);
      EndPart(&level, end);
    }
  }

  BodyPart& Holder(const Level& level) { return out_->slots[static_cast<size_t>(level.holder)]; }

  void NoteOpen(const Level& level, uint32_t offset) {
    log_.Add(
        level.opened ? AnomalyId::kBodyMultipartUnterminated : AnomalyId::kBodyMultipartNoBoundary,
        offset);
  }

  // The body ended before its boundary did.
  void Finish() {
    for (uint32_t i = depth_; i-- > 0;) {
      const Level& level = levels_[i];
      NoteOpen(level, level.holder < 0 ? body_.offset : Holder(level).body.offset);
    }
    CutOpen();
  }

  // What is cut short has no line end to give back.
  void CutOpen() {
    for (uint32_t i = depth_; i-- > 0;) {
      Level& level = levels_[i];
      if (level.current < 0) continue;
      BodyPart& part = out_->slots[static_cast<size_t>(level.current)];
      if (in_headers_) {
        EndPart(&level, body_.end());
      } else {
        part.body.length = body_.end() - part.body.offset;
      }
    }
  }

  const char* base_;
  Slice body_;
  uint32_t most_parts_;
  uint32_t most_depth_;
  const Limits& limits_;
  AnomalyLog& log_;
  BodyParts* out_;
  std::array<Level, BodyParts::kMostDepth> levels_;
  uint32_t depth_ = 0;
  bool in_headers_ = false;
  bool done_ = false;
};

}  // namespace

void ParseMultipart(const char* base, const MediaType& type, Slice body, const Limits& limits,
                    AnomalyLog& log, BodyParts* out) {
  out->count = 0;
  if (!body.present()) return;
  MultipartReader(base, body, limits, log, out).Run(type);
}

}  // namespace sipward::sip
