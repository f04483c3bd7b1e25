#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

bool ParseCallId(const char* base, Slice text, AnomalyLog& log) {
  const MachineResult match = MatchCallId(base, Trim(base, text));
  if (!match.accepted) log.Add(AnomalyId::kCallIdMalformed, match.stop);
  return match.accepted;
}

}  // namespace sipward::sip
