// What belongs to a case, and what follows from it.
#ifndef SIPWARD_BINDINGS_CLI_CASE_FILE_H_
#define SIPWARD_BINDINGS_CLI_CASE_FILE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "case_event.h"

namespace sipward::cli {

// An event belongs to a case if its subject stands in it, or if it is of a call in whose events the
// subject stands. So sources are read twice: first for the calls, then for the events.
class CaseFile {
 public:
  static constexpr size_t kMostEvents = 20'000;
  static constexpr size_t kMostCalls = 100'000;
  static constexpr size_t kMostLinks = 10'000;

  explicit CaseFile(const CaseRequest& request);

  // Empty, or why the subject is none.
  const std::string& problem() const { return problem_; }
  void Note(const CaseEvent& event);
  // The same event of several sources counts once; all its places are kept.
  void Take(const CaseEvent& event);
  // In the order of time.
  void Settle();

  // Something that came with the subject.
  struct Linked {
    std::string value;
    uint64_t events = 0;
    int64_t first_ns = 0, last_ns = 0;
  };
  enum class Kind { kAccount, kNumber, kDevice, kNetwork, kTrunk };
  // The most frequent first.
  std::vector<Linked> LinksOf(Kind kind) const;

  // A call, with what is asked for where it is traced back.
  struct Call {
    std::string id;  // Call-ID, or the place of the record
    int64_t begin_ns = 0;
    std::string caller, callee, account, trunk, source, device;
    std::string attest, origid, spc, x5u, identity;
    bool answered = false, has_cost = false;
    int64_t duration_ns = 0, cost = 0;
    std::string action;  // the worst
    std::set<std::string> rules;
    std::vector<std::string> places;  // the first three
    uint64_t events = 0;
    bool is_call = false;   // not a registration, an OPTIONS and the like
    int64_t answer_ns = 0;  // of the first 2xx to an INVITE; 0: none
  };
  // In the order of time.
  std::vector<Call> Calls() const;

  const std::vector<CaseEvent>& events() const { return events_; }
  uint64_t left_out() const { return left_out_; }

 private:
  bool IsSubject(const CaseEvent& event) const;
  bool IsNumber(const std::string& text) const;
  void Link(Kind kind, const std::string& value, const CaseEvent& event);

  const CaseRequest& request_;
  std::string number_;  // canonical, of a subject that is one
  std::set<std::string> call_ids_;
  std::vector<CaseEvent> events_;
  std::map<std::string, size_t> by_identity_;  // index in events_, until Settle
  std::map<Kind, std::map<std::string, Linked>> links_;
  uint64_t left_out_ = 0;
  std::string problem_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_FILE_H_
