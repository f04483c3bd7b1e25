// The messages of calls, kept so that those of which a rule speaks can be drawn.
#ifndef SIPWARD_BINDINGS_CLI_CALL_LADDERS_H_
#define SIPWARD_BINDINGS_CLI_CALL_LADDERS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "findings.h"
#include "html_report.h"
#include "inspected.h"

namespace sipward::cli {

// The latest calls wait, with their first messages, for a rule that speaks of one of them; then the
// call is kept, as long as it has one of the first ten ladders of that rule. So a flood, which is
// calls without number and one rule, does not push out what other rules found.
class CallLadders {
 public:
  static constexpr size_t kMostWaiting = 2'000;
  static constexpr size_t kMostKept = 200;
  static constexpr size_t kMostOfRule = 10;
  static constexpr size_t kMostWaitingSteps = 40;
  static constexpr size_t kMostSteps = 200;
  static constexpr size_t kMostEndpoints = 8;

  void Add(const Inspected& inspected, const std::vector<Found>& found, uint64_t frame);
  // The worst first, then the longest. What was kept goes into it.
  HtmlLadders Take();

 private:
  struct Call {
    std::string id, from, to;
    std::vector<std::string> endpoints;
    std::vector<HtmlStep> steps;
    uint64_t left_out = 0;
    uint32_t action = 0;  // the worst that a rule asked for
    bool kept = false;
    bool refused = false;  // a rule spoke of it, and there was no room
  };
  using Calls = std::list<Call>;

  Call* CallOf(const Inspected& inspected);
  void AddStep(const Inspected& inspected, const std::vector<Found>& found, uint64_t frame,
               Call* call);
  bool IsWanted(const std::vector<Found>& found);
  static size_t EndpointOf(const sipward_endpoint& endpoint, Call* call);

  Calls waiting_;  // the latest first
  Calls kept_;
  std::unordered_map<std::string, Calls::iterator> index_;
  std::unordered_map<std::string, size_t> of_rule_;
  uint64_t refused_ = 0;   // calls for which there was no room
  uint64_t nameless_ = 0;  // messages with a finding and no Call-ID that could be a name
  std::string id_;         // while it is looked up
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CALL_LADDERS_H_
