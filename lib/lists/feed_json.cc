#include "lists/feed_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace sipward::lists {
namespace {

using Said = FeedItem::Kind;

constexpr size_t kMostDepth = 16;
constexpr size_t kMostText = 4096;  // no entry is longer; of what is, the rest is left out
constexpr std::array<std::string_view, 14> kEntryKeys = {
    "ipaddress", "ip",    "address",    "network", "cidr",  "prefix",    "domain",
    "number",    "phone", "user_agent", "agent",   "value", "indicator", "host"};
constexpr std::string_view kApibanEnd = "none";  // its ID where nothing is new

void AppendUtf8(uint32_t code, std::string* out) {
  const auto add = [&](uint32_t byte) { *out += static_cast<char>(byte); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

}  // namespace

JsonReader::JsonReader(const FeedSettings& settings, std::string_view bytes)
    : bytes_(bytes),
      column_(settings.column),
      ttl_column_(settings.ttl_column.empty() ? "ttl" : settings.ttl_column),
      reason_column_(settings.reason_column.empty() ? "reason" : settings.reason_column) {
  // An APIBAN answer without news lists a sentence.
  constexpr size_t kShort = 256;
  const std::string_view head = bytes.substr(0, kShort);
  const size_t id = head.find("\"ID\"");
  if (bytes.size() <= kShort && id != std::string_view::npos &&
      head.find('"' + std::string(kApibanEnd) + '"', id) != std::string_view::npos) {
    bytes_ = {};
  }
}

FeedItem JsonReader::Nothing() const {
  FeedItem item;
  item.kind = Said::kNothing;
  return item;
}

FeedItem JsonReader::Broken() {
  broken_ = true;
  FeedItem item;
  item.kind = Said::kBroken;
  item.line = line_;
  item.column = Column();
  return item;
}

bool JsonReader::IsEntryKey(std::string_view key) const {
  if (!column_.empty()) return key == column_;
  return std::find(kEntryKeys.begin(), kEntryKeys.end(), key) != kEntryKeys.end();
}

FeedItem JsonReader::Next() {
  if (broken_) return {};
  while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t' || bytes_[at_] == '\r' ||
                                 bytes_[at_] == '\n')) {
    if (bytes_[at_++] != '\n') continue;
    ++line_;
    line_begin_ = at_;
  }
  if (at_ < bytes_.size()) return Token();
  return frames_.empty() ? FeedItem() : Broken();
}

// Whether a value may stand here.
bool JsonReader::MayHaveValue() const {
  if (frames_.empty()) return true;
  const Frame& frame = frames_.back();
  return frame.object ? frame.expects_value : frame.expects_value || !frame.filled;
}

void JsonReader::HadValue() {
  if (frames_.empty()) return;
  frames_.back().expects_value = false;
  frames_.back().filled = true;
}

FeedItem JsonReader::Token() {
  const char c = bytes_[at_];
  Frame* const frame = frames_.empty() ? nullptr : &frames_.back();
  switch (c) {
    case '{':
    case '[':
      return MayHaveValue() ? Open(c == '{') : Broken();
    case '}':
    case ']':
      return Close(c == '}');
    case ',':
      // Between rows of objects some put commas.
      ++at_;
      if (frame == nullptr) return Nothing();
      if (!frame->filled || frame->expects_value || (frame->object && frame->expects_key)) {
        return Broken();
      }
      (frame->object ? frame->expects_key : frame->expects_value) = true;
      return Nothing();
    case '"':
      if (frame != nullptr && frame->object && frame->expects_key) {
        if (!String(&frame->key)) return Broken();
        while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t')) ++at_;
        if (at_ >= bytes_.size() || bytes_[at_] != ':') return Broken();
        ++at_;
        frame->expects_key = false;
        frame->expects_value = true;
        return Nothing();
      }
      return MayHaveValue() ? Scalar(true) : Broken();
    default:
      return MayHaveValue() ? Scalar(false) : Broken();
  }
}

FeedItem JsonReader::Open(bool object) {
  if (frames_.size() == kMostDepth) return Broken();
  Frame frame;
  frame.object = object;
  const Frame* const around = frames_.empty() ? nullptr : &frames_.back();
  // An array of objects is looked into wherever it stands; texts are entries under the key alone.
  frame.wanted = object ? around == nullptr || !around->object
                        : around == nullptr || (around->object && IsEntryKey(around->key));
  if (object) {
    frame.found.line = line_;
    frame.found.column = Column();
  }
  HadValue();
  frames_.push_back(std::move(frame));
  ++at_;
  return Nothing();
}

FeedItem JsonReader::Close(bool object) {
  if (frames_.empty() || frames_.back().object != object || frames_.back().expects_value) {
    return Broken();
  }
  if (object && frames_.back().expects_key && frames_.back().filled) return Broken();
  ++at_;
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (!object) return Nothing();
  if (frame.has_entry) {
    frame.found.kind = Said::kEntry;
    return std::move(frame.found);
  }
  // A row of a table without what was asked for; a wrapper around the table is none.
  if (frame.wanted && !frames_.empty()) {
    frame.found.kind = Said::kBad;
    return std::move(frame.found);
  }
  return Nothing();
}

FeedItem JsonReader::Scalar(bool text) {
  const uint32_t line = line_, column = Column();
  std::string value;
  if (text) {
    if (!String(&value)) return Broken();
  } else {
    const size_t end = std::min(bytes_.find_first_of(" \t\r\n,]}:{[\"", at_), bytes_.size());
    value = bytes_.substr(at_, std::min(end - at_, kMostText));
    const bool number = !value.empty() && (IsDigit(value.front()) || value.front() == '-');
    if (!number && value != "true" && value != "false" && value != "null") return Broken();
    at_ = end;
    text = number;
  }
  HadValue();
  return Value(std::move(value), line, column, text);
}

// `usable`: a text or a number.
FeedItem JsonReader::Value(std::string text, uint32_t line, uint32_t column, bool usable) {
  FeedItem item;
  item.kind = Said::kNothing;
  item.line = line;
  item.column = column;
  if (frames_.empty()) {  // a row of its own
    item.kind = usable ? Said::kEntry : Said::kBad;
    item.text = std::move(text);
    return item;
  }
  Frame& frame = frames_.back();
  if (!frame.object) {
    if (!frame.wanted) return item;
    item.kind = usable ? Said::kEntry : Said::kBad;
    item.text = std::move(text);
    return item;
  }
  if (!usable) return item;
  if (frames_.size() == 1 && frame.key == "ID") {
    item.kind = Said::kCursor;
    item.text = std::move(text);
  } else if (IsEntryKey(frame.key)) {
    frame.has_entry = true;
    frame.found.line = line;
    frame.found.column = column;
    frame.found.text = std::move(text);
  } else if (frame.key == ttl_column_) {
    frame.found.ttl = std::move(text);
  } else if (frame.key == reason_column_) {
    frame.found.reason = std::move(text);
  }
  return item;
}

// At a quote: the text within, escapes resolved; halves of surrogate pairs each for itself.
bool JsonReader::String(std::string* out) {
  out->clear();
  for (++at_; at_ < bytes_.size(); ++at_) {
    const char c = bytes_[at_];
    if (c == '"') {
      ++at_;
      return true;
    }
    if (static_cast<uint8_t>(c) < ' ') return false;
    const bool room = out->size() < kMostText;
    if (c != '\\') {
      if (room) *out += c;
      continue;
    }
    if (++at_ == bytes_.size()) return false;
    constexpr std::string_view kNames = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    const size_t known = kNames.find(bytes_[at_]);
    if (known != std::string_view::npos) {
      if (room) *out += kMeant[known];
      continue;
    }
    constexpr size_t kDigits = 4;
    if (bytes_[at_] != 'u' || bytes_.size() - at_ <= kDigits) return false;
    uint32_t code = 0;
    for (size_t i = 1; i <= kDigits; ++i) {
      const int digit = HexValue(bytes_[at_ + i]);
      if (digit < 0) return false;
      code = code << 4 | static_cast<uint32_t>(digit);
    }
    at_ += kDigits;
    if (room) AppendUtf8(code, out);
  }
  return false;
}

}  // namespace sipward::lists
