// What ties files together and fits them to a site: import, override, profile.
#include <utility>

#include "rules/parser.h"

namespace sipward::rules {

bool Parser::Import() {
  ImportDef import;
  import.span = token_.span;
  if (AcceptWord("pack")) {
    import.pack = true;
  } else if (At(TokenKind::kString)) {
    import.path = token_.value;
    Advance();
  } else {
    return Unexpected("'pack' or the path of a rule file as a text");
  }
  ast_.imports.push_back(std::move(import));
  return true;
}

bool Parser::Override() {
  if (AcceptWord("const")) return NameStatement(true, &ast_.name_overrides);
  if (AcceptWord("list")) return List(&ast_.list_overrides);
  if (!AcceptWord("rule")) {
    return Unexpected("'const', 'list' or 'rule'", "these are what can be overridden");
  }
  RuleDef rule;
  uint32_t seen = 0;
  if (!ExpectName("the name of the rule", true, &rule.name, &rule.span) ||
      !RuleBody(&rule, &seen)) {
    return false;
  }
  if (rule.events != 0) {
    return Fail("R122", rule.span, "what a rule looks at, 'on', cannot be overridden",
                "write a rule of your own, and set this one to 'mode report'");
  }
  ast_.rule_overrides.push_back(std::move(rule));
  return true;
}

bool Parser::Profile() {
  ProfileDef profile;
  if (!ExpectName("the name of the profile", false, &profile.name, &profile.span)) return false;
  if (!Expect(TokenKind::kOpenBrace, "'{'")) return false;
  while (!Accept(TokenKind::kCloseBrace)) {
    if (!ProfileClause(&profile)) return false;
  }
  if (!profile.condition) {
    return Fail("R110", profile.span, "profile '" + profile.name + "' has no 'for'");
  }
  ast_.profiles.push_back(std::move(profile));
  return true;
}

bool Parser::ProfileClause(ProfileDef* profile) {
  const Token keyword = token_;
  const auto twice = [&] {
    return Fail("R109", keyword.span, "a profile has '" + std::string(keyword.text) + "' once");
  };
  if (AcceptWord("for")) {
    if (profile->condition) return twice();
    profile->condition = Expression();
    return profile->condition != nullptr;
  }
  if (AcceptWord("mode")) {
    bool enforce = true;
    if (profile->mode) return twice();
    if (!Mode(&enforce)) return false;
    profile->mode = enforce ? RuleMode::kEnforce : RuleMode::kReport;
    return true;
  }
  RuleMode mode = RuleMode::kEnforce;
  if (AcceptWord("report")) {
    mode = RuleMode::kReport;
  } else if (AcceptWord("off")) {
    mode = RuleMode::kOff;
  } else if (!AcceptWord("enforce")) {
    return Unexpected("a clause of the profile or '}'",
                      "clauses are for, mode, enforce, report and off");
  }
  do {
    ProfileDef::Choice choice;
    choice.mode = mode;
    if (!ExpectName("the name of a rule", true, &choice.rule, &choice.span)) return false;
    profile->choices.push_back(std::move(choice));
  } while (Accept(TokenKind::kComma));
  return true;
}

}  // namespace sipward::rules
