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

// How strong operators are.
enum : int { kOr = 1, kAnd, kNot, kComparison, kIn, kCoalesce, kSum, kProduct };

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

BinaryOp ArithmeticOf(TokenKind token) {
  switch (token) {
    case TokenKind::kPlus:
      return BinaryOp::kAdd;
    case TokenKind::kMinus:
      return BinaryOp::kSubtract;
    case TokenKind::kStar:
      return BinaryOp::kMultiply;
    case TokenKind::kSlash:
      return BinaryOp::kDivide;
    default:
      return BinaryOp::kModulo;
  }
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
  ExprPtr expr = Operators(kOr);
  if (expr && At(TokenKind::kQuestion)) expr = Choice(std::move(expr));
  if (!expr || expr->height <= kMaxHeight) return expr;
  return Refuse(expr->span, "operators nest deeper than 128 levels");
}

ExprPtr Parser::Choice(ExprPtr condition) {
  Advance();
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

// One frame for all operators in a row, instead of one for every strength: the deepest text is
// read on a small stack.
ExprPtr Parser::Operators(int weakest) {
  // What is stronger than this has ended.
  int strongest = kProduct;
  ExprPtr left;
  if (weakest <= kNot && AtWord("not")) {
    left = Not();
    strongest = kAnd;
  } else {
    left = Unary();
  }
  size_t length = 0;
  while (left) {
    const int strength = StrengthHere();
    if (strength < weakest || strength > strongest) break;
    length = strength == strongest ? length + 1 : 1;
    left = Operation(strength, length, std::move(left));
    const bool repeats = strength != kComparison && strength != kIn && strength != kCoalesce;
    strongest = repeats ? strength : strength - 1;
  }
  if (left && weakest <= kComparison && strongest >= kComparison && At(TokenKind::kAssign)) {
    return NoValue("an operator", "equality is written '=='");
  }
  return left;
}

// How strong the operator is that stands here; 0: none does.
int Parser::StrengthHere() const {
  switch (token_.kind) {
    case TokenKind::kName:
      if (token_.text == "or") return kOr;
      if (token_.text == "and") return kAnd;
      return token_.text == "in" || token_.text == "not" ? kIn : 0;
    case TokenKind::kCoalesce:
      return kCoalesce;
    case TokenKind::kPlus:
    case TokenKind::kMinus:
      return kSum;
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
      return kProduct;
    default:
      return ComparisonOf(token_.kind) ? kComparison : 0;
  }
}

// `length`: which one in a row of equal strength this is.
ExprPtr Parser::Operation(int strength, size_t length, ExprPtr left) {
  switch (strength) {
    case kOr:
      return Chained(ExprKind::kOr, length, std::move(left));
    case kAnd:
      return Chained(ExprKind::kAnd, length, std::move(left));
    case kComparison:
      return Comparison(std::move(left));
    case kIn:
      return Membership(std::move(left));
    case kCoalesce:
      return Coalesce(std::move(left));
    default:
      return Arithmetic(strength, length, std::move(left));
  }
}

ExprPtr Parser::Chained(ExprKind kind, size_t length, ExprPtr chain) {
  Advance();
  ExprPtr next = Operators(kind == ExprKind::kOr ? kAnd : kNot);
  if (!next) return nullptr;
  if (length == 1) {
    ExprPtr whole = Make(kind, chain->span);
    whole->Adopt(std::move(chain));
    chain = std::move(whole);
  }
  chain->span = chain->span.To(next->span);
  chain->Adopt(std::move(next));
  return chain;
}

ExprPtr Parser::Not() {
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  const Span begin = token_.span;
  Advance();
  ExprPtr operand = Operators(kNot);
  if (!operand) return nullptr;
  ExprPtr expr = Make(ExprKind::kNot, begin.To(operand->span));
  expr->Adopt(std::move(operand));
  return expr;
}

ExprPtr Parser::Comparison(ExprPtr left) {
  const BinaryOp op = *ComparisonOf(token_.kind);
  Advance();
  ExprPtr right = Operators(kIn);
  if (!right) return nullptr;
  if (ComparisonOf(token_.kind)) return NotChained();
  return Join(ExprKind::kBinary, op, std::move(left), std::move(right));
}

ExprPtr Parser::Membership(ExprPtr left) {
  const bool negated = AcceptWord("not");
  if (!AtWord("in")) return NoValue("'in'", "");
  Advance();
  ExprPtr right = At(TokenKind::kOpenBracket) ? Set() : Operators(kCoalesce);
  if (!right) return nullptr;
  ExprPtr expr = Join(ExprKind::kIn, BinaryOp::kEqual, std::move(left), std::move(right));
  if (!negated) return expr;
  ExprPtr inverse = Make(ExprKind::kNot, expr->span);
  inverse->Adopt(std::move(expr));
  return inverse;
}

ExprPtr Parser::Coalesce(ExprPtr left) {
  Advance();
  const Level level(this);
  if (level.TooDeep()) return nullptr;
  ExprPtr right = Operators(kCoalesce);
  if (!right) return nullptr;
  return Join(ExprKind::kBinary, BinaryOp::kCoalesce, std::move(left), std::move(right));
}

ExprPtr Parser::Arithmetic(int strength, size_t length, ExprPtr left) {
  if (length > kMaxArithmeticChain) {
    return Refuse(token_.span, "more than 64 operators in a row");
  }
  const BinaryOp op = ArithmeticOf(token_.kind);
  Advance();
  ExprPtr right = strength == kSum ? Operators(kProduct) : Unary();
  if (!right) return nullptr;
  return Join(ExprKind::kBinary, op, std::move(left), std::move(right));
}

// What is said costs stack, which those who read on should not pay for at every level.
ExprPtr Parser::NoValue(std::string_view what, std::string_view hint) {
  Unexpected(what, std::string(hint));
  return nullptr;
}

ExprPtr Parser::NotChained() {
  Fail("R105", token_.span, "comparisons do not chain", "write 'a < b and b < c'");
  return nullptr;
}

ExprPtr Parser::NoAggregate(const Token& name) {
  Fail("R201", name.span, "aggregate '" + std::string(name.text) + "' is not known",
       DidYouMean(name.text, AggregateNames()));
  return nullptr;
}

ExprPtr Parser::Refuse(const Span& span, std::string_view why) {
  Fail("R401", span, std::string(why));
  return nullptr;
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
      return Member(Parenthesis());
    case TokenKind::kName:
      return Member(NameOrCall());
    case TokenKind::kOpenBracket:
      return NoValue("a value", "a set stands only behind 'in'");
    default:
      return NoValue("a value", "");
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

// What is behind `value`, a dot and a name; names themselves have dots in them.
ExprPtr Parser::Member(ExprPtr value) {
  if (!value || !Accept(TokenKind::kDot)) return value;
  if (!At(TokenKind::kName)) return NoValue("a name", "");
  ExprPtr member = Make(ExprKind::kMember, value->span.To(token_.span));
  member->text = token_.text;
  Advance();
  member->Adopt(std::move(value));
  return member;
}

// list[x] or list[x].column; of list[x].column.member the column ends at the dot.
ExprPtr Parser::Lookup(const Token& name) {
  ExprPtr lookup = Make(ExprKind::kLookup, name.span);
  lookup->text = name.text;
  Advance();
  ExprPtr value = Expression();
  if (!value || !Expect(TokenKind::kCloseBracket, "']'")) return nullptr;
  lookup->Adopt(std::move(value));
  if (Accept(TokenKind::kDot)) {
    ExprPtr column = Make(ExprKind::kName, token_.span);
    const std::string_view whole = token_.text;
    column->text = whole.substr(0, whole.find('.'));
    column->span.length = static_cast<uint32_t>(column->text.size());
    Advance();
    lookup->span = name.span.To(column->span);
    const std::string_view rest = whole.substr(column->text.size());
    lookup->Adopt(std::move(column));
    if (rest.empty()) return lookup;
    ExprPtr member = Make(ExprKind::kMember, name.span.To(last_));
    member->text = rest.substr(1);
    member->Adopt(std::move(lookup));
    return member;
  }
  lookup->span = name.span.To(last_);
  return lookup;
}

ExprPtr Parser::Call(const Token& name) {
  if (const AggregateShape* shape = FindAggregate(name.text)) return Aggregate(name, *shape);
  ExprPtr call = Make(ExprKind::kCall, name.span);
  call->text = name.text;
  Advance();
  if (AtWord("by")) return NoAggregate(name);
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
