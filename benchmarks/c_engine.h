// An inspector under the default pack, through sipward.h alone.
#ifndef SIPWARD_BENCHMARKS_C_ENGINE_H_
#define SIPWARD_BENCHMARKS_C_ENGINE_H_

#include <sipward.h>

#include <cstdint>

namespace sipward::bench {

// Ends the program unless it is SIPWARD_OK.
void CMust(int32_t status);
// `analytics_rows`: as in the options of an engine.
sipward_inspector* CreateCInspector(uint32_t analytics_rows = 0);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_C_ENGINE_H_
