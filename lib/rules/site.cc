#include "rules/site.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace sipward::rules {
namespace {

constexpr size_t kMaxProfiles = 64;

// What overrides may name, by name. Of two definitions of one name the first: the other is an error
// elsewhere.
template <typename Def>
using ByName = std::map<std::string, Def*, std::less<>>;

template <typename Def>
void Collect(std::vector<Def>* defs, ByName<Def>* by_name) {
  for (Def& def : *defs) by_name->try_emplace(def.name, &def);
}

class Overrider {
 public:
  Overrider(std::deque<FileAst>* asts, Diagnostics* diagnostics) : diagnostics_(diagnostics) {
    for (FileAst& ast : *asts) {
      Collect(&ast.lists, &lists_);
      Collect(&ast.names, &names_);
      Collect(&ast.rules, &rules_);
    }
    for (FileAst& ast : *asts) {
      Match("list", &ast.list_overrides, lists_, &list_pairs_);
      Match("const", &ast.name_overrides, names_, &name_pairs_);
      Match("rule", &ast.rule_overrides, rules_, &rule_pairs_);
    }
    for (const auto& [override, def] : rule_pairs_) {
      def->lets.reserve(def->lets.size() + override->lets.size());
    }
    for (const auto& [override, def] : name_pairs_) {
      if (!def->constant) {
        Fail("R122", override->span, "'" + def->name + "' is no const: it cannot be overridden",
             "it is defined at " + diagnostics_->Place(def->span));
      }
    }
  }

  void Apply() {
    if (failed_) return;
    for (const auto& [override, def] : list_pairs_) std::swap(*override, *def);
    for (const auto& [override, def] : name_pairs_) std::swap(*override, *def);
    for (const auto& [override, def] : rule_pairs_) Change(override, def);
  }

 private:
  template <typename Def>
  using Pairs = std::vector<std::pair<Def*, Def*>>;

  template <typename Def>
  void Match(std::string_view what, std::vector<Def>* overrides, const ByName<Def>& defs,
             Pairs<Def>* pairs) {
    for (Def& override : *overrides) {
      const auto def = defs.find(override.name);
      if (def == defs.end()) {
        std::vector<std::string_view> known;
        for (const auto& [name, unused] : defs) known.push_back(name);
        Fail("R201", override.span,
             "there is no " + std::string(what) + " '" + override.name + "' to override",
             DidYouMean(override.name, known));
        continue;
      }
      const auto same = std::find_if(pairs->begin(), pairs->end(),
                                     [&](const auto& pair) { return pair.second == def->second; });
      if (same != pairs->end()) {
        Fail("R202", override.span, "'" + override.name + "' is overridden twice",
             "first at " + diagnostics_->Place(same->first->span));
        continue;
      }
      pairs->emplace_back(&override, def->second);
    }
  }

  // Clause by clause; a let takes the place of the one of its name, or is one more.
  static void Change(RuleDef* override, RuleDef* rule) {
    if (override->has_meta) {
      std::swap(rule->severity, override->severity);
      std::swap(rule->why, override->why);
      std::swap(rule->ref, override->ref);
    }
    if (override->enforce) rule->enforce = override->enforce;
    if (override->weak_evidence_suffices) {
      rule->weak_evidence_suffices = override->weak_evidence_suffices;
    }
    if (override->when) std::swap(rule->when, override->when);
    if (!override->actions.empty()) std::swap(rule->actions, override->actions);
    for (LetDef& let : override->lets) {
      const auto same = std::find_if(rule->lets.begin(), rule->lets.end(),
                                     [&](const LetDef& other) { return other.name == let.name; });
      if (same != rule->lets.end()) {
        std::swap(*same, let);
      } else {
        rule->lets.push_back(std::move(let));  // there is room: nothing can fail here
      }
    }
    std::swap(rule->span, override->span);
  }

  void Fail(std::string_view code, const Span& span, std::string message, std::string hint = "") {
    failed_ = true;
    diagnostics_->Error(code, span, std::move(message), std::move(hint));
  }

  Diagnostics* diagnostics_;
  bool failed_ = false;
  ByName<ListDef> lists_;
  ByName<NameDef> names_;
  ByName<RuleDef> rules_;
  Pairs<ListDef> list_pairs_;
  Pairs<NameDef> name_pairs_;
  Pairs<RuleDef> rule_pairs_;
};

void Choose(const ProfileDef& def, const std::map<std::string_view, size_t>& rules,
            ProgramProfile* profile, Diagnostics* diagnostics) {
  std::map<std::string_view, Span> chosen;
  for (const ProfileDef::Choice& choice : def.choices) {
    const auto rule = rules.find(choice.rule);
    if (rule == rules.end()) {
      std::vector<std::string_view> known;
      for (const auto& [name, unused] : rules) known.push_back(name);
      diagnostics->Error("R201", choice.span, "rule '" + choice.rule + "' is not known",
                         DidYouMean(choice.rule, known));
      continue;
    }
    const auto [entry, added] = chosen.try_emplace(choice.rule, choice.span);
    if (!added) {
      diagnostics->Error("R202", choice.span, "rule '" + choice.rule + "' stands here twice",
                         "first at " + diagnostics->Place(entry->second));
      continue;
    }
    profile->modes[rule->second] = choice.mode;
  }
}

}  // namespace

void ApplyOverrides(std::deque<FileAst>* asts, Diagnostics* diagnostics) {
  Overrider(asts, diagnostics).Apply();
}

void CompileProfiles(const std::deque<FileAst>& asts, Scope* scope, NodeBuilder* nodes,
                     Program* program, Diagnostics* diagnostics) {
  std::map<std::string_view, size_t> rules;
  for (size_t i = 0; i < program->infos.size(); ++i) rules.emplace(program->infos[i].name, i);
  std::map<std::string_view, Span> names;
  for (const FileAst& ast : asts) {
    for (const ProfileDef& def : ast.profiles) {
      const auto [entry, added] = names.try_emplace(def.name, def.span);
      if (!added) {
        diagnostics->Error("R202", def.span, "profile '" + def.name + "' is defined twice",
                           "first at " + diagnostics->Place(entry->second));
        continue;
      }
      if (program->profiles.size() == kMaxProfiles) {
        diagnostics->Error("R403", def.span,
                           "more than " + std::to_string(kMaxProfiles) + " profiles");
        return;
      }
      if (NamesIdentity(*def.condition, scope)) {
        diagnostics->Error("R217", def.condition->span,
                           "a profile is chosen before identities are checked",
                           "ask for identity in the rules");
        continue;
      }
      Checker checker(scope, &program->expressions, nodes, diagnostics);
      checker.EnterRule(facts::kOnAllButTick, def.name);
      ProgramProfile& profile = program->profiles.emplace_back();
      profile.name = def.name;
      profile.condition = checker.Where(*def.condition);
      profile.modes.resize(rules.size());
      for (size_t i = 0; i < profile.modes.size(); ++i) {
        const RuleMode own = program->infos[i].enforce ? RuleMode::kEnforce : RuleMode::kReport;
        profile.modes[i] = def.mode.value_or(own);
      }
      Choose(def, rules, &profile, diagnostics);
    }
  }
}

std::string JoinPath(std::string_view named_by, std::string_view path) {
  std::string whole;
  const size_t folder = named_by.rfind('/');
  const bool absolute = !path.empty() && path.front() == '/';
  if (!absolute && folder != std::string_view::npos) whole = named_by.substr(0, folder + 1);
  whole += path;
  std::vector<std::string_view> parts;
  const std::string_view text = whole;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('/', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string joined = !text.empty() && text.front() == '/' ? "/" : "";
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += '/';
    joined += parts[i];
  }
  return joined;
}

}  // namespace sipward::rules
