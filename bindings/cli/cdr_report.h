// What `sipward cdr` tells an operator.
#ifndef SIPWARD_BINDINGS_CLI_CDR_REPORT_H_
#define SIPWARD_BINDINGS_CLI_CDR_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "cdr_finding.h"

namespace sipward::cli {

// What was read, by whether it could be.
class CdrRows {
 public:
  void AddGood() { ++good_; }
  void AddBad(uint32_t reason, std::string_view file, uint64_t line);
  void AddDuplicates(uint64_t count) { duplicates_ += count; }

  uint64_t in() const { return good_ + bad_; }
  uint64_t good() const { return good_; }
  uint64_t bad() const { return bad_; }
  uint64_t duplicates() const { return duplicates_; }
  std::string Render() const;
  // `"row_size": 3` and so on.
  void WriteReasons(std::string* out) const;

 private:
  static constexpr size_t kMostReasons = 64;
  static constexpr size_t kMostPlaces = 3;
  struct Bad {
    uint64_t count = 0;
    std::vector<std::string> places;  // the first
  };

  uint64_t good_ = 0, bad_ = 0, duplicates_ = 0;
  std::array<Bad, kMostReasons> reasons_;
};

// Folds records into few lines: findings by account and rule; accounts; countries. Bounded: what
// comes beyond kMost of a kind is counted together.
class CdrReport {
 public:
  static constexpr size_t kMost = 100'000;

  // What records add up to.
  struct Sum {
    uint64_t calls = 0;
    int64_t duration_ns = 0;
    int64_t cost = 0;
    bool has_cost = false;
    void Add(const sipward_cdr& record);
  };
  // An account or a country; "" has none.
  struct Ranked {
    std::string name;
    Sum all, found;
  };

  void Add(const JudgedRecord& judged, bool finding);
  std::string Render(const CdrRows& rows, double seconds) const;
  std::string RenderJson(const CdrRows& rows) const;  // one line
  uint64_t findings() const { return found_.calls; }
  const Sum& all() const { return all_; }
  const Sum& found() const { return found_; }
  // Those with most at risk, at most `most`; how many there are is the other number.
  std::vector<Ranked> TopAccounts(size_t most) const { return Top(accounts_, most); }
  std::vector<Ranked> TopDestinations(size_t most) const { return Top(destinations_, most); }
  uint64_t accounts() const { return accounts_.size(); }
  uint64_t destinations() const { return destinations_.size(); }

 private:
  struct Line {
    std::string subject, rule, why;
    uint32_t action = 0;
    int64_t first_ns = 0;
    Sum sum;
  };
  struct Party {
    Sum all, found;
  };
  using Parties = std::unordered_map<std::string, Party>;

  static std::string Amount(const Sum& sum);
  void AddHits(const JudgedRecord& judged);
  void AddParty(std::string_view name, const sipward_cdr& record, bool finding, Parties* parties);
  std::string RenderFindings() const;
  std::string RenderMoney() const;
  static std::vector<Ranked> Top(const Parties& parties, size_t most);
  static std::string RenderTop(const Parties& parties, const char* title);

  std::vector<Line> lines_;
  std::unordered_map<std::string, size_t> index_;
  uint64_t uncounted_ = 0;  // matches for which there was no room
  Parties accounts_, destinations_;
  std::string name_;  // while it is looked up
  Sum all_, found_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_REPORT_H_
