// What was found, threat by threat and rule by rule.
#ifndef SIPWARD_BINDINGS_CLI_THREAT_COUNTS_H_
#define SIPWARD_BINDINGS_CLI_THREAT_COUNTS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "html_report.h"
#include "threats.h"

namespace sipward::cli {

// A match of a rule.
struct ThreatMatch {
  std::string_view rule;
  std::string_view why;
  uint32_t action = 0;  // SIPWARD_ACTION_..., what the rule asked for
  bool enforced = true;
};

class ThreatCounts {
 public:
  // `unit` is what is counted: "Messages". `money`: of each threat there is an amount as well.
  ThreatCounts(std::string unit, bool money) : unit_(std::move(unit)), money_(money) {}

  // The matches of one message or record. A threat counts once, however many rules speak of it.
  void Add(const std::vector<ThreatMatch>& matches, int64_t at_ns, int64_t amount);

  HtmlTable Threats() const;
  HtmlTable Rules() const;
  // The threats that were looked for in vain, as a sentence.
  std::string NotFound() const;
  // "Scanning, Passwords"; the names of the first few.
  std::string Names() const;

 private:
  struct Count {
    uint64_t found = 0;
    int64_t amount = 0;
    uint32_t action = 0;
    int64_t first_ns = 0, last_ns = 0;
    void Add(const ThreatMatch& match, int64_t at_ns, int64_t more);
  };
  struct Rule {
    Count count;
    std::string why;
    bool enforced = true;
  };

  void AddColumns(std::vector<HtmlColumn>* columns) const;
  void AddValues(const Count& count, std::vector<HtmlValue>* row) const;
  static void Sort(HtmlTable* table);

  std::string unit_;
  bool money_;
  std::array<Count, kThreats> threats_{};
  std::map<std::string, Rule, std::less<>> rules_;  // as many as there are
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_THREAT_COUNTS_H_
