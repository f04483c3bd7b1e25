#include "tests/rules/oracle/oracle.h"

#include <algorithm>

namespace sipward::rules::oracle {
namespace {

bool TakesKey(ActionRequest::Kind kind) {
  return kind == ActionRequest::Kind::kScore || kind == ActionRequest::Kind::kBan ||
         kind == ActionRequest::Kind::kAdd;
}

bool NamesIdentity(const RuleOf& rule) {
  using oracle::NamesIdentity;
  return NamesIdentity(rule.where) || NamesIdentity(rule.when) ||
         std::any_of(rule.lets.begin(), rule.lets.end(),
                     [](const auto& let) { return NamesIdentity(let.second); }) ||
         std::any_of(rule.actions.begin(), rule.actions.end(),
                     [](const ActionOf& action) { return NamesIdentity(action.key); });
}

}  // namespace

bool NamesIdentity(const TreePtr& tree) {
  if (tree == nullptr) return false;
  if (tree->kind == Tree::Kind::kField && facts::IsOfIdentity(tree->field)) return true;
  if (std::any_of(tree->parts.begin(), tree->parts.end(),
                  [](const TreePtr& part) { return NamesIdentity(part); })) {
    return true;
  }
  if (tree->aggregate == nullptr) return false;
  const Agg& agg = *tree->aggregate;
  return NamesIdentity(agg.item) || NamesIdentity(agg.of) || NamesIdentity(agg.condition) ||
         NamesIdentity(agg.reset) ||
         std::any_of(agg.keys.begin(), agg.keys.end(),
                     [](const TreePtr& key) { return NamesIdentity(key); });
}

Oracle::Oracle(const FileOf& file)
    : file_(file), region_(state::Region::Create(uint64_t{64} << 20, {})) {
  for (const RuleOf& rule : file.rules) {
    for (const auto& [unused, value] : rule.lets) Collect(&rule, value);
    Collect(&rule, rule.when);
  }
}

void Oracle::Collect(const RuleOf* rule, const TreePtr& tree) {
  if (!tree->counts) return;
  for (const TreePtr& part : tree->parts) Collect(rule, part);
  if (tree->kind != Tree::Kind::kAggregate) return;
  const Agg& agg = *tree->aggregate;
  // One that stands in a define belongs to every rule apart; defines hold none here.
  if (!counts_.contains(&agg)) {
    counts_[&agg] = {rule, std::make_unique<Count>(agg, tree->type, region_.get())};
  }
}

Came Oracle::Run(const EventOf& event) {
  const Evaluation evaluation(file_, event, this);
  event_ = &event;
  evaluation_ = &evaluation;
  Take(evaluation, event);
  Came came;
  // Rules that name identity come behind all others.
  for (const bool second : {false, true}) {
    for (const RuleOf& rule : file_.rules) {
      if ((rule.events & facts::SetOf(event.kind)) == 0 || NamesIdentity(rule) != second) continue;
      const RuleMode mode = ModeOf(rule, evaluation, event);
      if (mode == RuleMode::kOff || !evaluation.Holds(rule.where) || !evaluation.Holds(rule.when)) {
        continue;
      }
      came.rules.push_back(rule.name);
      Act(rule, mode == RuleMode::kEnforce, evaluation, &came);
    }
  }
  for (const Addition& one : additions_) added_.Add(one.list, one.value, one.until);
  additions_.clear();
  if (came.rules.empty()) {
    for (auto& [unused, counted] : counts_) counted.count->Learn();
  }
  return came;
}

void Oracle::Take(const Evaluation& evaluation, const EventOf& event) {
  for (auto& [agg, counted] : counts_) {
    const EventSet events = agg->name == "since" ? facts::SetOf(agg->event) : counted.rule->events;
    const bool looks = (events & facts::SetOf(event.kind)) != 0;
    const bool passes = looks && (agg->name == "since" || evaluation.Holds(counted.rule->where));
    counted.count->Take(evaluation, event, passes);
  }
}

RuleMode Oracle::ModeOf(const RuleOf& rule, const Evaluation& evaluation,
                        const EventOf& event) const {
  const auto mode = [](bool enforce) { return enforce ? RuleMode::kEnforce : RuleMode::kReport; };
  if (event.kind != EventKind::kTick) {
    for (const ProfileOf& profile : file_.profiles) {
      if (!evaluation.Holds(*profile.condition)) continue;
      for (const auto& [name, chosen] : profile.choices) {
        if (name == rule.name) return chosen;
      }
      if (profile.enforce) return mode(*profile.enforce);
      break;
    }
  }
  return mode(rule.enforce.value_or(file_.enforce));
}

void Oracle::Act(const RuleOf& rule, bool enforce, const Evaluation& evaluation, Came* came) {
  for (const ActionOf& action : rule.actions) {
    std::string key;
    if (TakesKey(action.kind)) {
      const Val value = evaluation.Of(*action.key);
      if (!value.present) continue;  // if it is absent, the action does nothing
      key = Canonical(value);
      if (action.kind == ActionRequest::Kind::kAdd && enforce) {
        additions_.push_back({action.text, value, event_->now + action.duration});
      }
    }
    came->actions.push_back(ActionLine(rule.name, action.kind, enforce, action.number,
                                       action.duration, key, action.text));
  }
}

Val Oracle::ValueOf(const Tree& aggregate) {
  return counts_.at(aggregate.aggregate.get()).count->Read(*evaluation_, *event_);
}

bool Oracle::InDynamic(const std::string& list, const Val& value) {
  const auto found = std::find_if(file_.lists.begin(), file_.lists.end(),
                                  [&](const ListOf& one) { return one.name == list; });
  return added_.Has(*found, value, event_->now);
}

std::string ActionLine(const std::string& rule, ActionRequest::Kind kind, bool enforce,
                       int64_t number, Nanos duration, const std::string& key,
                       const std::string& text) {
  return rule + ": action " + std::to_string(static_cast<int>(kind)) +
         (enforce ? "" : " (report)") + " " + std::to_string(number) + " " +
         std::to_string(duration) + " key " + key + " text " + text;
}

}  // namespace sipward::rules::oracle
