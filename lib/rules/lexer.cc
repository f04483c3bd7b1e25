#include "rules/lexer.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/ascii.h"
#include "base/time.h"
#include "base/utf8.h"

namespace sipward::rules {
namespace {

constexpr char kTooLarge[] = "number out of range";
constexpr char kLargest[] = "the largest whole number is 9223372036854775807";

bool IsNameStart(char c) { return IsAlpha(c) || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

// Length of the character at the front, 0 if it is none. A NUL is none: no text has one.
size_t CharacterLength(std::string_view text) {
  return text.front() == '\0' ? 0 : Utf8Length(text);
}

}  // namespace

Nanos UnitOf(std::string_view unit) {
  return unit == "ms"  ? kMillisecond
         : unit == "s" ? kSecond
         : unit == "m" ? kMinute
         : unit == "h" ? kHour
         : unit == "d" ? kDay
                       : 0;
}

bool IsCleanText(std::string_view text, size_t* offset) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = CharacterLength(text.substr(at));
    if (length == 0) {
      *offset = at;
      return false;
    }
    at += length;
  }
  return true;
}

Lexer::Lexer(uint32_t file, Diagnostics* diagnostics)
    : file_(file), diagnostics_(diagnostics), text_(diagnostics->Text(file)) {
  if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;  // byte order mark
}

Token Lexer::Next() {
  const bool new_line = SkipSpace() || at_ == 0;
  const size_t begin = at_;
  Token token;
  if (at_ >= text_.size()) {
    token = Finish(TokenKind::kEnd, begin);
  } else if (IsNameStart(Peek())) {
    token = Name(begin);
  } else if (IsDigit(Peek())) {
    token = Number(begin);
  } else if (Peek() == '"') {
    token = String(begin);
  } else {
    token = Punctuation(begin);
  }
  token.first_on_line = new_line;
  return token;
}

// White space and comments; true if a line ended in it.
bool Lexer::SkipSpace() {
  bool new_line = false;
  while (at_ < text_.size()) {
    const char c = Peek();
    if (c == '#') {
      while (at_ < text_.size() && Peek() != '\n') ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      new_line |= c == '\n';
      ++at_;
    } else {
      break;
    }
  }
  return new_line;
}

Token Lexer::Finish(TokenKind kind, size_t begin) const {
  Token token;
  token.kind = kind;
  token.span = {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(at_ - begin)};
  token.text = text_.substr(begin, at_ - begin);
  return token;
}

Token Lexer::Fail(std::string_view code, size_t begin, std::string message, std::string hint) {
  Token token = Finish(TokenKind::kError, begin);
  diagnostics_->Error(code, token.span, std::move(message), std::move(hint));
  return token;
}

Token Lexer::Name(size_t begin) {
  while (IsNamePart(Peek()) || (Peek() == '.' && IsNameStart(Peek(1)))) ++at_;
  if (at_ - begin > kMaxLiteral) return Fail("R404", begin, "a name is longer than 4096 bytes");
  return Finish(TokenKind::kName, begin);
}

Token Lexer::Number(size_t begin) {
  if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X')) return Hexadecimal(begin);
  while (IsDigit(Peek())) ++at_;
  const size_t digits_end = at_;
  const bool real = Peek() == '.' && IsDigit(Peek(1));
  if (real) {
    ++at_;
    while (IsDigit(Peek())) ++at_;
  }
  const size_t number_end = at_;
  while (IsNamePart(Peek()) || (Peek() == '.' && IsDigit(Peek(1)))) ++at_;
  if (real && number_end != at_) {
    return Fail("R104", begin, "malformed number",
                text_[number_end] == '.' ? "an address is written in quotes: \"192.0.2.1\""
                                         : "a duration is a whole number and a unit: 1500ms");
  }
  if (real) {
    Token token = Finish(TokenKind::kFloat, begin);
    const auto [end, error] =
        std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.real);
    if (error != std::errc()) return Fail("R104", begin, kTooLarge);
    token.number = static_cast<int64_t>(number_end - digits_end - 1);
    return token;
  }
  int64_t count = 0;
  const auto [end, error] = std::from_chars(text_.data() + begin, text_.data() + digits_end, count);
  if (error != std::errc()) return Fail("R104", begin, kTooLarge, kLargest);
  if (at_ != digits_end) return Duration(begin, count, text_.substr(digits_end, at_ - digits_end));
  Token token = Finish(TokenKind::kInt, begin);
  token.number = count;
  return token;
}

Token Lexer::Hexadecimal(size_t begin) {
  at_ += 2;
  const size_t digits = at_;
  while (IsNamePart(Peek())) ++at_;
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text_.data() + digits, text_.data() + at_, number, 16);
  if (error == std::errc::result_out_of_range) return Fail("R104", begin, kTooLarge, kLargest);
  if (error != std::errc() || end != text_.data() + at_) {
    return Fail("R104", begin, "malformed hexadecimal number");
  }
  Token token = Finish(TokenKind::kInt, begin);
  token.number = number;
  return token;
}

Token Lexer::Duration(size_t begin, int64_t count, std::string_view unit) {
  const Nanos nanos = UnitOf(unit);
  if (nanos == 0) {
    return Fail("R104", begin, "malformed number",
                std::any_of(unit.begin(), unit.end(), IsDigit)
                    ? "a duration is one whole number and one unit: 90m"
                    : "units of a duration are ms, s, m, h and d");
  }
  if (count > std::numeric_limits<int64_t>::max() / nanos) {
    return Fail("R104", begin, "duration out of range");
  }
  Token token = Finish(TokenKind::kDuration, begin);
  token.number = count * nanos;
  return token;
}

Token Lexer::String(size_t begin) {
  ++at_;
  std::string value;
  bool good_escapes = true;
  while (Peek() != '"') {
    if (at_ >= text_.size() || Peek() == '\n') {
      return Fail("R102", begin, "this text is not closed", "texts end with \" on the same line");
    }
    if (Peek() == '\\') {
      good_escapes &= Escape(&value);
    } else {
      value += text_[at_++];
    }
  }
  ++at_;
  if (!good_escapes) return Finish(TokenKind::kError, begin);
  if (value.size() > kMaxLiteral) return Fail("R404", begin, "a text is longer than 4096 bytes");
  Token token = Finish(TokenKind::kString, begin);
  token.value = std::move(value);
  return token;
}

bool Lexer::Escape(std::string* value) {
  const size_t begin = at_++;
  const char c = Peek();
  if (c == 'x' && HexValue(Peek(1)) >= 0 && HexValue(Peek(2)) >= 0) {
    *value += static_cast<char>(HexValue(Peek(1)) * 16 + HexValue(Peek(2)));
    at_ += 3;
    return true;
  }
  constexpr std::string_view kLetters = "\"\\nrt";
  constexpr std::string_view kMeanings = "\"\\\n\r\t";
  const size_t index = c == '\0' ? std::string_view::npos : kLetters.find(c);
  if (index == std::string_view::npos) {
    if (at_ < text_.size() && c != '\n' && c != '"') ++at_;
    Fail("R103", begin, "unknown escape",
         "known are \\\" \\\\ \\n \\r \\t and \\xNN; a backslash itself is \\\\");
    return false;
  }
  *value += kMeanings[index];
  ++at_;
  return true;
}

Token Lexer::Punctuation(size_t begin) {
  struct Entry {
    std::string_view text;
    TokenKind kind;
  };
  static constexpr Entry kEntries[] = {
      {"??", TokenKind::kCoalesce},     {"==", TokenKind::kEqual},
      {"!=", TokenKind::kNotEqual},     {"<=", TokenKind::kLessEqual},
      {">=", TokenKind::kGreaterEqual}, {"{", TokenKind::kOpenBrace},
      {"}", TokenKind::kCloseBrace},    {"(", TokenKind::kOpenParen},
      {")", TokenKind::kCloseParen},    {"[", TokenKind::kOpenBracket},
      {"]", TokenKind::kCloseBracket},  {",", TokenKind::kComma},
      {":", TokenKind::kColon},         {"?", TokenKind::kQuestion},
      {"=", TokenKind::kAssign},        {"<", TokenKind::kLess},
      {">", TokenKind::kGreater},       {"+", TokenKind::kPlus},
      {"-", TokenKind::kMinus},         {"*", TokenKind::kStar},
      {"/", TokenKind::kSlash},         {"%", TokenKind::kPercent},
  };
  for (const Entry& entry : kEntries) {
    if (text_.substr(at_, entry.text.size()) != entry.text) continue;
    at_ += entry.text.size();
    return Finish(entry.kind, begin);
  }
  if (Peek() == '.' && IsNameStart(Peek(1))) {
    ++at_;
    return Finish(TokenKind::kDot, begin);
  }
  return Unknown(begin);
}

Token Lexer::Unknown(size_t begin) {
  const char c = text_[begin];
  at_ += std::max<size_t>(1, CharacterLength(text_.substr(at_)));
  if ((c == '&' || c == '|') && Peek() == c) ++at_;
  const std::string_view what = text_.substr(begin, at_ - begin);
  const bool quote = c == '\'' || c == '`' || what == "\u201c" || what == "\u201d" ||
                     what == "\u201e" || what == "\u2018" || what == "\u2019";
  const bool space = what == "\u00a0" || what == "\u200b" || what == "\u2009";
  const std::string_view hint =
      quote                              ? "texts stand in double quotes: \"text\""
      : c == '&' || c == '|' || c == '!' ? "logical operators are 'and', 'or' and 'not'"
      : c == ';'                         ? "nothing stands between statements but white space"
      : what == "\ufeff"                 ? "a byte order mark stands at the beginning alone"
      : space                            ? "a space of another sort: type an ordinary one"
      : what.size() > 1                  ? "outside of texts and comments there is only ASCII"
                                         : "";
  // Quotes of this sort come in pairs: one error for both.
  if (c == '\'') {
    const std::string_view rest = text_.substr(at_, text_.substr(at_).find('\n'));
    const size_t end = rest.find('\'');
    if (end != std::string_view::npos) at_ += end + 1;
  }
  return Fail("R101", begin, "unexpected character '" + std::string(what) + "'", std::string(hint));
}

}  // namespace sipward::rules
