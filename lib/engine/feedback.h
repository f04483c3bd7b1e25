// A host's word on a call: it was fraud, or it was not.
#ifndef SIPWARD_ENGINE_FEEDBACK_H_
#define SIPWARD_ENGINE_FEEDBACK_H_

#include "base/time.h"

namespace sipward::engine {

// The same word on the same call counts once in this time, as long as no more than so many calls
// were spoken of meanwhile.
inline constexpr Nanos kFeedbackTime = 24 * kHour;
inline constexpr uint32_t kFeedbackCapacity = 4'096;

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_FEEDBACK_H_
