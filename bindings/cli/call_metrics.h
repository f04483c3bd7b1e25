// What metrics tell of calls, in one process or in several together.
#ifndef SIPWARD_BINDINGS_CLI_CALL_METRICS_H_
#define SIPWARD_BINDINGS_CLI_CALL_METRICS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "packed.h"
#include "sipward.h"

namespace sipward::cli {

// Bounds of the histograms' buckets: 1 ms and its doubles, to 65.536 s, where counts are exact.
inline constexpr unsigned kTimeBounds = 17;
constexpr int64_t TimeBound(unsigned which) { return int64_t{1'000'000} << which; }

// Numbers of 64 bits and nothing else, so that they can be added up.
struct CallNumbers {
  uint64_t attempts, answered, ended, completed, short_calls;
  std::array<uint64_t, SIPWARD_FAILURE_UNKNOWN + 1> failed;
  std::array<uint64_t, SIPWARD_ATTESTATION_UNCHECKED + 1> attested;
  std::array<uint64_t, 4> requests;
  std::array<uint64_t, 3> authentications, registrations;
  int64_t talk_ns, cost;
};
struct TimeNumbers {
  std::array<uint64_t, kTimeBounds> until;  // so many were not longer than the bound
  uint64_t count;
  int64_t sum_ns;
};
struct RowNumbers {
  uint64_t count, answered;
  int64_t talk_ns;
};

struct CallMetrics {
  // Dimension and key.
  using Rows = std::map<std::pair<uint32_t, std::string>, RowNumbers>;

  uint64_t kept = 0;  // in so many processes; 0: nobody counts calls
  CallNumbers calls{};
  std::array<TimeNumbers, SIPWARD_TIMES_OTHER + 1> times{};  // SIPWARD_TIMES_...
  Rows countries;
  // Of other dimensions: more than are wanted of each, since a key that comes most in all may be
  // behind others in each process.
  Rows top;
  uint64_t most_top = 0;  // that are wanted

  void Add(const CallMetrics& other);
  // The keys that are wanted.
  Rows Top() const;
  void Pack(Packer* packer) const;
  void Unpack(Unpacker* packed);
};

// What an engine counted, with so many keys of each dimension but countries, which are all there.
CallMetrics CallMetricsOf(const sipward_analytics* analytics, uint32_t top);
// The same; nothing where the engine keeps no analytics.
CallMetrics CallMetricsOf(const sipward_engine* engine, uint32_t top);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CALL_METRICS_H_
