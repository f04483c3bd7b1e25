// Cuts a rule text into tokens, one at a time.
#ifndef SIPWARD_RULES_LEXER_H_
#define SIPWARD_RULES_LEXER_H_

#include "base/time.h"
#include "rules/diagnostics.h"
#include "rules/token.h"

namespace sipward::rules {

// Literals longer than this are refused.
inline constexpr size_t kMaxLiteral = 4096;

class Lexer {
 public:
  Lexer(uint32_t file, Diagnostics* diagnostics);
  // kEnd again and again at the end. Errors are reported here and come out as kError.
  Token Next();

 private:
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool SkipSpace();
  Token Finish(TokenKind kind, size_t begin) const;
  Token Fail(std::string_view code, size_t begin, std::string message, std::string hint = "");
  Token Name(size_t begin);
  Token Number(size_t begin);
  Token Hexadecimal(size_t begin);
  Token Duration(size_t begin, int64_t count, std::string_view unit);
  Token String(size_t begin);
  bool Escape(std::string* value);
  Token Punctuation(size_t begin);
  Token Unknown(size_t begin);

  uint32_t file_;
  Diagnostics* diagnostics_;
  std::string_view text_;
  size_t at_ = 0;
};

// The unit of a duration: ms, s, m, h or d; 0 if it is none.
Nanos UnitOf(std::string_view unit);

// True if the text is UTF-8 without NUL; else *offset is the first byte that is not.
bool IsCleanText(std::string_view text, size_t* offset);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_LEXER_H_
