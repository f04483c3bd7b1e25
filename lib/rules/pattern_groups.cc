// One scan for each text, whatever is looked for in it.
#include <algorithm>
#include <map>
#include <utility>

#include "rules/selection_builder.h"

namespace sipward::rules {
namespace {

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
    std::vector<bool> named(x_.lists.size());
    for (NodeId id = 1; id < x_.nodes.size(); ++id) {
      const Node& node = x_.nodes[id];
      // Expressions have no other way to be looked for, so none is left out.
      if (IsPatternList(x_, node)) {
        named[node.b] = true;
        const bool apart = SetOf(node.b) != nullptr;
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
      AddGroup(key.first, group);
    }
    return pools_.Compile(&s_.groups, failure) && CheckUnnamed(named, failure);
  }

 private:
  void AddGroup(NodeId subject, const std::vector<Member>& members) {
    PatternGroup group;
    group.subject = subject;
    group.first_test = static_cast<uint32_t>(s_.tests.size());
    group.test_count = static_cast<uint32_t>(members.size());
    std::vector<GroupedPattern> patterns;
    for (const Member& member : members) {
      Node& node = x_.nodes[member.node];
      const auto test = static_cast<uint32_t>(s_.tests.size());
      s_.tests.push_back({member.node});
      s_.group_of.push_back(static_cast<uint32_t>(s_.groups.size()));
      node.c = test + 1;
      AddPatterns(node, member.fold, test, &patterns);
    }
    const Node& first = x_.nodes[members[0].node];
    if (members.size() == 1 && first.op == Op::kInList && SetOf(first.b) != nullptr) {
      group.set = SetOf(first.b);
      group.test_of.assign(patterns.size(), group.first_test);
    } else {
      pools_.Add(s_.groups.size(), std::move(patterns));
    }
    s_.groups.push_back(std::move(group));
  }

  const std::shared_ptr<const lists::PatternSet>& SetOf(uint32_t list) const {
    return x_.lists[list]->pattern_set();
  }

  void AddPatterns(const Node& node, bool fold, uint32_t test,
                   std::vector<GroupedPattern>* patterns) const {
    if (node.op != Op::kInList) {
      const std::string_view text = x_.constants[x_.nodes[node.b].a].str();
      patterns->push_back({{std::string(text), fold, true}, test});
      return;
    }
    size_t entry = 0;
    for (const lists::Pattern& pattern : x_.lists[node.b]->patterns()) {
      patterns->push_back({pattern, test, node.b, entry++});
    }
  }

  // Lists that no rule names are compiled for their errors alone.
  bool CheckUnnamed(const std::vector<bool>& named, PatternFailure* failure) const {
    for (uint32_t list = 0; list < named.size(); ++list) {
      const auto patterns = x_.lists[list]->patterns();
      if (named[list] || patterns.empty() || SetOf(list) != nullptr) continue;
      lists::PatternError error;
      if (lists::PatternSet::Build({patterns.begin(), patterns.end()}, &error) != nullptr) continue;
      *failure = {list, error.pattern, std::move(error.message)};
      return false;
    }
    return true;
  }

  Program& program_;
  Expressions& x_;
  Selection& s_;
  PatternPools pools_;
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
