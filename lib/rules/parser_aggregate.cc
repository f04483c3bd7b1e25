// count(by keys over window ...) and its like: aggregate.cc says which has which parts.
#include <memory>
#include <string>
#include <utility>

#include "rules/parser.h"

namespace sipward::rules {

using Subject = AggregateShape::Subject;

namespace {

std::string Usage(const AggregateExpr& aggregate) {
  return "it is written " + std::string(ShapeOf(aggregate.kind).usage);
}

}  // namespace

ExprPtr Parser::Aggregate(const Token& name, const AggregateShape& shape) {
  auto expr = std::make_unique<Expr>();
  expr->kind = ExprKind::kAggregate;
  expr->text = name.text;
  expr->aggregate = std::make_unique<AggregateExpr>();
  AggregateExpr& aggregate = *expr->aggregate;
  aggregate.kind = shape.kind;
  Advance();
  if (!AggregateSubject(shape.subject, &aggregate) || !AggregateSpan(shape.period, &aggregate) ||
      !AggregateOptions(shape, &aggregate)) {
    return nullptr;
  }
  if (!Expect(TokenKind::kCloseParen, "'if', 'reset on', 'max' or ')'")) return nullptr;
  expr->span = name.span.To(last_);
  for (const ExprPtr* part :
       {&aggregate.item, &aggregate.of, &aggregate.keys, &aggregate.window, &aggregate.tokens,
        &aggregate.condition, &aggregate.reset, &aggregate.capacity}) {
    if (*part) expr->Measure(**part);
  }
  return expr;
}

bool Parser::AggregateSubject(Subject subject, AggregateExpr* aggregate) {
  const auto expression = [&](ExprPtr* part) {
    *part = Expression();
    return *part != nullptr;
  };
  switch (subject) {
    case Subject::kNothing:
      break;
    case Subject::kItem:
      if (AtWord("by")) return Unexpected("what is counted", Usage(*aggregate));
      if (!expression(&aggregate->item)) return false;
      break;
    case Subject::kShare:
      if (!expression(&aggregate->item) || !ExpectWord("of", Usage(*aggregate)) ||
          !expression(&aggregate->of)) {
        return false;
      }
      break;
    case Subject::kKey:
    case Subject::kEdge:
      return expression(&aggregate->keys);
    case Subject::kEvent:
      if (!Event(&aggregate->events)) return false;
      break;
    case Subject::kTokens:
      if (!ExpectWord("rate", Usage(*aggregate)) || !Rate(&aggregate->tokens, &aggregate->unit) ||
          !ExpectWord("burst", Usage(*aggregate)) || !expression(&aggregate->item)) {
        return false;
      }
      break;
  }
  return ExpectWord("by", Usage(*aggregate)) && expression(&aggregate->keys);
}

bool Parser::AggregateSpan(AggregateShape::Period period, AggregateExpr* aggregate) {
  using Period = AggregateShape::Period;
  if (period == Period::kNone) return true;
  const bool within = period == Period::kWithin || period == Period::kMayWithin;
  const std::string_view word = within                        ? "within"
                                : period == Period::kHalfLife ? "half_life"
                                                              : "over";
  if (!AcceptWord(word)) {
    return period == Period::kMayOver || period == Period::kMayWithin ||
           Unexpected("'" + std::string(word) + "'", Usage(*aggregate));
  }
  aggregate->window = Expression();
  return aggregate->window != nullptr;
}

bool Parser::AggregateOptions(const AggregateShape& shape, AggregateExpr* aggregate) {
  for (;;) {
    const Token keyword = token_;
    ExprPtr* target = nullptr;
    if (AcceptWord("if")) {
      target = &aggregate->condition;
    } else if (AcceptWord("max")) {
      target = &aggregate->capacity;
    } else if (AcceptWord("reset")) {
      if (!ExpectWord("on")) return false;
      if (!shape.reset) {
        return Fail("R119", keyword.span, std::string(shape.name) + "() has no 'reset on'",
                    shape.kind == AggregateKind::kRate ? "count() has" : "");
      }
      target = &aggregate->reset;
    } else {
      return true;
    }
    if (*target) {
      return Fail("R109", keyword.span, "'" + std::string(keyword.text) + "' stands twice");
    }
    *target = Expression();
    if (!*target) return false;
  }
}

}  // namespace sipward::rules
