// What the library says of a message, in the words of an `expect` block.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_EXPECTATION_H_
#define SIPWARD_TESTS_SIP_GOLDEN_EXPECTATION_H_

#include <optional>
#include <string>
#include <vector>

#include "sip/sip.h"
#include "tests/sip/golden/case.h"

namespace sipward::sip::golden {

// A message read in one profile, every value and body.
struct Verdict {
  ParseStatus status;
  std::optional<Anomaly> error;
};

struct Outcome {
  Verdict strict;
  Verdict tolerant;
  std::vector<Anomaly> anomalies;      // by offset, then by name
  bool same_in_both_profiles = false;  // a profile judges; it must not change what is seen
  std::vector<std::string> lines;      // the block as it should be
};

// `wanted` are the lines of the block in the case: the fields that they name are those that are
// reported, and `from.*` stands for all below `from`.
Outcome Look(std::string_view bytes, bool stream, bool with_text,
             const std::vector<std::string>& wanted);

// "ok", "malformed", "limit".
std::string_view StatusName(ParseStatus status);

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_EXPECTATION_H_
