// Holds what the peers read against the anomalies that the library notes.
#ifndef SIPWARD_TESTS_PEERS_JUDGE_H_
#define SIPWARD_TESTS_PEERS_JUDGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/sip.h"
#include "tests/peers/panel.h"
#include "tests/peers/parts.h"

namespace sipward::peers {

// One thing that the peers disagree on in one message.
struct Disagreement {
  std::optional<Field> field;             // absent: accept or refuse
  std::string where;                      // the header that it was traced to
  std::string line;                       // its line
  std::optional<sip::AnomalyId> anomaly;  // ambiguous or violation, noted there
};

struct Verdict {
  Answers answers;
  std::vector<Disagreement> disagreements;
  bool all_agree = false;            // all accept, all fields are the same
  std::vector<sip::Anomaly> alarms;  // ambiguous and violation
};

class Judge {
 public:
  Verdict Look(std::string_view message);

 private:
  struct Place {
    size_t part;
    bool noted;
  };
  using Alarms = std::vector<std::optional<sip::AnomalyId>>;  // the first of each part

  Alarms ReadAlarms(std::string_view message, const Parts& parts, Verdict* verdict);
  bool Vanishes(const std::optional<Field>& field, const std::string& message);
  size_t Trace(const std::optional<Field>& field, const Parts& parts, const Alarms& alarms);
  Disagreement Explain(const std::optional<Field>& field, const Parts& parts, const Alarms& alarms);

  Panel panel_;
  sip::Message message_;
};

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_JUDGE_H_
