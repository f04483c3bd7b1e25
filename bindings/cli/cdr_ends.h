// The ends of calls whose records come in two rows, as those of Kamailio's acc do.
#ifndef SIPWARD_BINDINGS_CLI_CDR_ENDS_H_
#define SIPWARD_BINDINGS_CLI_CDR_ENDS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "handle.h"

namespace sipward::cli {

// Sixteen bytes for each row of a BYE.
class CdrEnds {
 public:
  void Add(std::string_view call_id, int64_t at_ns);
  void Settle();
  // The first end of the call behind its beginning.
  std::optional<int64_t> After(std::string_view call_id, int64_t start_ns) const;

 private:
  std::vector<std::pair<uint64_t, int64_t>> ends_;  // hash of the Call-ID, time
};

// What a record and its facts lack: the duration of a call whose end is another row, and what a
// call costs. The facts live in here.
class CdrCompletion {
 public:
  CdrCompletion();
  // `callee`: the number that is called, in the form that rates are written in. `rates`: or null.
  void Complete(const CdrEnds& ends, const sipward_rates* rates, std::string_view callee,
                sipward_cdr* record);

 private:
  void TakeFacts(sipward_cdr* record);
  void Put(uint32_t field, int64_t value, sipward_cdr* record);

  static constexpr uint32_t kMostFacts = 32;

  uint32_t duration_ = 0, cost_ = 0, price_ = 0;  // fields
  std::array<sipward_fact, kMostFacts> facts_{};
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_ENDS_H_
