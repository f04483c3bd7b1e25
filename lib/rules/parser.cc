#include "rules/parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sipward::rules {
namespace {

constexpr std::array<std::string_view, 10> kStatements = {
    "version", "import", "const", "define", "list", "mode", "profile", "override", "rule", "test"};

bool IsStatement(std::string_view word) {
  return std::find(kStatements.begin(), kStatements.end(), word) != kStatements.end();
}

}  // namespace

bool IsReserved(std::string_view word) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "and",   "or",  "not", "in",  "true", "false", "by",    "over", "if",
      "reset", "max", "on",  "for", "when", "then",  "where", "let",  "has"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

Parser::Parser(uint32_t file, const Options& options, Diagnostics* diagnostics)
    : file_(file), options_(options), diagnostics_(diagnostics), lexer_(file, diagnostics) {
  ast_.file = file;
}

FileAst Parser::Parse() {
  Advance();
  if (!Version()) Recover();
  while (!At(TokenKind::kEnd)) Statement();
  return std::move(ast_);
}

void Parser::Advance() {
  last_ = token_.span;
  token_ = lexer_.Next();
}

bool Parser::Accept(TokenKind kind) {
  if (!At(kind)) return false;
  Advance();
  return true;
}

bool Parser::AcceptWord(std::string_view word) {
  if (!AtWord(word)) return false;
  Advance();
  return true;
}

bool Parser::Expect(TokenKind kind, std::string_view what) {
  return Accept(kind) || Unexpected(what);
}

bool Parser::ExpectWord(std::string_view word, std::string hint) {
  return AcceptWord(word) || Unexpected("'" + std::string(word) + "'", std::move(hint));
}

bool Parser::ExpectName(std::string_view what, bool dots, std::string* name, Span* span) {
  if (!At(TokenKind::kName)) return Unexpected(what);
  if (IsReserved(token_.text)) {
    return Fail(
        "R213", token_.span,
        "'" + std::string(token_.text) + "' is a word of the language and cannot be a name");
  }
  const auto allowed = [&](char c) { return !(c >= 'A' && c <= 'Z') && (dots || c != '.'); };
  if (!std::all_of(token_.text.begin(), token_.text.end(), allowed)) {
    return Fail("R118", token_.span, "'" + std::string(token_.text) + "' is no name for this",
                dots ? "names are lower-case letters, digits and _, joined by dots"
                     : "names are lower-case letters, digits and _");
  }
  *name = token_.text;
  *span = token_.span;
  Advance();
  return true;
}

bool Parser::Unexpected(std::string_view what, std::string hint) {
  if (At(TokenKind::kError)) return false;
  if (At(TokenKind::kEnd)) {  // shown behind the last word, where something is missing
    return Fail("R105", {file_, last_.offset + last_.length, 1},
                "expected " + std::string(what) + ", found the end of the file", std::move(hint));
  }
  return Fail(
      "R105", token_.span,
      "expected " + std::string(what) + ", found '" + std::string(token_.text.substr(0, 40)) + "'",
      std::move(hint));
}

bool Parser::Fail(std::string_view code, const Span& span, std::string message, std::string hint) {
  diagnostics_->Error(code, span, std::move(message), std::move(hint));
  return false;
}

bool Parser::Level::TooDeep() const {
  if (parser_->depth_ <= parser_->options_.max_nesting) return false;
  parser_->Fail("R401", parser_->token_.span,
                "nested deeper than " + std::to_string(parser_->options_.max_nesting) + " levels");
  return true;
}

bool Parser::Version() {
  if (!AtWord("version")) {
    if (At(TokenKind::kError)) return false;
    Span place = token_.span;
    if (At(TokenKind::kEnd)) place.offset = 0;
    diagnostics_->Error("R107", place, "a rule file begins with 'version 1'");
    return At(TokenKind::kName) && IsStatement(token_.text);
  }
  Advance();
  if (!At(TokenKind::kInt)) return Unexpected("the number of the version, 1");
  if (token_.number != 1) {
    Fail("R107", token_.span, "version " + std::string(token_.text) + " is not known, only 1 is");
  }
  Advance();
  return true;
}

void Parser::Statement() {
  const Token first = token_;
  bool good = true;
  if (AcceptWord("const")) {
    good = NameStatement(true, &ast_.names);
  } else if (AcceptWord("define")) {
    good = NameStatement(false, &ast_.names);
  } else if (AcceptWord("list")) {
    good = List(&ast_.lists);
  } else if (AcceptWord("mode")) {
    good = Mode(&ast_.enforce);
  } else if (AcceptWord("rule")) {
    good = Rule();
  } else if (AcceptWord("import")) {
    good = Import();
  } else if (AcceptWord("override")) {
    good = Override();
  } else if (AcceptWord("profile")) {
    good = Profile();
  } else if (AcceptWord("test")) {
    good = Test();
  } else if (AtWord("version")) {
    good = Fail("R107", token_.span, "'version' stands once, at the beginning of the file");
    Advance();
  } else {
    good = false;
    const std::string_view before = diagnostics_->Text(last_);
    if (IsStatement(before)) {
      // `const a =`, and then `rule t`: what was taken for a name is none.
      Fail("R105", last_, "expected a value, found '" + std::string(before) + "'",
           "what stands before it is not complete");
    } else if (At(TokenKind::kName)) {
      Fail("R108", token_.span, "statement '" + std::string(token_.text) + "' is not known",
           DidYouMean(token_.text, kStatements));
    } else {
      Unexpected(
          "a statement",
          "statements are import, const, define, list, mode, profile, override, rule and test");
    }
    Advance();
  }
  if (!good) Recover();
}

void Parser::Recover() {
  while (!At(TokenKind::kEnd)) {
    // 'mode' begins a clause of rules too; there it is indented.
    const bool at_margin =
        token_.span.offset == 0 || diagnostics_->Text(file_)[token_.span.offset - 1] == '\n';
    if (At(TokenKind::kName) && token_.first_on_line && IsStatement(token_.text) &&
        (token_.text != "mode" || at_margin)) {
      return;
    }
    Advance();
  }
}

bool Parser::NameStatement(bool constant, std::vector<NameDef>* names) {
  NameDef def;
  def.constant = constant;
  if (!ExpectName("a name", false, &def.name, &def.span)) return false;
  if (!Expect(TokenKind::kAssign, "'='")) return false;
  def.value = Expression();
  if (!def.value) return false;
  names->push_back(std::move(def));
  return true;
}

bool Parser::Mode(bool* enforce) {
  if (!AtWord("report") && !AtWord("enforce")) {
    if (!At(TokenKind::kName)) return Unexpected("'report' or 'enforce'");
    return Fail("R114", token_.span, "mode '" + std::string(token_.text) + "' is not known",
                "modes are report and enforce");
  }
  *enforce = token_.text == "enforce";
  Advance();
  return true;
}

bool Parser::List(std::vector<ListDef>* lists) {
  ListDef list;
  if (!ExpectName("the name of the list", false, &list.name, &list.span)) return false;
  if (!Expect(TokenKind::kColon, "':' and a kind")) return false;
  if (!At(TokenKind::kName)) return Unexpected("a kind of list");
  const auto kind = lists::FindKind(token_.text);
  if (!kind) {
    return Fail("R113", token_.span, "kind of list '" + std::string(token_.text) + "' is not known",
                "kinds are cidr, prefix, domain, exact and pattern");
  }
  list.kind = *kind;
  Advance();
  list.nocase = AcceptWord("nocase");
  if (!ListContents(&list)) return false;
  if (AcceptWord("nocase")) list.nocase = true;
  if (AcceptWord("value") && !Columns(&list)) return false;
  lists->push_back(std::move(list));
  return true;
}

bool Parser::ListContents(ListDef* list) {
  if (AcceptWord("file")) {
    if (!At(TokenKind::kString)) return Unexpected("the path of the file as a text");
    list->from_file = true;
    list->path = token_.value;
    list->path_span = token_.span;
    Advance();
    return true;
  }
  if (AcceptWord("dynamic")) {
    list->dynamic = true;
    if (!AcceptWord("max")) return true;
    list->capacity = Expression();
    return list->capacity != nullptr;
  }
  if (!Expect(TokenKind::kOpenBracket, "'file', 'dynamic' or '['")) return false;
  while (!At(TokenKind::kCloseBracket)) {
    if (!Entry(list) || !Accept(TokenKind::kComma)) break;
  }
  return Expect(TokenKind::kCloseBracket, "',' or ']'");
}

// "881", or "881": 1.5, or "881": (1.5, "far")
bool Parser::Entry(ListDef* list) {
  if (!At(TokenKind::kString)) return Unexpected("an entry as a text, or ']'");
  EntryDef& entry = list->entries.emplace_back();
  entry.text = token_.value;
  entry.span = token_.span;
  Advance();
  if (!Accept(TokenKind::kColon)) return true;
  ExprPtr value = Expression();
  if (!value) return false;
  if (value->kind == ExprKind::kTuple) {
    entry.values = std::move(value->children);
  } else {
    entry.values.push_back(std::move(value));
  }
  return true;
}

// risk:float, owner:string
bool Parser::Columns(ListDef* list) {
  do {
    ColumnDef column;
    if (!ExpectName("the name of the value", false, &column.name, &column.span)) return false;
    if (!Expect(TokenKind::kColon, "':' and a type")) return false;
    if (!At(TokenKind::kName)) return Unexpected("a type");
    const auto type = facts::FindType(token_.text);
    const bool usable = type && *type <= facts::Type::kNumber && *type != facts::Type::kTime;
    if (!usable) {
      return Fail("R120", token_.span,
                  "type '" + std::string(token_.text) + "' is not known for values of lists",
                  "types are bool, int, float, string, duration, ip, cidr, money and number");
    }
    column.type = *type;
    Advance();
    list->columns.push_back(std::move(column));
  } while (Accept(TokenKind::kComma));
  return true;
}

}  // namespace sipward::rules
