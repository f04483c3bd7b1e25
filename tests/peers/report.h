// Counts verdicts and writes them down.
#ifndef SIPWARD_TESTS_PEERS_REPORT_H_
#define SIPWARD_TESTS_PEERS_REPORT_H_

#include <array>
#include <cstdio>
#include <map>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/peers/corpora.h"
#include "tests/peers/judge.h"

namespace sipward::peers {

// What came of one corpus, or of all.
struct Tally {
  uint64_t messages = 0;
  uint64_t disagreements = 0;
  uint64_t covered = 0;   // with an alarm at the header where the peers disagree
  uint64_t agreeing = 0;  // messages that all four accept and read alike
  uint64_t alarmed = 0;   // of these, those with an alarm

  double Recall() const;
  double FalseRate() const;
  Tally& operator+=(const Tally& other);
};

class Report {
 public:
  static constexpr double kLeastRecall = 0.99;
  static constexpr double kMostFalseRate = 0.02;  // over everything, real messages included
  static constexpr double kMostFalseRateGenerated = 0.03;  // of broken messages alone
  static constexpr uint64_t kFewestAgreeing = 400;         // for the rate to say something

  // Takes what was found out about one message of `corpus`.
  void Add(const Corpus& corpus, const Verdict& verdict);

  // The numbers of every corpus and of all of them, and those of each thing to disagree on.
  void PrintNumbers(std::FILE* out) const;
  // All disagreements on the project's own messages, by what is disagreed on, header and anomaly.
  std::string Table() const;
  // Over the corpora that count for it.
  Tally Total() const;
  // Whether the bars are reached, over all and in what was generated; says where not.
  bool Holds(std::FILE* out) const;

 private:
  struct Named {
    std::string name;
    bool counts_for_recall;
    bool own;
    Tally tally;
  };
  struct Row {
    uint64_t count = 0;
    std::array<std::array<uint64_t, 2>, kPeerCount> accepts{};  // refusals, acceptances
    std::string example;
    std::array<std::string, kPeerCount> readings;  // of the example
  };
  using Key = std::tuple<size_t, std::string, std::string>;  // what, where, anomaly

  void AddRow(const Verdict& verdict, const Disagreement& disagreement);

  std::vector<Named> corpora_;
  std::map<size_t, Tally> kinds_;
  std::map<Key, Row> rows_;
};

// One line for every disagreement and every false alarm, in columns between tabs: the message, what
// is disagreed on, header, the alarms that stand there, what each peer says, and the line.
void WriteList(const std::string& message_name, std::string_view message, const Verdict& verdict,
               std::ostream& out);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_REPORT_H_
