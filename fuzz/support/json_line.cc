#include "fuzz/support/json_line.h"

namespace sipward::fuzz {
namespace {

constexpr int kMostDepth = 16;

void AppendUtf8(std::string* out, uint32_t code) {
  if (code < 0x80) {
    out->push_back(static_cast<char>(code));
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr uint32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out->push_back(static_cast<char>(kLead[more] | code >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) {
    out->push_back(static_cast<char>(0x80 | (code >> (6 * i) & 0x3F)));
  }
}

std::optional<uint32_t> Hexadecimal(std::string_view digits) {
  uint32_t value = 0;
  for (const char c : digits) {
    const std::string_view all = "0123456789abcdef";
    const size_t digit = all.find(static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));
    if (digit == all.npos) return std::nullopt;
    value = value << 4 | static_cast<uint32_t>(digit);
  }
  return value;
}

class JsonReader {
 public:
  JsonReader(std::string_view text, std::vector<JsonString>* strings)
      : text_(text), strings_(strings) {}

  bool Line() { return Object("", 0) && Take('\n') && at_ == text_.size(); }
  bool OneString(std::string* restored) { return String(restored) && at_ == text_.size(); }

 private:
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Peek(char c) const { return at_ < text_.size() && text_[at_] == c; }

  bool Object(const std::string& key, int depth) {
    if (depth > kMostDepth || !Take('{')) return false;
    if (Take('}')) return true;
    do {
      std::string name;
      if (!String(&name) || !Take(':') || !Value(name, key, depth)) return false;
    } while (Take(','));
    return Take('}');
  }

  bool Array(const std::string& key, const std::string& outer, int depth) {
    if (depth > kMostDepth || !Take('[')) return false;
    if (Take(']')) return true;
    do {
      if (!Value(key, outer, depth)) return false;
    } while (Take(','));
    return Take(']');
  }

  bool Value(const std::string& key, const std::string& outer, int depth) {
    if (Peek('{')) return Object(key, depth + 1);
    if (Peek('[')) return Array(key, outer, depth + 1);
    if (!Peek('"')) return Word("null") || Word("true") || Word("false") || Number();
    JsonString string{key, outer, {}};
    if (!String(&string.restored)) return false;
    strings_->push_back(std::move(string));
    return true;
  }

  bool Word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  size_t Digits() {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - begin;
  }

  // The command writes whole numbers, and amounts with digits behind a point; no exponents.
  bool Number() {
    Take('-');
    const size_t begin = at_;
    const size_t digits = Digits();
    if (digits == 0 || (digits > 1 && text_[begin] == '0')) return false;
    return !Take('.') || Digits() > 0;
  }

  bool String(std::string* restored) {
    if (!Take('"')) return false;
    while (!Take('"')) {
      if (at_ >= text_.size()) return false;
      if (text_[at_] == '\\' ? !Escape(restored) : !Plain(restored)) return false;
    }
    return true;
  }

  bool Plain(std::string* restored) {
    const auto c = CharacterAt(text_, at_);
    if (!c || IsDangerous(c->code)) return false;
    at_ += c->length;
    if (c->code >= 0xF780 && c->code <= 0xF7FF) {
      restored->push_back(static_cast<char>(c->code - 0xF700));
    } else {
      AppendUtf8(restored, c->code);
    }
    return true;
  }

  bool Escape(std::string* restored) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (at_ + 1 >= text_.size()) return false;
    const char letter = text_[at_ + 1];
    at_ += 2;
    if (const size_t which = kLetters.find(letter); which != kLetters.npos) {
      restored->push_back(kMeanings[which]);
      return true;
    }
    if (letter != 'u' || text_.size() - at_ < 4) return false;
    const auto code = Hexadecimal(text_.substr(at_, 4));
    // The command escapes nothing beyond the basic plane: half a pair is a mistake.
    if (!code || (*code >= 0xD800 && *code <= 0xDFFF)) return false;
    at_ += 4;
    AppendUtf8(restored, *code);
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<JsonString>* strings_;
};

}  // namespace

std::optional<Character> CharacterAt(std::string_view text, size_t at) {
  const auto first = static_cast<uint8_t>(text[at]);
  if (first < 0x80) return Character{first, 1};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC0 || first > 0xF7 || text.size() - at < length) return std::nullopt;
  uint32_t code = first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<uint8_t>(text[at + i]);
    if (next >> 6 != 2) return std::nullopt;
    code = code << 6 | (next & 0x3Fu);
  }
  // What has a shorter form, or is half a pair, or is no character at all, is not UTF-8.
  std::string shortest;
  AppendUtf8(&shortest, code);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (shortest.size() != length || surrogate || code > 0x10FFFF) return std::nullopt;
  return Character{code, length};
}

bool IsDangerous(uint32_t code) {
  const bool control = code < 0x20 || (code >= 0x7F && code <= 0x9F);
  const bool line_end = code == 0x2028 || code == 0x2029;
  const bool direction = code == 0x61C || code == 0x200E || code == 0x200F ||
                         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return control || line_end || direction;
}

bool ReadJsonLine(std::string_view text, std::vector<JsonString>* strings) {
  return JsonReader(text, strings).Line();
}

std::optional<std::string> ReadJsonString(std::string_view text) {
  std::string restored;
  std::vector<JsonString> none;
  if (!JsonReader(text, &none).OneString(&restored)) return std::nullopt;
  return restored;
}

}  // namespace sipward::fuzz
