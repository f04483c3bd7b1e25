// One scan for each text, whatever is looked for in it.
#include <algorithm>
#include <map>
#include <utility>

#include "rules/selection_builder.h"

namespace sipward::rules {
namespace {

// A longer list has a set of its own, shared by all texts in which it is looked up: compiling it
// for each of them would take longer than its scans.
constexpr size_t kLongestMerged = 64;

// Nodes that something asks for; nodes are made after those below them.
std::vector<bool> UsedNodes(const Program& program) {
  const Expressions& x = program.expressions;
  std::vector<bool> used(x.nodes.size());
  for (const ProgramRule& rule : program.rules) used[rule.where] = used[rule.when] = true;
  for (const ProgramAction& action : program.actions) used[action.key] = true;
  for (const Aggregate& aggregate : x.aggregates) {
    for (const NodeId id :
         {aggregate.where, aggregate.condition, aggregate.reset, aggregate.item, aggregate.of}) {
      used[id] = true;
    }
  }
  for (const ProgramProfile& profile : program.profiles) used[profile.condition] = true;
  for (const auto& keys : x.keys) {
    for (const NodeId id : keys) used[id] = true;
  }
  for (size_t id = x.nodes.size(); id > 1; --id) {
    if (!used[id - 1]) continue;
    for (const NodeId child : Children(x.nodes[id - 1])) used[child] = true;
  }
  return used;
}

bool IsPatternList(const Expressions& x, const Node& node) {
  return node.op == Op::kInList && x.lists[node.b]->kind() == lists::Kind::kPattern;
}

bool IsLiteralSearch(const Expressions& x, const Node& node) {
  if (node.op != Op::kContains || x.nodes[node.b].op != Op::kConst) return false;
  return !x.constants[x.nodes[node.b].a].str().empty();
}

bool HasCapital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

struct Member {
  NodeId node = kNoNode;
  bool fold = false;
};

class Grouping {
 public:
  explicit Grouping(Program* program)
      : program_(*program), x_(program->expressions), s_(program->selection) {}

  bool Build(PatternFailure* failure) {
    std::map<std::pair<NodeId, uint32_t>, std::vector<Member>> members;
    const std::vector<bool> used = UsedNodes(program_);
    for (NodeId id = 1; id < x_.nodes.size(); ++id) {
      const Node& node = x_.nodes[id];
      // Expressions have no other way to be looked for, so none is left out.
      if (IsPatternList(x_, node)) {
        const bool apart = x_.lists[node.b]->patterns().size() > kLongestMerged;
        members[{SearchedTextOf(x_, node.a).fold ? node.a : SearchedTextOf(x_, node.a).node,
                 apart ? node.b + 1 : 0}]
            .push_back({id, false});
      } else if (used[id] && IsLiteralSearch(x_, node)) {
        const SearchedText text = SearchedTextOf(x_, node.a);
        // What is in lower case holds no capital: that is no question for an index.
        const std::string_view wanted = x_.constants[x_.nodes[node.b].a].str();
        if (text.fold && HasCapital(wanted)) continue;
        members[{text.node, 0}].push_back({id, text.fold});
      }
    }
    for (const auto& [key, group] : members) {
      // One literal alone is found as fast without.
      if (group.size() == 1 && x_.nodes[group[0].node].op == Op::kContains) continue;
      if (!AddGroup(key.first, group, failure)) return false;
    }
    return true;
  }

 private:
  bool AddGroup(NodeId subject, const std::vector<Member>& members, PatternFailure* failure) {
    PatternGroup group;
    group.subject = subject;
    group.first_test = static_cast<uint32_t>(s_.tests.size());
    group.test_count = static_cast<uint32_t>(members.size());
    std::vector<lists::Pattern> patterns;
    std::vector<std::pair<uint32_t, bool>> identity;  // of the set
    for (const Member& member : members) {
      Node& node = x_.nodes[member.node];
      const auto test = static_cast<uint32_t>(s_.tests.size());
      s_.tests.push_back({member.node});
      s_.group_of.push_back(static_cast<uint32_t>(s_.groups.size()));
      node.c = test + 1;
      identity.emplace_back(node.op == Op::kInList ? node.b : node.b + kLiterals, member.fold);
      AddPatterns(node, member.fold, &patterns);
      group.test_of.resize(patterns.size(), test);
    }
    std::shared_ptr<const lists::PatternSet>& set = sets_[identity];
    const Node& first = x_.nodes[members[0].node];
    if (set == nullptr && members.size() == 1 && first.op == Op::kInList) {
      set = x_.lists[first.b]->pattern_set();
    }
    lists::PatternError error;
    if (set == nullptr) set = lists::PatternSet::Build(std::move(patterns), &error);
    if (set == nullptr) {
      const Node& culprit = x_.nodes[s_.tests[group.test_of[error.pattern]].node];
      *failure = {culprit.op == Op::kInList ? culprit.b : 0, std::move(error.message)};
      return false;
    }
    group.set = set;
    s_.groups.push_back(std::move(group));
    return true;
  }

  void AddPatterns(const Node& node, bool fold, std::vector<lists::Pattern>* patterns) const {
    if (node.op == Op::kInList) {
      const auto entries = x_.lists[node.b]->patterns();
      patterns->insert(patterns->end(), entries.begin(), entries.end());
    } else {
      patterns->push_back({std::string(x_.constants[x_.nodes[node.b].a].str()), fold, true});
    }
  }

  static constexpr uint32_t kLiterals = uint32_t{1} << 31;  // tells nodes from lists

  Program& program_;
  Expressions& x_;
  Selection& s_;
  std::map<std::vector<std::pair<uint32_t, bool>>, std::shared_ptr<const lists::PatternSet>> sets_;
};

}  // namespace

SearchedText SearchedTextOf(const Expressions& x, NodeId text) {
  SearchedText found{text, false};
  for (;;) {
    const Node& node = x.nodes[found.node];
    if (node.op == Op::kLower) {
      found = {node.a, true};
    } else if (node.op == Op::kCoalesce && x.nodes[node.b].op == Op::kConst &&
               x.constants[x.nodes[node.b].a].kind == facts::Value::Kind::kString &&
               x.constants[x.nodes[node.b].a].str().empty()) {
      found.node = node.a;
    } else {
      return found;
    }
  }
}

bool GroupPatterns(Program* program, PatternFailure* failure) {
  return Grouping(program).Build(failure);
}

}  // namespace sipward::rules
