#include "identity/json.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "identity/json_text.h"

namespace sipward::identity {

// One pass over the text. What is open stands in a stack of its own, so that hostile nesting costs
// nothing.
class JsonParser {
 public:
  JsonParser(Json& json, std::span<char> text, const JsonLimits& limits)
      : json_(json), text_(text), limits_(limits) {
    limits_.depth = std::min(limits_.depth, Json::kMostDepth);
  }

  Reason Run();

 private:
  struct Open {
    uint32_t node;
    uint32_t largest = 0;  // of an object: the last of its names in order; 0: it has none yet
  };

  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  std::string_view TextOf(uint32_t node) const {
    return {json_.nodes_[node].data, json_.nodes_[node].size};
  }
  void SkipSpace();
  bool Take(char c);
  Reason Add(JsonType type, std::string_view text, uint32_t* node);
  Reason Value();
  Reason Name();
  Reason Text();
  Reason Number();
  Reason Literal(std::string_view word, JsonType type);
  Reason Begin(JsonType type);
  void End();
  // Between values: commas, names, closing brackets. Sets *wanted if a value must follow.
  Reason Between(bool* wanted);

  Json& json_;
  std::span<char> text_;
  JsonLimits limits_;
  size_t at_ = 0;
  std::array<Open, Json::kMostDepth> open_;
  uint32_t depth_ = 0;
};

void JsonParser::SkipSpace() {
  const size_t begin = at_;
  while (!done() && (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n')) ++at_;
  if (at_ != begin) json_.canonical_ = false;
}

bool JsonParser::Take(char c) {
  if (done() || text_[at_] != c) return false;
  ++at_;
  return true;
}

Reason JsonParser::Add(JsonType type, std::string_view text, uint32_t* node) {
  if (json_.count_ == Json::kMostNodes) return Reason::kJsonLimit;
  *node = json_.count_++;
  json_.nodes_[*node] = {text.data(), static_cast<uint32_t>(text.size()),
                         static_cast<uint16_t>(*node + 1), type};
  return Reason::kOk;
}

Reason JsonParser::Text() {
  std::string_view text;
  const Reason reason = ReadJsonText(text_, &at_, &text);
  if (reason != Reason::kOk) return reason;
  if (text.size() > limits_.text) return Reason::kJsonLimit;
  uint32_t node = 0;
  return Add(JsonType::kString, text, &node);
}

Reason JsonParser::Name() {
  if (peek() != '"') return Reason::kJsonSyntax;
  const uint32_t node = json_.count_;
  const Reason reason = Text();
  if (reason != Reason::kOk) return reason;
  Open& object = open_[depth_ - 1];
  Json::Node& parent = json_.nodes_[object.node];
  if (++parent.size > limits_.members) return Reason::kJsonLimit;
  const std::string_view name = TextOf(node);
  if (object.largest == 0 || name > TextOf(object.largest)) {
    object.largest = node;  // what is behind all others is new
  } else {
    json_.canonical_ = false;
    for (uint32_t at = object.node + 1; at < node; at = json_.nodes_[at + 1].next) {
      if (name == TextOf(at)) return Reason::kJsonDupKey;
    }
  }
  SkipSpace();
  if (!Take(':')) return Reason::kJsonSyntax;
  SkipSpace();
  return Reason::kOk;
}

// RFC 8259 section 6.
Reason JsonParser::Number() {
  const size_t begin = at_;
  const auto digits = [this] {
    const size_t first = at_;
    while (IsDigit(peek())) ++at_;
    return at_ != first;
  };
  Take('-');
  if (!Take('0') && !digits()) return Reason::kJsonSyntax;
  if (Take('.') && !digits()) return Reason::kJsonSyntax;
  if (Take('e') || Take('E')) {
    if (!Take('+')) Take('-');
    if (!digits()) return Reason::kJsonSyntax;
  }
  if (at_ - begin > limits_.number) return Reason::kJsonLimit;
  uint32_t node = 0;
  return Add(JsonType::kNumber, {text_.data() + begin, at_ - begin}, &node);
}

Reason JsonParser::Literal(std::string_view word, JsonType type) {
  const std::string_view rest(text_.data() + at_, text_.size() - at_);
  if (!rest.starts_with(word)) return Reason::kJsonSyntax;
  at_ += word.size();
  uint32_t node = 0;
  return Add(type, word, &node);
}

Reason JsonParser::Begin(JsonType type) {
  if (depth_ == limits_.depth) return Reason::kJsonDepth;
  ++at_;
  uint32_t node = 0;
  const Reason reason = Add(type, {}, &node);
  if (reason != Reason::kOk) return reason;
  open_[depth_++] = {node};
  return Reason::kOk;
}

void JsonParser::End() {
  ++at_;
  --depth_;
  json_.nodes_[open_[depth_].node].next = static_cast<uint16_t>(json_.count_);
}

Reason JsonParser::Value() {
  switch (peek()) {
    case '{':
      return Begin(JsonType::kObject);
    case '[':
      return Begin(JsonType::kArray);
    case '"':
      return Text();
    case 't':
      return Literal("true", JsonType::kTrue);
    case 'f':
      return Literal("false", JsonType::kFalse);
    case 'n':
      return Literal("null", JsonType::kNull);
    default:
      return Number();
  }
}

Reason JsonParser::Between(bool* wanted) {
  *wanted = false;
  SkipSpace();
  Json::Node& parent = json_.nodes_[open_[depth_ - 1].node];
  const bool object = parent.type == JsonType::kObject;
  if (peek() == (object ? '}' : ']')) {
    End();
    return Reason::kOk;
  }
  if (parent.size != 0) {
    if (!Take(',')) return Reason::kJsonSyntax;
    SkipSpace();
  }
  if (object) {
    const Reason reason = Name();
    if (reason != Reason::kOk) return reason;
  } else {
    ++parent.size;
  }
  *wanted = true;
  return Reason::kOk;
}

Reason JsonParser::Run() {
  if (text_.size() > Json::kMostText) return Reason::kJsonLimit;
  SkipSpace();
  if (peek() != '{') return Reason::kJsonSyntax;
  Reason reason = Begin(JsonType::kObject);
  while (reason == Reason::kOk && depth_ != 0) {
    bool wanted = false;
    reason = Between(&wanted);
    if (reason == Reason::kOk && wanted) reason = Value();
  }
  if (reason != Reason::kOk) return reason;
  SkipSpace();
  return done() ? Reason::kOk : Reason::kJsonSyntax;
}

Reason Json::Parse(std::span<char> text, const JsonLimits& limits) {
  count_ = 0;
  canonical_ = true;
  const Reason reason = JsonParser(*this, text, limits).Run();
  if (reason != Reason::kOk) {
    count_ = 0;
    canonical_ = false;
  }
  return reason;
}

JsonValue Json::root() const { return count_ == 0 ? JsonValue() : JsonValue(this, 0, 0, false); }

}  // namespace sipward::identity
