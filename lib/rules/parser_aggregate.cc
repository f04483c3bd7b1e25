// rate(by keys over window ...), count and distinct.
#include <memory>
#include <string>
#include <utility>

#include "rules/parser.h"

namespace sipward::rules {

ExprPtr Parser::Aggregate(const Token& name, state::TableKind kind) {
  auto expr = std::make_unique<Expr>();
  expr->kind = ExprKind::kAggregate;
  expr->text = name.text;
  expr->aggregate = std::make_unique<AggregateExpr>();
  AggregateExpr& aggregate = *expr->aggregate;
  aggregate.kind = kind;
  Advance();
  if (kind == state::TableKind::kDistinct) {
    aggregate.item = Expression();
    if (!aggregate.item) return nullptr;
  }
  if (!ExpectWord("by")) return nullptr;
  aggregate.keys = Expression();
  if (!aggregate.keys || !ExpectWord("over")) return nullptr;
  aggregate.window = Expression();
  if (!aggregate.window || !AggregateOptions(&aggregate)) return nullptr;
  if (!Expect(TokenKind::kCloseParen, "'if', 'reset on', 'max' or ')'")) return nullptr;
  expr->span = name.span.To(last_);
  for (const ExprPtr* part : {&aggregate.item, &aggregate.keys, &aggregate.window,
                              &aggregate.condition, &aggregate.reset, &aggregate.capacity}) {
    if (*part) expr->Measure(**part);
  }
  return expr;
}

bool Parser::AggregateOptions(AggregateExpr* aggregate) {
  for (;;) {
    const Token keyword = token_;
    ExprPtr* target = nullptr;
    if (AcceptWord("if")) {
      target = &aggregate->condition;
    } else if (AcceptWord("max")) {
      target = &aggregate->capacity;
    } else if (AcceptWord("reset")) {
      if (!ExpectWord("on")) return false;
      if (aggregate->kind == state::TableKind::kRate) {
        return Fail("R119", keyword.span, "rate() has no 'reset on'", "count() has");
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
