// Which findings are news: a probe says each once, not for each of its messages.
#ifndef SIPWARD_BINDINGS_CLI_NEW_FINDINGS_H_
#define SIPWARD_BINDINGS_CLI_NEW_FINDINGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "findings.h"
#include "inspected.h"
#include "shared_memory.h"
#include "told_findings.h"

namespace sipward::cli {

struct NewFinding {
  Found found;
  std::string source;
  uint64_t more = 0;  // times that it was found since it was told last
};

// The same rule, source and action is told once, and again with what came meanwhile after a minute;
// by workers that were forked, by one of them. Bounded, however many sources there are: what is
// told of at once beyond ToldFindings::kMostASecond is only counted, a second long.
class NewFindings {
 public:
  // Of what the verdict found, what is to be told now. Valid as long as the verdict.
  std::vector<NewFinding> Of(const Inspected& inspected);
  // Of findings that were counted and never told; of this process alone.
  uint64_t untold() const { return untold_; }

 private:
  Shared<ToldFindings> told_ = MakeShared<ToldFindings>();
  uint64_t untold_ = 0;
};

// The line that `sipward watch` prints: time, action, rule, source, why.
void AppendWatchLine(std::string* out, int64_t wall_ns, const NewFinding& finding);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_NEW_FINDINGS_H_
