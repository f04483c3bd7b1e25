// Aggregates that remember every event, and dynamic lists.
#ifndef SIPWARD_TESTS_RULES_ORACLE_COUNTS_H_
#define SIPWARD_TESTS_RULES_ORACLE_COUNTS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "state/state.h"
#include "tests/rules/oracle/expression.h"

namespace sipward::rules::oracle {

// One aggregate of one rule. Windows are exact here: whoever compares this with tables keeps every
// event clear of the ends of windows. `rate`, `zscore` and `burst` are approximations that the
// handbook does not define to the digit: they are asked of a table of their own.
class Count {
 public:
  Count(const Agg& agg, Type type, state::Region* region);

  // The event passes `on` and `where`; for `since`, it is the event that is named; for
  // `concurrent`, also the end of a call. Where `if` does not hold, nothing changes.
  void Take(const Evaluation& evaluation, const EventOf& event, bool passes);
  // What is read on this event, whether or not it was taken in.
  Val Read(const Evaluation& evaluation, const EventOf& event);
  // Behind all rules: what none of them matched is usual.
  void Learn();

 private:
  struct Seen {
    Nanos at = 0;
    Val item;
    bool share = false;
  };
  struct Calls {
    std::map<std::string, Nanos> until;  // by call
    std::vector<Nanos> ends;             // of those that records tell of
  };
  struct Bucket {
    Nanos saved = 0, at = 0;
  };

  std::optional<std::string> Key(const Evaluation& evaluation, const EventOf& event) const;
  void TakeCall(const std::string& key, const Evaluation& evaluation, const EventOf& event,
                bool counted);
  Val Nothing() const;
  Val Of(const std::string& key, const EventOf& event, const Val& item) const;
  Val OfSeen(const std::vector<Seen>& seen, const Val& item) const;
  Val Sum(const std::vector<Seen>& seen, bool mean) const;
  Val Extreme(const std::vector<Seen>& seen) const;
  int64_t Run(const std::vector<Seen>& seen, std::optional<int64_t> number) const;
  std::vector<Seen> Living(const std::string& key, Nanos now) const;
  bool Full(const std::string& key, Nanos now, Bucket* bucket) const;
  Val OfTable(const std::string& key, const Evaluation& evaluation, const EventOf& event,
              bool counted);
  void Keep(const EventOf& event, const Val& value);

  const Agg& agg_;
  Type type_;
  state::Region* region_;
  std::optional<state::Region::Table> table_;
  std::map<std::string, std::vector<Seen>> seen_;
  std::map<std::string, Calls> calls_;
  std::map<std::string, Bucket> buckets_;
  const EventOf* kept_for_ = nullptr;  // the event that `kept_` was said of
  Val kept_;
  struct Lesson {
    Hash128 key;
    double value;
    Nanos wall, now;
  };
  std::optional<Lesson> lesson_;
};

// What `add` put there.
class Added {
 public:
  void Add(const std::string& list, const Val& value, Nanos until);
  bool Has(const ListOf& list, const Val& value, Nanos now) const;

 private:
  struct Entry {
    std::string list;
    Val value;
    Nanos until;
  };
  std::vector<Entry> entries_;
};

}  // namespace sipward::rules::oracle

#endif  // SIPWARD_TESTS_RULES_ORACLE_COUNTS_H_
