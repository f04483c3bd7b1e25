// How long requests wait for their first response, whoever sees the one and the other.
#ifndef SIPWARD_ENGINE_RESPONSE_TIMES_H_
#define SIPWARD_ENGINE_RESPONSE_TIMES_H_

#include <optional>

#include "analytics/analytics.h"
#include "facts/facts.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

// A client waits for so long (RFC 3261 section 17.1, timers B and F).
inline constexpr Nanos kResponseTime = 32 * kSecond;

// What a message tells of its transaction.
struct Exchange {
  analytics::Method method = analytics::Method::kOther;
  bool begins = false;        // a request that was not seen before
  std::optional<Nanos> time;  // the first response to one that was
};

// Counts the message in. A request and its responses have one branch in the topmost Via at each
// hop (RFC 3261 section 17.1.3): where a proxy is watched on both sides there are two exchanges. An
// ACK is none.
Exchange TakeExchange(sip::Message& message, Nanos now, state::Region& region,
                      state::Region::Table table);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_RESPONSE_TIMES_H_
