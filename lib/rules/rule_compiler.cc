#include "rules/rule_compiler.h"

#include <algorithm>
#include <utility>

namespace sipward::rules {
namespace {

using facts::Type;

}  // namespace

RuleCompiler::RuleCompiler(Scope* scope, Program* program, NodeBuilder* nodes,
                           Diagnostics* diagnostics)
    : scope_(scope),
      program_(program),
      nodes_(nodes),
      diagnostics_(diagnostics),
      checker_(scope, &program->expressions, nodes, diagnostics) {}

void RuleCompiler::Compile(const RuleDef& rule, bool enforce_by_default) {
  ProgramRule compiled;
  compiled.late = IsLate(rule);
  checker_.EnterRule(rule.events, rule.name, compiled.late);
  if (rule.where) {
    compiled.where = checker_.Where(*rule.where);
    CheckTruth(rule, *rule.where, compiled.where);
  }
  for (const LetDef& let : rule.lets) checker_.Let(let);
  compiled.when = checker_.When(*rule.when);
  CheckTruth(rule, *rule.when, compiled.when);
  CheckShadowed(rule, compiled.where, compiled.when);
  GuardEmergency(rule, compiled.where, compiled.when);
  if (compiled.when != kNoNode) checker_.Assume(compiled.when);

  compiled.first_action = static_cast<uint32_t>(program_->actions.size());
  Actions(rule);
  compiled.action_count = static_cast<uint32_t>(program_->actions.size()) - compiled.first_action;
  for (const uint32_t aggregate : checker_.aggregates()) {
    if (compiled.value_count < compiled.values.size()) {
      compiled.values[compiled.value_count++] = aggregate;
    }
  }
  program_->infos.push_back(Info(rule, compiled, rule.enforce.value_or(enforce_by_default)));
  program_->rules.push_back(compiled);
  program_->rule_aggregates.push_back(checker_.aggregates());
  events_.push_back(rule.events);
  rules_.push_back(&rule);
}

// It names what the check of the identity finds, so that it waits for it.
bool RuleCompiler::IsLate(const RuleDef& rule) const {
  const auto names = [&](const ExprPtr& expr) { return expr && NamesIdentity(*expr, scope_); };
  return names(rule.where) || names(rule.when) ||
         std::any_of(rule.lets.begin(), rule.lets.end(),
                     [&](const LetDef& let) { return names(let.value); }) ||
         std::any_of(rule.actions.begin(), rule.actions.end(),
                     [&](const ActionDef& action) { return names(action.key); });
}

void RuleCompiler::CheckTruth(const RuleDef& rule, const Expr& expr, NodeId condition) {
  if (condition == kNoNode || !nodes_->IsConst(condition) || expr.kind == ExprKind::kBool) return;
  if (nodes_->ConstantOf(condition).i != 0) {
    diagnostics_->Warning("R302", expr.span, "this is always true");
  } else {
    diagnostics_->Warning("R301", expr.span,
                          "this is never true: rule '" + rule.name + "' cannot match");
  }
}

void RuleCompiler::CheckShadowed(const RuleDef& rule, NodeId where, NodeId when) {
  if (when == kNoNode) return;
  const auto [entry, added] = conditions_.try_emplace({rule.events, where, when}, &rule);
  if (added) return;
  diagnostics_->Warning(
      "R303", rule.span,
      "rule '" + rule.name + "' has the same condition as rule '" + entry->second->name + "'",
      "the other is at " + diagnostics_->Place(entry->second->span));
}

void RuleCompiler::Actions(const RuleDef& rule) {
  for (const ActionDef& action : rule.actions) {
    ProgramAction compiled;
    compiled.request.kind = action.kind;
    if (Action(action, &compiled)) program_->actions.push_back(compiled);
  }
}

bool RuleCompiler::Action(const ActionDef& action, ProgramAction* compiled) {
  constexpr int64_t kMostPoints = 1'000'000;
  constexpr int64_t kMostMessages = 1'000'000;
  ActionRequest& request = compiled->request;
  int64_t number = 0;
  switch (action.kind) {
    case ActionRequest::Kind::kScore:
      if (!Number(action, Type::kInt, -kMostPoints, kMostPoints, "the number of points", &number))
        return false;
      request.points = static_cast<int32_t>(number);
      return ActionKey(action, compiled);
    case ActionRequest::Kind::kReject:
      if (!Number(action, Type::kInt, 300, 699, "the status code of a refusal", &number))
        return false;
      request.code = static_cast<uint16_t>(number);
      return ActionText(action, compiled);
    case ActionRequest::Kind::kThrottle:
      if (!Number(action, Type::kInt, 1, kMostMessages, "a rate", &number)) return false;
      request.period = action.unit / number;
      request.burst = static_cast<uint32_t>(number);
      return true;
    case ActionRequest::Kind::kBan:
      if (!Number(action, Type::kDuration, kSecond, 366 * kDay, "the time of a ban", &number))
        return false;
      request.duration = number;
      return ActionKey(action, compiled);
    case ActionRequest::Kind::kTag:
      return ActionText(action, compiled);
    case ActionRequest::Kind::kAdd:
      if (!Number(action, Type::kDuration, kSecond, 366 * kDay, "the time of an entry", &number))
        return false;
      request.duration = number;
      return ActionList(action, compiled);
    case ActionRequest::Kind::kAlert:
    case ActionRequest::Kind::kDrop:
    case ActionRequest::Kind::kChallenge:
    case ActionRequest::Kind::kHold:
    case ActionRequest::Kind::kCapture:
      return true;
  }
  return false;
}

bool RuleCompiler::Number(const ActionDef& action, Type type, int64_t least, int64_t greatest,
                          std::string_view what, int64_t* number) {
  const NodeId id = checker_.ConstantOf(*action.amount, type, what);
  if (id == kNoNode) return false;
  *number = nodes_->ConstantOf(id).i;
  if (*number >= least && *number <= greatest) return true;
  const std::string range = type == Type::kDuration
                                ? "1s to 366d"
                                : std::to_string(least) + " to " + std::to_string(greatest);
  diagnostics_->Error("R411", action.amount->span, std::string(what) + " must be from " + range);
  return false;
}

bool RuleCompiler::ActionKey(const ActionDef& action, ProgramAction* compiled) {
  const NodeId key = checker_.Key(*action.key);
  if (key == kNoNode) return false;
  if (!IsKeyType(key)) {
    diagnostics_->Error("R214", action.key->span, "a key is an ip, a cidr or a string");
    return false;
  }
  if (action.kind == ActionRequest::Kind::kBan && !CanBeBanned(key)) {
    diagnostics_->Error(
        "R215", action.key->span,
        nodes_->IsConst(key)
            ? "a ban is on a party of the message, not on what stands in the rule"
            : "whoever sends the message chooses this key and would have others banned",
        "what can be banned is src.ip, src.net, src.host, dst.ip, dst.net, dst.host, client.host, "
        "account and trunk");
    return false;
  }
  compiled->key = key;
  return true;
}

// What is added to a list that is filled while the engine runs.
bool RuleCompiler::ActionList(const ActionDef& action, ProgramAction* compiled) {
  const auto list = checker_.FindListToFill(action.text, action.text_span);
  const NodeId key = checker_.Key(*action.key);
  if (!list || key == kNoNode) return false;
  const Type type = (*nodes_)[key].type;
  const DynamicList& dynamic = program_->expressions.dynamic_lists[*list];
  const bool fits = dynamic.kind == lists::Kind::kCidr
                        ? type == Type::kIp || type == Type::kCidr
                        : type == Type::kString || type == Type::kNumber;
  if (!fits) {
    diagnostics_->Error(
        "R203", action.key->span,
        std::string("this list takes ") +
            (dynamic.kind == lists::Kind::kCidr ? "addresses and networks" : "texts and numbers"));
    return false;
  }
  compiled->key = key;
  compiled->request.table = *list;  // of the lists, until it is known where their tables begin
  return true;
}

bool RuleCompiler::IsKeyType(NodeId key) const {
  const Node& node = (*nodes_)[key];
  if (node.op == Op::kCoalesce) return IsKeyType(node.a) && IsKeyType(node.b);
  return node.type == Type::kIp || node.type == Type::kCidr || node.type == Type::kString ||
         node.type == Type::kNumber;
}

// Addresses are the packet's, and the host vouches for accounts and trunks.
bool RuleCompiler::CanBeBanned(NodeId key) const {
  const Node& node = (*nodes_)[key];
  if (node.op == Op::kCoalesce) return CanBeBanned(node.a) && CanBeBanned(node.b);
  if (node.op == Op::kConditional) return CanBeBanned(node.b) && CanBeBanned(node.c);
  return node.op == Op::kField &&
         KeyKindOf(static_cast<facts::FieldId>(node.a), facts::EventKind::kRequest) !=
             ActionRequest::KeyKind::kOther;
}

// The text of a refusal goes into a status line, where a line end would begin a header.
bool RuleCompiler::ActionText(const ActionDef& action, ProgramAction* compiled) {
  constexpr size_t kLongestText = 128;
  const auto is_control = [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(action.text.begin(), action.text.end(), is_control)) {
    diagnostics_->Error("R412", action.text_span, "control characters cannot stand in this text");
    return false;
  }
  if (action.text.size() > kLongestText) {
    diagnostics_->Error("R404", action.text_span, "this text is longer than 128 bytes");
    return false;
  }
  compiled->request.text = program_->texts.emplace_back(action.text);
  return true;
}

void RuleCompiler::GuardEmergency(const RuleDef& rule, NodeId where, NodeId when) {
  if (!RequiresEmergency(where) && !RequiresEmergency(when)) return;
  for (const ActionDef& action : rule.actions) {
    if (action.kind != ActionRequest::Kind::kReject && action.kind != ActionRequest::Kind::kDrop &&
        action.kind != ActionRequest::Kind::kThrottle &&
        action.kind != ActionRequest::Kind::kChallenge &&
        action.kind != ActionRequest::Kind::kHold) {
      continue;
    }
    diagnostics_->Error("R410", action.span, "emergency calls are never refused",
                        "use alert, tag or score");
  }
}

bool RuleCompiler::RequiresEmergency(NodeId condition) const {
  const Node& node = (*nodes_)[condition];
  if (node.op == Op::kAnd) return RequiresEmergency(node.a) || RequiresEmergency(node.b);
  if (node.op == Op::kCompareInt && node.relation == Relation::kEqual) {
    return nodes_->IsConst(node.b) && nodes_->ConstantOf(node.b).i != 0 &&
           RequiresEmergency(node.a);
  }
  return node.op == Op::kField && node.a == static_cast<uint32_t>(facts::FieldId::kEmergency);
}

RuleInfo RuleCompiler::Info(const RuleDef& rule, const ProgramRule& compiled, bool enforce) const {
  RuleInfo info;
  info.name = rule.name;
  info.file = diagnostics_->Name(rule.span.file);
  info.line = diagnostics_->Line(rule.span);
  info.severity = rule.severity;
  info.why = rule.why;
  info.ref = rule.ref;
  info.enforce = enforce;
  info.weak_evidence_suffices = rule.weak_evidence_suffices.value_or(false);
  for (const ActionDef& action : rule.actions) {
    if (!info.actions.empty()) info.actions += ", ";
    info.actions += diagnostics_->OneLine(action.span);
  }
  const Expressions& x = program_->expressions;
  uint64_t cost = uint64_t{x.cost[compiled.where]} + x.cost[compiled.when];
  for (const uint32_t index : checker_.aggregates()) cost += AggregateCost(x, x.aggregates[index]);
  info.worst_ns = static_cast<uint32_t>(std::min<uint64_t>(cost, UINT32_MAX));
  info.late = compiled.late;
  info.aggregates = static_cast<uint32_t>(checker_.aggregates().size());
  return info;
}

}  // namespace sipward::rules
