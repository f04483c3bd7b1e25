#include "records/json_row.h"

#include <cstring>

#include "base/ascii.h"

namespace sipward::records {
namespace {

constexpr size_t kMostDepth = 32;

// Writes a code point as UTF-8.
size_t Encode(uint32_t code, char* to) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    to[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    to[0] = static_cast<char>(0xC0 | code >> 6);
    to[1] = tail(0);
    return 2;
  }
  if (code < 0x10000) {
    to[0] = static_cast<char>(0xE0 | code >> 12);
    to[1] = tail(6);
    to[2] = tail(0);
    return 3;
  }
  to[0] = static_cast<char>(0xF0 | code >> 18);
  to[1] = tail(12);
  to[2] = tail(6);
  to[3] = tail(0);
  return 4;
}

class JsonRow {
 public:
  JsonRow(std::string_view line, const Names& names, Scratch* scratch, Values* values)
      : at_(line.data()),
        end_(at_ + line.size()),
        names_(names),
        scratch_(*scratch),
        values_(*values) {}

  Reason Run() {
    Space();
    if (!Take('{')) return Reason::kJson;
    Space();
    if (!Take('}')) {
      do {
        const Reason reason = Member();
        if (reason != Reason::kNone) return reason;
        Space();
      } while (Take(','));
      if (!Take('}')) return Reason::kJson;
    }
    Space();
    return at_ == end_ ? Reason::kNone : Reason::kJson;
  }

 private:
  void Space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t')) ++at_;
  }
  bool Take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  // The bytes between the quotes of a string; *escaped: they hold a backslash.
  bool String(std::string_view* raw, bool* escaped) {
    if (!Take('"')) return false;
    const char* from = at_;
    *escaped = false;
    while (at_ < end_ && *at_ != '"') {
      if (static_cast<uint8_t>(*at_) < 0x20) return false;
      if (*at_ == '\\') {
        *escaped = true;
        if (++at_ == end_) return false;
      }
      ++at_;
    }
    *raw = {from, static_cast<size_t>(at_ - from)};
    return Take('"');
  }

  // Numbers and words; what they say is seen by who reads the value.
  bool Bare(std::string_view* raw) {
    const char* from = at_;
    while (at_ < end_ &&
           (IsDigit(*at_) || IsAlpha(*at_) || *at_ == '-' || *at_ == '+' || *at_ == '.')) {
      ++at_;
    }
    *raw = {from, static_cast<size_t>(at_ - from)};
    if (raw->empty()) return false;
    return IsDigit(raw->front()) || raw->front() == '-' || *raw == "true" || *raw == "false" ||
           *raw == "null";
  }

  static bool Hex4(const char* at, uint32_t* out) {
    *out = 0;
    for (int i = 0; i < 4; ++i) {
      const int value = HexValue(at[i]);
      if (value < 0) return false;
      *out = *out << 4 | static_cast<uint32_t>(value);
    }
    return true;
  }

  // A \u escape whose hexadecimal digits begin at `*at`; a pair of surrogates is one character.
  static bool Unicode(const char** at, const char* end, uint32_t* code) {
    if (end - *at < 4 || !Hex4(*at, code)) return false;
    *at += 4;
    if (*code < 0xD800 || *code > 0xDFFF) return true;
    uint32_t low = 0;
    if (*code > 0xDBFF || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' ||
        !Hex4(*at + 2, &low) || low < 0xDC00 || low > 0xDFFF) {
      return false;
    }
    *at += 6;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return true;
  }

  static bool Escape(const char** at, const char* end, char* to, size_t* size) {
    const char c = *(*at)++;
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (c == 'u') {
      uint32_t code = 0;
      if (!Unicode(at, end, &code)) return false;
      *size += Encode(code, to + *size);
      return true;
    }
    const size_t known = kNames.find(c);
    if (known == kNames.npos) return false;
    to[(*size)++] = kMeant[known];
    return true;
  }

  Reason Text(std::string_view raw, bool escaped, std::string_view* out) {
    if (raw.size() > kMostText) return Reason::kValueSize;
    *out = raw;
    if (!escaped) return Reason::kNone;
    char* to = scratch_.Room(raw.size());
    if (to == nullptr) return Reason::kValueSize;
    size_t size = 0;
    const char* end = raw.data() + raw.size();
    for (const char* at = raw.data(); at < end;) {
      if (*at != '\\') {
        to[size++] = *at++;
      } else if (++at, !Escape(&at, end, to, &size)) {
        return Reason::kJson;
      }
    }
    *out = scratch_.Take(size);
    return Reason::kNone;
  }

  // Skips an array or an object: brackets that match, and strings.
  bool Deeper() {
    char open[kMostDepth];
    size_t depth = 0;
    while (at_ < end_) {
      const char c = *at_;
      if (c == '"') {
        std::string_view raw;
        bool escaped = false;
        if (!String(&raw, &escaped)) return false;
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') {
        if (depth == kMostDepth) return false;
        open[depth++] = c;
      } else if (c == '}' || c == ']') {
        if (depth == 0 || open[depth - 1] != (c == '}' ? '{' : '[')) return false;
        if (--depth == 0) return true;
      }
    }
    return false;
  }

  Reason Member() {
    Space();
    std::string_view name;
    std::string_view raw;
    bool escaped = false;
    if (!String(&name, &escaped)) return Reason::kJson;
    Space();
    if (!Take(':')) return Reason::kJson;
    Space();
    if (at_ == end_) return Reason::kJson;
    if (*at_ == '{' || *at_ == '[') return Deeper() ? Reason::kNone : Reason::kJson;
    escaped = false;
    const bool quoted = *at_ == '"';
    if (quoted ? !String(&raw, &escaped) : !Bare(&raw)) return Reason::kJson;
    const auto column = names_.Find(name);
    if (!column || !values_[*column].empty()) return Reason::kNone;
    std::string_view text;
    const Reason reason = Text(raw, escaped, &text);
    if (reason == Reason::kNone) values_.Set(*column, text);
    return reason;
  }

  const char* at_;
  const char* const end_;
  const Names& names_;
  Scratch& scratch_;
  Values& values_;
};

}  // namespace

Reason ReadJsonRow(std::string_view line, const Names& names, Scratch* scratch, Values* values) {
  return JsonRow(line, names, scratch, values).Run();
}

}  // namespace sipward::records
