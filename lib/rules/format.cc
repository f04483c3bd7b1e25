// The one way in which rule texts are laid out.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "rules/lexer.h"
#include "rules/parser.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

constexpr size_t kIndent = 2;

template <size_t kSize>
bool IsOneOf(std::string_view word, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words behind which a parenthesis opens a group and not the arguments of a function; has and max
// are functions as well.
bool IsOperatorWord(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "of", "within", "half_life", "ban",  "score", "add",
      "to", "const",  "define",    "list", "value", "import"};
  const bool is_function = word == "has" || word == "max";
  return IsOneOf(word, kWords) || (IsReserved(word) && !is_function);
}

// Words that begin a line of their own in a block: what does not begin with one goes on.
bool BeginsClause(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "version", "import", "const",  "define",   "list",  "mode",  "profile", "override",
      "rule",    "test",   "meta",   "evidence", "on",    "let",   "when",    "then",
      "for",     "off",    "report", "enforce",  "given", "expect"};
  return IsOneOf(word, kWords);
}

bool IsBinary(TokenKind kind) {
  switch (kind) {
    case TokenKind::kQuestion:
    case TokenKind::kCoalesce:
    case TokenKind::kAssign:
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
      return true;
    default:
      return false;
  }
}

// What stands between two tokens.
struct Gap {
  size_t breaks = 0;          // of lines
  std::string_view trailing;  // a comment behind the token before
  struct Comment {
    std::string_view text;
    bool after_empty_line = false;
  };
  std::vector<Comment> comments;  // on lines of their own
  bool empty_line = false;        // before the token behind
};

Gap ReadGap(std::string_view text) {
  Gap gap;
  size_t breaks_since = 0;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '#') {
      const size_t end = std::min(text.find('\n', at), text.size());
      std::string_view comment = text.substr(at, end - at);
      while (comment.back() == ' ' || comment.back() == '\t' || comment.back() == '\r') {
        comment.remove_suffix(1);
      }
      if (gap.breaks == 0 && gap.trailing.empty()) {
        gap.trailing = comment;
      } else {
        gap.comments.push_back({comment, breaks_since > 1});
      }
      breaks_since = 0;
      at = end;
      continue;
    }
    if (text[at] == '\n') {
      ++gap.breaks;
      ++breaks_since;
    }
    ++at;
  }
  gap.empty_line = breaks_since > 1;
  return gap;
}

class Formatter {
 public:
  Formatter(std::string_view text, uint32_t file, Diagnostics* diagnostics)
      : text_(text), lexer_(file, diagnostics) {}

  std::string Run() {
    for (;;) {
      const Token token = lexer_.Next();
      if (token.kind == TokenKind::kError) bad_ = true;
      const bool end = token.kind == TokenKind::kEnd;
      const size_t begin = end ? text_.size() : token.span.offset;
      Break(ReadGap(text_.substr(behind_, begin - behind_)), token);
      if (end) break;
      Write(token);
      behind_ = token.span.end();
      before_ = last_;
      last_ = token;
    }
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    return std::move(out_);
  }
  bool bad() const { return bad_; }

 private:
  bool at_start() const { return out_.empty() || out_.back() == '\n'; }

  void Break(const Gap& gap, const Token& next) {
    const bool closes = next.kind == TokenKind::kCloseBrace;
    if (!gap.trailing.empty()) {
      if (!at_start()) out_ += "  ";
      out_ += gap.trailing;
    }
    if (gap.breaks == 0 && gap.trailing.empty()) return;
    const bool end = next.kind == TokenKind::kEnd;
    if (!at_start()) out_ += '\n';
    for (const Gap::Comment& comment : gap.comments) {
      if (comment.after_empty_line) EmptyLine();
      Indent(IndentOf(next, closes && gap.comments.size() > 0));
      out_ += comment.text;
      out_ += '\n';
    }
    if (gap.empty_line && !end && !closes) EmptyLine();
  }

  void EmptyLine() {
    const bool opens =
        last_.kind == TokenKind::kOpenBrace && out_.size() >= 2 && out_[out_.size() - 2] == '{';
    if (!out_.empty() && !opens && out_.substr(std::max<size_t>(out_.size(), 2) - 2) != "\n\n") {
      out_ += '\n';
    }
  }

  // `inside`: of a comment, which stands in the block that the token closes.
  size_t IndentOf(const Token& token, bool inside = false) const {
    size_t depth = blocks_;
    if (token.kind == TokenKind::kCloseBrace && !inside && depth > 0) --depth;
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kCloseBrace || begins_) {
      return depth * kIndent;
    }
    const bool clause = groups_ == 0 && token.kind == TokenKind::kName && BeginsClause(token.text);
    const bool pair = (in_meta_ || in_facts_) && groups_ == 0;
    return (depth + (clause || pair ? 0 : 1)) * kIndent;
  }

  void Indent(size_t columns) { out_.append(columns, ' '); }

  void Write(const Token& token) {
    if (at_start()) {
      Indent(IndentOf(token));
    } else {
      Space(token);
    }
    out_ += token.text;
    Follow(token);
  }

  void Space(const Token& token) {
    if (last_.kind == TokenKind::kDot) return;
    if (in_meta_ && pair_done_) {
      out_ += token.kind == TokenKind::kCloseBrace ? " " : "  ";
    } else if (NeedsSpace(token)) {
      out_ += BeginsFact(token) ? "  " : " ";
    }
  }

  // The field behind a value, in what a test gives.
  bool BeginsFact(const Token& token) const {
    const bool is_name = token.kind == TokenKind::kName && !IsReserved(token.text);
    if (!in_facts_ || groups_ > 0 || !is_name) return false;
    if (last_.kind == TokenKind::kName) {
      return last_.text == "true" || last_.text == "false" || !IsReserved(last_.text);
    }
    return last_.kind != TokenKind::kOpenBrace && !IsBinary(last_.kind);
  }

  bool NeedsSpace(const Token& token) const {
    switch (last_.kind) {
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
        return false;
      case TokenKind::kColon:
        return !narrow_colon_;
      case TokenKind::kMinus:
        if (unary_) return false;
        break;
      case TokenKind::kSlash:
        if (per_) return false;
        break;
      default:
        break;
    }
    switch (token.kind) {
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
      case TokenKind::kComma:
        return false;
      case TokenKind::kDot:
        return last_.kind != TokenKind::kCloseBracket && last_.kind != TokenKind::kCloseParen;
      case TokenKind::kColon:
        return !IsNarrow();
      case TokenKind::kSlash:
        return !IsPer();
      case TokenKind::kOpenParen:
        return last_.kind != TokenKind::kName || IsOperatorWord(last_.text);
      case TokenKind::kOpenBracket:
        return last_.kind != TokenKind::kName || is_list_ || IsOperatorWord(last_.text);
      default:
        return true;
    }
  }

  // risk:float and "881": 1.5, but `list name : kind` and `a ? b : c`.
  bool IsNarrow() const { return choices_ == 0 && (values_ || last_.kind == TokenKind::kString); }
  // 8/s behind throttle or rate.
  bool IsPer() const {
    return last_.kind == TokenKind::kInt && before_.kind == TokenKind::kName &&
           (before_.text == "throttle" || before_.text == "rate");
  }

  // What the token means for those behind it.
  void Follow(const Token& token) {
    begins_ = false;
    switch (token.kind) {
      case TokenKind::kOpenBrace:
        in_meta_ = last_.kind == TokenKind::kName && last_.text == "meta";
        pair_done_ = false;
        key_ = true;
        is_list_ = false;
        in_facts_ = is_test_ && blocks_ == 1;
        ++blocks_;
        return;
      case TokenKind::kCloseBrace:
        if (blocks_ > 0) --blocks_;
        in_meta_ = in_facts_ = false;
        begins_ = blocks_ == 0;
        groups_ = choices_ = 0;
        return;
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
        ++groups_;
        break;
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
        if (groups_ > 0) --groups_;
        break;
      case TokenKind::kQuestion:
        ++choices_;
        break;
      case TokenKind::kColon:
        narrow_colon_ = choices_ == 0 && values_;
        if (choices_ > 0) --choices_;
        break;
      case TokenKind::kMinus:
        unary_ = last_.kind == TokenKind::kEnd || IsBinary(last_.kind) ||
                 last_.kind == TokenKind::kOpenParen || last_.kind == TokenKind::kOpenBracket ||
                 last_.kind == TokenKind::kComma || last_.kind == TokenKind::kColon ||
                 (last_.kind == TokenKind::kName && IsOperatorWord(last_.text));
        break;
      case TokenKind::kSlash:
        per_ = IsPer();
        break;
      case TokenKind::kName:
        if (blocks_ == 0 && groups_ == 0 && BeginsClause(token.text)) {
          is_list_ = token.text == "list";
          is_test_ = token.text == "test";
          values_ = false;
          choices_ = 0;
        }
        if (is_list_ && groups_ == 0 && token.text == "value") values_ = true;
        break;
      default:
        break;
    }
    if (in_meta_) pair_done_ = !std::exchange(key_, !key_);
  }

  std::string_view text_;
  Lexer lexer_;
  std::string out_;
  bool bad_ = false;
  size_t behind_ = 0;  // the last token
  Token last_, before_;
  size_t blocks_ = 0, groups_ = 0, choices_ = 0;
  bool begins_ = true;  // a statement
  bool in_meta_ = false, key_ = false, pair_done_ = false;
  bool is_test_ = false, in_facts_ = false;
  bool is_list_ = false, values_ = false;
  bool unary_ = false, per_ = false, narrow_colon_ = false;
};

}  // namespace

std::optional<std::string> Format(std::string_view text) {
  size_t bad = 0;
  if (!IsCleanText(text, &bad)) return std::nullopt;
  Diagnostics diagnostics(1);
  const uint32_t file = diagnostics.AddSource("", text);
  Formatter formatter(text, file, &diagnostics);
  std::string out = formatter.Run();
  if (formatter.bad()) return std::nullopt;
  return out;
}

}  // namespace sipward::rules
