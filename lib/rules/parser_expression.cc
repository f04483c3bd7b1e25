// Operators from weak to strong: ?: or and not, comparison, in, ??, + -, * / %, unary -.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "rules/parser.h"

namespace sipward::rules {
namespace {

// Operators of one level that may follow one another without parentheses; longer chains are trees
// too deep to walk.
constexpr size_t kMaxArithmeticChain = 64;

// Levels of a tree.
constexpr uint32_t kMaxHeight = 128;

struct Operator {
  TokenKind token;
  BinaryOp op;
};
constexpr Operator kComparisons[] = {
    {TokenKind::kEqual, BinaryOp::kEqual},     {TokenKind::kNotEqual, BinaryOp::kNotEqual},
    {TokenKind::kLess, BinaryOp::kLess},       {TokenKind::kLessEqual, BinaryOp::kLessEqual},
    {TokenKind::kGreater, BinaryOp::kGreater}, {TokenKind::kGreaterEqual, BinaryOp::kGreaterEqual},
};

std::optional<BinaryOp> ComparisonOf(TokenKind token) {
  for (const Operator& entry : kComparisons) {
    if (entry.token == token) return entry.op;
  }
  return std::nullopt;
}

ExprPtr Make(ExprKind kind, const Span& span) {
  auto expr = std::make_unique<Expr>();
  expr->kind = kind;
  expr->span = span;
  return expr;
}

ExprPtr Join(ExprKind kind, BinaryOp op, ExprPtr left, ExprPtr right) {
  ExprPtr expr = Make(kind, left->span.To(right->span));
  expr->op = op;
  expr->Adopt(std::move(left));
  expr->Adopt(std::move(right));
  return expr;
}

}  // namespace

std::string_view BinaryOpText(BinaryOp op) {
  static constexpr std::array<std::string_view, 12> kTexts = {
      "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "??"};
  return kTexts[static_cast<size_t>(op)];
}

// Chains of operators nest as well, without a level of the text: the tree is measured, as whoever
// walks it, even to free it, goes as deep.
ExprPtr Parser::Expression() {
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  ExprPtr expr = Choice();
  if (!expr || expr->height <= kMaxHeight) return expr;
  Fail("R401", expr->span, "operators nest deeper than 128 levels");
  return nullptr;
}

ExprPtr Parser::Choice() {
  ExprPtr condition = Chain(ExprKind::kOr);
  if (!condition || !Accept(TokenKind::kQuestion)) return condition;
  ExprPtr yes = Expression();
  if (!yes || !Expect(TokenKind::kColon, "':'")) return nullptr;
  ExprPtr no = Expression();
  if (!no) return nullptr;
  ExprPtr expr = Make(ExprKind::kConditional, condition->span.To(no->span));
  expr->Adopt(std::move(condition));
  expr->Adopt(std::move(yes));
  expr->Adopt(std::move(no));
  return expr;
}

ExprPtr Parser::Chain(ExprKind kind) {
  const bool is_or = kind == ExprKind::kOr;
  ExprPtr chain = is_or ? Chain(ExprKind::kAnd) : Not();
  if (!chain) return nullptr;
  bool alone = true;
  while (AcceptWord(is_or ? "or" : "and")) {
    ExprPtr next = is_or ? Chain(ExprKind::kAnd) : Not();
    if (!next) return nullptr;
    if (std::exchange(alone, false)) {
      ExprPtr whole = Make(kind, chain->span);
      whole->Adopt(std::move(chain));
      chain = std::move(whole);
    }
    chain->span = chain->span.To(next->span);
    chain->Adopt(std::move(next));
  }
  return chain;
}

ExprPtr Parser::Not() {
  if (!AtWord("not")) return Comparison();
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  const Span begin = token_.span;
  Advance();
  ExprPtr operand = Not();
  if (!operand) return nullptr;
  ExprPtr expr = Make(ExprKind::kNot, begin.To(operand->span));
  expr->Adopt(std::move(operand));
  return expr;
}

ExprPtr Parser::Comparison() {
  ExprPtr left = Membership();
  if (!left) return nullptr;
  const auto op = ComparisonOf(token_.kind);
  if (!op) {
    if (At(TokenKind::kAssign)) {
      Unexpected("an operator", "equality is written '=='");
      return nullptr;
    }
    return left;
  }
  Advance();
  ExprPtr right = Membership();
  if (!right) return nullptr;
  if (ComparisonOf(token_.kind)) {
    Fail("R105", token_.span, "comparisons do not chain", "write 'a < b and b < c'");
    return nullptr;
  }
  return Join(ExprKind::kBinary, *op, std::move(left), std::move(right));
}

ExprPtr Parser::Membership() {
  ExprPtr left = Coalesce();
  if (!left) return nullptr;
  const bool negated = AtWord("not");
  const Span begin = left->span;
  if (negated) {
    Advance();
    if (!AtWord("in")) {
      Unexpected("'in'");
      return nullptr;
    }
  }
  if (!AcceptWord("in")) return left;
  ExprPtr right = At(TokenKind::kOpenBracket) ? Set() : Coalesce();
  if (!right) return nullptr;
  ExprPtr expr = Join(ExprKind::kIn, BinaryOp::kEqual, std::move(left), std::move(right));
  if (!negated) return expr;
  ExprPtr inverse = Make(ExprKind::kNot, begin.To(expr->span));
  inverse->Adopt(std::move(expr));
  return inverse;
}

ExprPtr Parser::Coalesce() {
  ExprPtr left = Additive();
  if (!left || !Accept(TokenKind::kCoalesce)) return left;
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  ExprPtr right = Coalesce();
  if (!right) return nullptr;
  return Join(ExprKind::kBinary, BinaryOp::kCoalesce, std::move(left), std::move(right));
}

ExprPtr Parser::Additive() {
  ExprPtr left = Multiplicative();
  size_t length = 0;
  while (left && (At(TokenKind::kPlus) || At(TokenKind::kMinus))) {
    if (++length > kMaxArithmeticChain) {
      Fail("R401", token_.span, "more than 64 operators in a row");
      return nullptr;
    }
    const BinaryOp op = At(TokenKind::kPlus) ? BinaryOp::kAdd : BinaryOp::kSubtract;
    Advance();
    ExprPtr right = Multiplicative();
    if (!right) return nullptr;
    left = Join(ExprKind::kBinary, op, std::move(left), std::move(right));
  }
  return left;
}

ExprPtr Parser::Multiplicative() {
  ExprPtr left = Unary();
  size_t length = 0;
  while (left && (At(TokenKind::kStar) || At(TokenKind::kSlash) || At(TokenKind::kPercent))) {
    if (++length > kMaxArithmeticChain) {
      Fail("R401", token_.span, "more than 64 operators in a row");
      return nullptr;
    }
    const BinaryOp op = At(TokenKind::kStar)    ? BinaryOp::kMultiply
                        : At(TokenKind::kSlash) ? BinaryOp::kDivide
                                                : BinaryOp::kModulo;
    Advance();
    ExprPtr right = Unary();
    if (!right) return nullptr;
    left = Join(ExprKind::kBinary, op, std::move(left), std::move(right));
  }
  return left;
}

ExprPtr Parser::Unary() {
  if (!At(TokenKind::kMinus)) return Primary();
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  const Span begin = token_.span;
  Advance();
  ExprPtr operand = Unary();
  if (!operand) return nullptr;
  ExprPtr expr = Make(ExprKind::kNegate, begin.To(operand->span));
  expr->Adopt(std::move(operand));
  return expr;
}

ExprPtr Parser::Primary() {
  switch (token_.kind) {
    case TokenKind::kInt:
      return Literal(ExprKind::kInt);
    case TokenKind::kFloat:
      return Literal(ExprKind::kFloat);
    case TokenKind::kDuration:
      return Literal(ExprKind::kDuration);
    case TokenKind::kString:
      return Literal(ExprKind::kString);
    case TokenKind::kOpenParen:
      return Parenthesis();
    case TokenKind::kName:
      return NameOrCall();
    case TokenKind::kOpenBracket:
      Unexpected("a value", "a set stands only behind 'in'");
      return nullptr;
    default:
      Unexpected("a value");
      return nullptr;
  }
}

ExprPtr Parser::Literal(ExprKind kind) {
  ExprPtr expr = Make(kind, token_.span);
  expr->number = token_.number;
  expr->real = token_.real;
  expr->text = std::move(token_.value);
  Advance();
  return expr;
}

ExprPtr Parser::Parenthesis() {
  const Span begin = token_.span;
  Advance();
  ExprPtr first = Expression();
  if (!first) return nullptr;
  if (Accept(TokenKind::kCloseParen)) return first;
  ExprPtr tuple = Make(ExprKind::kTuple, begin);
  tuple->Adopt(std::move(first));
  while (Accept(TokenKind::kComma)) {
    ExprPtr next = Expression();
    if (!next) return nullptr;
    tuple->Adopt(std::move(next));
  }
  if (!Expect(TokenKind::kCloseParen, "')'")) return nullptr;
  tuple->span = begin.To(last_);
  return tuple;
}

ExprPtr Parser::Set() {
  ExprPtr set = Make(ExprKind::kSet, token_.span);
  Advance();
  while (!At(TokenKind::kCloseBracket)) {
    ExprPtr element = Expression();
    if (!element) return nullptr;
    set->Adopt(std::move(element));
    if (!Accept(TokenKind::kComma)) break;
  }
  if (!Expect(TokenKind::kCloseBracket, "',' or ']'")) return nullptr;
  set->span = set->span.To(last_);
  return set;
}

ExprPtr Parser::NameOrCall() {
  const Token name = token_;
  // `max` is an aggregate as well as a part of aggregates.
  if (IsReserved(name.text) && name.text != "true" && name.text != "false" && name.text != "has" &&
      name.text != "max") {
    Unexpected("a value");
    return nullptr;
  }
  Advance();
  if (name.text == "max" && !At(TokenKind::kOpenParen)) {
    Fail("R105", name.span, "expected a value, found 'max'");
    return nullptr;
  }
  if (name.text == "true" || name.text == "false") {
    ExprPtr expr = Make(ExprKind::kBool, name.span);
    expr->number = name.text == "true" ? 1 : 0;
    return expr;
  }
  if (At(TokenKind::kOpenParen)) return Call(name);
  if (At(TokenKind::kOpenBracket)) return Lookup(name);
  ExprPtr expr = Make(ExprKind::kName, name.span);
  expr->text = name.text;
  return expr;
}

// list[x] or list[x].column
ExprPtr Parser::Lookup(const Token& name) {
  ExprPtr lookup = Make(ExprKind::kLookup, name.span);
  lookup->text = name.text;
  Advance();
  ExprPtr value = Expression();
  if (!value || !Expect(TokenKind::kCloseBracket, "']'")) return nullptr;
  lookup->Adopt(std::move(value));
  if (Accept(TokenKind::kDot)) {
    ExprPtr column = Make(ExprKind::kName, token_.span);
    column->text = token_.text;
    Advance();
    lookup->Adopt(std::move(column));
  }
  lookup->span = name.span.To(last_);
  return lookup;
}

ExprPtr Parser::Call(const Token& name) {
  if (const AggregateShape* shape = FindAggregate(name.text)) return Aggregate(name, *shape);
  ExprPtr call = Make(ExprKind::kCall, name.span);
  call->text = name.text;
  Advance();
  if (AtWord("by")) {
    Fail("R201", name.span, "aggregate '" + std::string(name.text) + "' is not known",
         DidYouMean(name.text, AggregateNames()));
    return nullptr;
  }
  while (!At(TokenKind::kCloseParen)) {
    ExprPtr argument = Expression();
    if (!argument) return nullptr;
    call->Adopt(std::move(argument));
    if (!Accept(TokenKind::kComma)) break;
  }
  if (!Expect(TokenKind::kCloseParen, "',' or ')'")) return nullptr;
  call->span = name.span.To(last_);
  return call;
}

}  // namespace sipward::rules
