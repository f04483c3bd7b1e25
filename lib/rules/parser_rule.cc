#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "rules/parser.h"

namespace sipward::rules {
namespace {

enum : uint32_t { kMeta = 1, kMode = 2, kEvidence = 4, kOn = 8, kWhen = 16, kThen = 32 };

constexpr std::array<std::string_view, 7> kClauses = {"meta", "mode", "evidence", "on",
                                                      "let",  "when", "then"};
// In the order of ActionRequest::Kind.
constexpr std::array<std::string_view, 11> kActions = {"score", "tag",      "alert", "reject",
                                                       "drop",  "throttle", "ban",   "challenge",
                                                       "hold",  "capture",  "add"};
constexpr std::array<std::string_view, 5> kSeverities = {"info", "low", "medium", "high",
                                                         "critical"};

}  // namespace

bool Parser::Rule() {
  RuleDef rule;
  if (!ExpectName("the name of the rule", true, &rule.name, &rule.span)) return false;
  uint32_t seen = 0;
  if (!RuleBody(&rule, &seen)) return false;
  const std::pair<uint32_t, const char*> mandatory[] = {
      {kOn, "on"}, {kWhen, "when"}, {kThen, "then"}};
  bool complete = true;
  for (const auto& [bit, clause] : mandatory) {
    if ((seen & bit) != 0) continue;
    complete = Fail("R110", rule.span, "rule '" + rule.name + "' has no '" + clause + "'");
  }
  if (complete) ast_.rules.push_back(std::move(rule));
  return true;
}

bool Parser::RuleBody(RuleDef* rule, uint32_t* seen) {
  if (!Expect(TokenKind::kOpenBrace, "'{'")) return false;
  while (!Accept(TokenKind::kCloseBrace)) {
    if (!Clause(rule, seen)) return false;
  }
  return true;
}

bool Parser::Once(uint32_t bit, uint32_t* seen, const Token& keyword) {
  if ((*seen & bit) != 0) {
    return Fail("R109", keyword.span, "a rule has '" + std::string(keyword.text) + "' once");
  }
  *seen |= bit;
  return true;
}

bool Parser::Clause(RuleDef* rule, uint32_t* seen) {
  const Token keyword = token_;
  if (AcceptWord("meta")) return Once(kMeta, seen, keyword) && Meta(rule);
  if (AcceptWord("mode")) {
    bool enforce = true;
    if (!Once(kMode, seen, keyword) || !Mode(&enforce)) return false;
    rule->enforce = enforce;
    return true;
  }
  if (AcceptWord("evidence")) return Once(kEvidence, seen, keyword) && Evidence(rule);
  if (AcceptWord("on")) return Once(kOn, seen, keyword) && On(rule);
  if (AcceptWord("let")) return Let(rule);
  if (AcceptWord("when")) {
    if (!Once(kWhen, seen, keyword)) return false;
    rule->when = Expression();
    return rule->when != nullptr;
  }
  if (AcceptWord("then")) return Once(kThen, seen, keyword) && Then(rule);
  return Unexpected("a clause of the rule or '}'", ClauseHint(*rule));
}

std::string Parser::ClauseHint(const RuleDef& rule) const {
  const bool word = At(TokenKind::kName);
  if (At(TokenKind::kEnd) || (word && token_.first_on_line && token_.text == "rule")) {
    return "rule '" + rule.name + "' at line " + std::to_string(diagnostics_->Line(rule.span)) +
           " is not closed";
  }
  if (AtWord("where")) return "'where' stands directly behind the events of 'on'";
  if (word && std::find(kActions.begin(), kActions.end(), token_.text) != kActions.end()) {
    return "actions stand behind 'then', with commas between them";
  }
  const std::string meant = word ? DidYouMean(token_.text, kClauses) : "";
  return meant.empty() ? "clauses are meta, mode, evidence, on, let, when and then" : meant;
}

bool Parser::Meta(RuleDef* rule) {
  rule->has_meta = true;
  if (!Expect(TokenKind::kOpenBrace, "'{'")) return false;
  while (!Accept(TokenKind::kCloseBrace)) {
    if (!At(TokenKind::kName)) return Unexpected("a key or '}'");
    const Token key = token_;
    Advance();
    if (!At(TokenKind::kName) && !At(TokenKind::kString)) return Unexpected("a word or a text");
    const std::string value = At(TokenKind::kString) ? token_.value : std::string(token_.text);
    if (key.text == "severity") {
      if (std::find(kSeverities.begin(), kSeverities.end(), value) == kSeverities.end()) {
        return Fail("R114", token_.span, "severity '" + value + "' is not known",
                    "severities are info, low, medium, high and critical");
      }
      rule->severity = value;
    } else if (key.text == "why") {
      rule->why = value;
    } else if (key.text == "ref") {
      rule->ref = value;
    }
    Advance();
  }
  return true;
}

bool Parser::Evidence(RuleDef* rule) {
  if (!AtWord("strong") && !AtWord("any")) {
    if (!At(TokenKind::kName)) return Unexpected("'strong' or 'any'");
    return Fail("R114", token_.span, "evidence '" + std::string(token_.text) + "' is not known",
                "evidence is strong or any");
  }
  rule->weak_evidence_suffices = token_.text == "any";
  Advance();
  return true;
}

bool Parser::On(RuleDef* rule) {
  do {
    if (!Event(&rule->events)) return false;
  } while (Accept(TokenKind::kComma));
  if (!AcceptWord("where")) return true;
  rule->where = Expression();
  return rule->where != nullptr;
}

bool Parser::Event(facts::EventSet* events) {
  if (!At(TokenKind::kName) || IsReserved(token_.text)) return Unexpected("an event");
  const auto event = facts::FindEvent(token_.text);
  if (!event) {
    std::vector<std::string_view> known;
    for (size_t i = 0; i < facts::kEventKinds; ++i) {
      known.push_back(facts::EventName(static_cast<facts::EventKind>(i)));
    }
    const std::string hint = DidYouMean(token_.text, known);
    return Fail("R112", token_.span, "event '" + std::string(token_.text) + "' is not known",
                hint.empty() ? "events are request, response, auth, register, call_start, "
                               "call_answer, call_end, media_change, cdr and tick"
                             : hint);
  }
  *events = static_cast<facts::EventSet>(*events | facts::SetOf(*event));
  Advance();
  return true;
}

bool Parser::Let(RuleDef* rule) {
  LetDef let;
  if (!ExpectName("a name", false, &let.name, &let.span)) return false;
  if (!Expect(TokenKind::kAssign, "'='")) return false;
  let.value = Expression();
  if (!let.value) return false;
  rule->lets.push_back(std::move(let));
  return true;
}

bool Parser::Then(RuleDef* rule) {
  do {
    if (!Action(rule)) return false;
  } while (Accept(TokenKind::kComma));
  return true;
}

bool Parser::Action(RuleDef* rule) {
  if (!At(TokenKind::kName)) return Unexpected("an action");
  const Token keyword = token_;
  const auto found = std::find(kActions.begin(), kActions.end(), keyword.text);
  if (found == kActions.end()) {
    const std::string hint = DidYouMean(keyword.text, kActions);
    return Fail("R111", keyword.span, "action '" + std::string(keyword.text) + "' is not known",
                hint.empty()
                    ? "actions are score, tag, alert, capture, reject, drop, throttle, challenge, "
                      "hold, ban and add"
                    : hint);
  }
  Advance();
  ActionDef action;
  action.kind = static_cast<ActionRequest::Kind>(found - kActions.begin());
  if (!ActionOperands(keyword.text, &action)) return false;
  action.span = keyword.span.To(last_);
  rule->actions.push_back(std::move(action));
  return true;
}

bool Parser::ActionOperands(std::string_view keyword, ActionDef* action) {
  if (keyword == "score") {
    action->amount = Expression();
    if (!action->amount || !ExpectWord("on")) return false;
    action->key = Expression();
    return action->key != nullptr;
  }
  if (keyword == "ban") {
    action->key = Expression();
    if (!action->key || !ExpectWord("for")) return false;
    action->amount = Expression();
    return action->amount != nullptr;
  }
  if (keyword == "add") {
    action->key = Expression();
    if (!action->key || !ExpectWord("to")) return false;
    if (!ExpectName("the name of a list", false, &action->text, &action->text_span) ||
        !ExpectWord("for")) {
      return false;
    }
    action->amount = Expression();
    return action->amount != nullptr;
  }
  if (keyword == "throttle") return Rate(&action->amount, &action->unit);
  if (keyword == "reject") {
    if (!At(TokenKind::kInt)) return Unexpected("a SIP status code");
    action->amount = Literal(ExprKind::kInt);
  }
  if (keyword == "tag" && !At(TokenKind::kString)) return Unexpected("the tag as a text");
  if ((keyword == "tag" || keyword == "reject") && At(TokenKind::kString)) {
    action->text = token_.value;
    action->text_span = token_.span;
    Advance();
  }
  return true;
}

bool Parser::Rate(ExprPtr* count, Nanos* unit) {
  if (!At(TokenKind::kInt)) return Unexpected("a number of messages, as in 8/s");
  *count = Literal(ExprKind::kInt);
  if (!Expect(TokenKind::kSlash, "'/s' or '/m'")) return false;
  if (AcceptWord("s")) {
    *unit = kSecond;
  } else if (AcceptWord("m")) {
    *unit = kMinute;
  } else {
    return Unexpected("'s' or 'm'", "a rate is so many a second, 8/s, or a minute, 100/m");
  }
  return true;
}

}  // namespace sipward::rules
