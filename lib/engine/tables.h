// The tables that the engine itself keeps, beside those of the rules.
#ifndef SIPWARD_ENGINE_TABLES_H_
#define SIPWARD_ENGINE_TABLES_H_

#include "calls/calls.h"
#include "state/state.h"

namespace sipward::engine {

struct EngineTables {
  state::Region::Table bans, scores, throttles, emergency_dialogs, emergency_callers, transactions,
      feedback;
  state::Region::Table responses;  // where the engine keeps analytics
  calls::Tables calls;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_TABLES_H_
