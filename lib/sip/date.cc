#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

bool ParseDate(const char* base, Slice text, AnomalyLog& log) {
  const MachineResult match = MatchDate(base, Trim(base, text));
  if (!match.accepted) log.Add(AnomalyId::kDateMalformed, match.stop);
  return match.accepted;
}

}  // namespace sipward::sip
