// The tokens of the rule language.
#ifndef SIPWARD_RULES_TOKEN_H_
#define SIPWARD_RULES_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace sipward::rules {

enum class TokenKind : uint8_t {
  kEnd,
  kError,  // reported by the lexer
  kName,   // with dots: src.ip
  kInt,
  kFloat,
  kDuration,
  kString,
  kOpenBrace,
  kCloseBrace,
  kOpenParen,
  kCloseParen,
  kOpenBracket,
  kCloseBracket,
  kComma,
  kColon,
  kDot,  // before a name, behind anything but a name
  kQuestion,
  kCoalesce,
  kAssign,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
};

// A place in a source text.
struct Span {
  uint32_t file = 0;
  uint32_t offset = 0;
  uint32_t length = 0;

  uint32_t end() const { return offset + length; }
  // From the beginning of this to the end of `last`.
  Span To(const Span& last) const { return {file, offset, last.end() - offset}; }
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool first_on_line = false;
  Span span;
  std::string_view text;  // as written
  std::string value;      // kString: unescaped
  int64_t number = 0;     // kInt; kDuration in nanoseconds; kFloat: its decimals
  double real = 0;        // kFloat
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TOKEN_H_
