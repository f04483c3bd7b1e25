// From tokens to statements.
#ifndef SIPWARD_RULES_PARSER_H_
#define SIPWARD_RULES_PARSER_H_

#include <optional>
#include <string>
#include <string_view>

#include "rules/ast.h"
#include "rules/diagnostics.h"
#include "rules/lexer.h"

namespace sipward::rules {

// Parses one source. After an error it goes on at the next statement, so that several errors show.
class Parser {
 public:
  Parser(uint32_t file, const Options& options, Diagnostics* diagnostics);
  FileAst Parse();

 private:
  // Statements (parser.cc)
  void Statement();
  bool Version();
  bool NameStatement(bool constant, std::vector<NameDef>* names);
  bool List(std::vector<ListDef>* lists);
  bool ListContents(ListDef* list);
  bool Entry(ListDef* list);
  bool Columns(ListDef* list);
  bool Mode(bool* enforce);
  void Recover();

  // Statements about other files and about sites (parser_site.cc)
  bool Import();
  bool Override();
  bool Profile();
  bool ProfileClause(ProfileDef* profile);

  // Tests (parser_test.cc)
  bool Test();
  bool Given(TestDef* test);
  bool GivenFacts(TestDef::Given* given);
  bool GivenOptions(TestDef::Given* given);
  bool Number(std::string_view what, TokenKind kind, std::optional<Token>* number);
  bool Expected(TestDef* test);
  bool ExpectedThing(TestDef::Expected* expected);
  bool ExpectedPlace(TestDef::Expected* expected);

  // Rules (parser_rule.cc)
  bool Rule();
  bool RuleBody(RuleDef* rule, uint32_t* seen);
  bool Clause(RuleDef* rule, uint32_t* seen);
  bool Once(uint32_t bit, uint32_t* seen, const Token& keyword);
  std::string ClauseHint(const RuleDef& rule) const;
  bool Meta(RuleDef* rule);
  bool Evidence(RuleDef* rule);
  bool On(RuleDef* rule);
  bool Event(facts::EventSet* events);
  bool Let(RuleDef* rule);
  bool Then(RuleDef* rule);
  bool Action(RuleDef* rule);
  bool ActionOperands(std::string_view keyword, ActionDef* action);
  // 8/s
  bool Rate(ExprPtr* count, Nanos* unit);

  // Expressions (parser_expression.cc). Null after an error.
  ExprPtr Expression();
  ExprPtr Choice(ExprPtr condition);
  // Operators of this strength and above.
  ExprPtr Operators(int weakest);
  int StrengthHere() const;
  ExprPtr Operation(int strength, size_t length, ExprPtr left);
  ExprPtr Chained(ExprKind kind, size_t length, ExprPtr chain);
  ExprPtr Not();
  ExprPtr Comparison(ExprPtr left);
  ExprPtr Membership(ExprPtr left);
  ExprPtr Coalesce(ExprPtr left);
  ExprPtr Arithmetic(int strength, size_t length, ExprPtr left);
  [[gnu::noinline]] ExprPtr NoValue(std::string_view what, std::string_view hint);
  [[gnu::noinline]] ExprPtr NotChained();
  [[gnu::noinline]] ExprPtr NoAggregate(const Token& name);
  [[gnu::noinline]] ExprPtr Refuse(const Span& span, std::string_view why);
  ExprPtr Unary();
  ExprPtr Primary();
  ExprPtr Literal(ExprKind kind);
  ExprPtr Parenthesis();
  ExprPtr NameOrCall();
  ExprPtr Call(const Token& name);
  ExprPtr Lookup(const Token& name);
  ExprPtr Member(ExprPtr value);
  ExprPtr Set();
  // parser_aggregate.cc
  ExprPtr Aggregate(const Token& name, const AggregateShape& shape);
  bool AggregateSubject(AggregateShape::Subject subject, AggregateExpr* aggregate);
  bool AggregateSpan(AggregateShape::Period period, AggregateExpr* aggregate);
  bool AggregateOptions(const AggregateShape& shape, AggregateExpr* aggregate);

  // Tokens
  void Advance();
  bool At(TokenKind kind) const { return token_.kind == kind; }
  bool AtWord(std::string_view word) const { return At(TokenKind::kName) && token_.text == word; }
  bool Accept(TokenKind kind);
  bool AcceptWord(std::string_view word);
  bool Expect(TokenKind kind, std::string_view what);
  bool ExpectWord(std::string_view word, std::string hint = "");
  bool ExpectName(std::string_view what, bool dots, std::string* name, Span* span);
  // Reports what stands here instead of `what`; always false.
  bool Unexpected(std::string_view what, std::string hint = "");
  bool Fail(std::string_view code, const Span& span, std::string message, std::string hint = "");

  // One level of nesting; false (and reported) when it is one too many.
  class Level;

  uint32_t file_;
  const Options& options_;
  Diagnostics* diagnostics_;
  Lexer lexer_;
  Token token_;
  Span last_;  // of the token before token_
  uint32_t depth_ = 0;
  FileAst ast_;
};

class Parser::Level {
 public:
  explicit Level(Parser* parser) : parser_(parser) { ++parser_->depth_; }
  ~Level() { --parser_->depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  bool TooDeep() const;

 private:
  Parser* parser_;
};

// Words that cannot name anything, because they end or join expressions.
bool IsReserved(std::string_view word);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_PARSER_H_
