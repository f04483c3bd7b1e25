// Rules, asked one by one of each event, as the handbook says it.
#ifndef SIPWARD_TESTS_RULES_ORACLE_ORACLE_H_
#define SIPWARD_TESTS_RULES_ORACLE_ORACLE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/rules/oracle/counts.h"

namespace sipward::rules::oracle {

// What came of an event, as text: the rules that matched, and their actions.
struct Came {
  std::vector<std::string> rules, actions;
  bool operator==(const Came&) const = default;
};

class Oracle final : public Surroundings {
 public:
  explicit Oracle(const FileOf& file);

  Came Run(const EventOf& event);

  Val ValueOf(const Tree& aggregate) override;
  bool InDynamic(const std::string& list, const Val& value) override;

 private:
  void Collect(const RuleOf* rule, const TreePtr& tree);
  void Take(const Evaluation& evaluation, const EventOf& event);
  RuleMode ModeOf(const RuleOf& rule, const Evaluation& evaluation, const EventOf& event) const;
  void Act(const RuleOf& rule, bool enforce, const Evaluation& evaluation, Came* came);

  struct Counted {
    const RuleOf* rule;
    std::unique_ptr<Count> count;
  };
  struct Addition {
    std::string list;
    Val value;
    Nanos until;
  };

  const FileOf& file_;
  std::unique_ptr<state::Region> region_;
  std::map<const Agg*, Counted> counts_;
  Added added_;
  std::vector<Addition> additions_;  // of this event; later ones see them
  const EventOf* event_ = nullptr;
  const Evaluation* evaluation_ = nullptr;
};

// An action as text: `key` empty if there is none.
std::string ActionLine(const std::string& rule, ActionRequest::Kind kind, bool enforce,
                       int64_t number, Nanos duration, const std::string& key,
                       const std::string& text);

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_ORACLE_H_
