// Tests: events that are given, and what is expected of them.
#include "rules/parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sipward::rules {
namespace {

constexpr std::string_view kActions =
    "actions are allow, flag, challenge, throttle, hold, reject and drop";

std::optional<Action> FindAction(std::string_view word) {
  for (auto action = Action::kAllow; action <= Action::kDrop;
       action = static_cast<Action>(static_cast<int>(action) + 1)) {
    if (ActionName(action) == word) return action;
  }
  return std::nullopt;
}

}  // namespace

bool Parser::Test() {
  TestDef test;
  test.span = token_.span;
  test.is_text = At(TokenKind::kString);
  if (test.is_text) {
    test.name = token_.value;
    Advance();
  } else if (!ExpectName("the name of a rule, or what is tested as a text", true, &test.name,
                         &test.span)) {
    return false;
  }
  if (!Expect(TokenKind::kOpenBrace, "'{'")) return false;
  while (!Accept(TokenKind::kCloseBrace)) {
    if (AcceptWord("given")) {
      if (!Given(&test)) return false;
    } else if (AcceptWord("expect")) {
      do {
        if (!Expected(&test)) return false;
      } while (Accept(TokenKind::kComma));
    } else {
      return Unexpected("'given', 'expect' or '}'");
    }
  }
  if (test.given.empty() || test.expected.empty()) {
    return Fail(
        "R110", test.span,
        "test '" + test.name + "' has no '" + (test.given.empty() ? "given" : "expect") + "'");
  }
  ast_.tests.push_back(std::move(test));
  return true;
}

// call_end { caller.number = "+4930123"  duration = 20s } repeat 25 every 2s
bool Parser::Given(TestDef* test) {
  TestDef::Given given;
  given.span = token_.span;
  facts::EventSet events = 0;
  if (!Event(&events)) return false;
  for (size_t i = 0; i < facts::kEventKinds; ++i) {
    const auto kind = static_cast<facts::EventKind>(i);
    if (events == facts::SetOf(kind)) given.kind = kind;
  }
  if (At(TokenKind::kString)) {
    given.from_file = true;
    given.path = token_.value;
    given.path_span = token_.span;
    Advance();
  } else if (Accept(TokenKind::kOpenBrace) && !GivenFacts(&given)) {
    return false;
  }
  if (!GivenOptions(&given)) return false;
  test->given.push_back(std::move(given));
  return true;
}

bool Parser::GivenFacts(TestDef::Given* given) {
  while (!Accept(TokenKind::kCloseBrace)) {
    TestDef::Fact fact;
    if (!At(TokenKind::kName)) return Unexpected("a field or '}'");
    fact.name = token_.text;
    fact.span = token_.span;
    Advance();
    if (!Expect(TokenKind::kAssign, "'='")) return false;
    fact.value = Expression();
    if (!fact.value) return false;
    given->facts.push_back(std::move(fact));
  }
  return true;
}

bool Parser::GivenOptions(TestDef::Given* given) {
  for (;;) {
    const Token word = token_;
    const auto twice = [&] {
      return Fail("R109", word.span, "events have '" + std::string(word.text) + "' once");
    };
    if (AcceptWord("proven")) {
      if (given->proven) return twice();
      given->proven = true;
    } else if (AcceptWord("repeat")) {
      if (given->repeat) return twice();
      if (given->from_file) {
        return Fail("R105", word.span, "the events of a file are not repeated");
      }
      if (!Number("how many times", TokenKind::kInt, &given->repeat)) return false;
    } else if (AcceptWord("every")) {
      if (given->every) return twice();
      if (!Number("a duration", TokenKind::kDuration, &given->every)) return false;
    } else if (AcceptWord("after")) {
      if (given->after) return twice();
      if (!Number("a duration", TokenKind::kDuration, &given->after)) return false;
    } else {
      return true;
    }
  }
}

bool Parser::Number(std::string_view what, TokenKind kind, std::optional<Token>* number) {
  if (!At(kind)) return Unexpected(what);
  *number = token_;
  Advance();
  return true;
}

// not tag "robocall" before event 25
bool Parser::Expected(TestDef* test) {
  TestDef::Expected expected;
  expected.span = token_.span;
  expected.expectation.negated = AcceptWord("not");
  if (!ExpectedThing(&expected) || !ExpectedPlace(&expected)) return false;
  expected.span = expected.span.To(last_);
  test->expected.push_back(std::move(expected));
  return true;
}

bool Parser::ExpectedThing(TestDef::Expected* expected) {
  using Kind = Expectation::Kind;
  Expectation& expectation = expected->expectation;
  if (AcceptWord("tag")) {
    expectation.kind = Kind::kTag;
    if (!At(TokenKind::kString)) return Unexpected("the tag as a text");
    expectation.text = token_.value;
    Advance();
    return true;
  }
  if (AcceptWord("alert")) return true;
  if (AcceptWord("rule")) {
    expectation.kind = Kind::kRule;
    return ExpectName("the name of a rule", true, &expectation.text, &expected->text_span);
  }
  const auto action = At(TokenKind::kName) ? FindAction(token_.text) : std::nullopt;
  if (!action) return Unexpected("an action, 'tag', 'alert' or 'rule'", std::string(kActions));
  expectation.kind = Kind::kAction;
  expectation.action = *action;
  Advance();
  return true;
}

bool Parser::ExpectedPlace(TestDef::Expected* expected) {
  using Place = Expectation::Place;
  Expectation& expectation = expected->expectation;
  if (AcceptWord("before")) {
    expectation.place = Place::kBefore;
  } else if (AcceptWord("at")) {
    expectation.place = Place::kAt;
  } else {
    return true;
  }
  if (!ExpectWord("event")) return false;
  std::optional<Token> number;
  if (!Number("the number of an event", TokenKind::kInt, &number)) return false;
  expected->event_span = number->span;
  const bool before = expectation.place == Place::kBefore;
  if (number->number < (before ? 2 : 1) || number->number > UINT32_MAX) {
    return Fail("R411", number->span,
                before ? "there is no event before this one" : "events are numbered from 1");
  }
  expectation.event = static_cast<uint32_t>(number->number);
  return true;
}

}  // namespace sipward::rules
