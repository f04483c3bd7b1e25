// What an engine has counted of calls: by trunk, account, number, country, User-Agent and source.
//
//   const sipward::Analytics now = engine.analytics().value();   // EngineOptions::analytics_rows
//   for (const sipward::CallCounts& row : now.Rows(sipward::Dimension::kCountry, 10)) {
//     std::printf("%s %.1f %%\n", row.key.c_str(), 100 * row.asr());
//   }
#ifndef SIPWARD_ANALYTICS_H_
#define SIPWARD_ANALYTICS_H_

#include <sipward.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sipward/handle.h"

namespace sipward {

// What calls are told apart by.
enum class Dimension : uint32_t {
  kTrunk = SIPWARD_DIMENSION_TRUNK,
  kAccount = SIPWARD_DIMENSION_ACCOUNT,
  kCaller = SIPWARD_DIMENSION_CALLER,            // number in one form
  kDestination = SIPWARD_DIMENSION_DESTINATION,  // number that is called, in the same form
  kRange = SIPWARD_DIMENSION_RANGE,              // such a number without its last four digits
  kCountry = SIPWARD_DIMENSION_COUNTRY,          // of it, as ISO 3166-1 code
  kUserAgent = SIPWARD_DIMENSION_USER_AGENT,
  kSource = SIPWARD_DIMENSION_SOURCE,  // address; of IPv6 the /64 around it
};
// "trunk".
inline std::string_view Name(Dimension dimension) noexcept {
  return sipward_dimension_name(static_cast<uint32_t>(dimension));
}

// Why a call was not answered, by its final response.
enum class Failure : uint32_t {
  kRedirected = SIPWARD_FAILURE_REDIRECTED,
  kChallenged = SIPWARD_FAILURE_CHALLENGED,
  kBusy = SIPWARD_FAILURE_BUSY,
  kNoAnswer = SIPWARD_FAILURE_NO_ANSWER,
  kDeclined = SIPWARD_FAILURE_DECLINED,
  kCancelled = SIPWARD_FAILURE_CANCELLED,
  kTimeout = SIPWARD_FAILURE_TIMEOUT,
  kRejected = SIPWARD_FAILURE_REJECTED,
  kServer = SIPWARD_FAILURE_SERVER,
  kRefused = SIPWARD_FAILURE_REFUSED,
  kUnknown = SIPWARD_FAILURE_UNKNOWN,
};
// "busy".
inline std::string_view Name(Failure failure) noexcept {
  return sipward_failure_name(static_cast<uint32_t>(failure));
}

// What was known of the caller's identity when the call began.
enum class Attestation : uint32_t {
  kA = SIPWARD_ATTESTATION_A,
  kB = SIPWARD_ATTESTATION_B,
  kC = SIPWARD_ATTESTATION_C,
  kOther = SIPWARD_ATTESTATION_OTHER,
  kNone = SIPWARD_ATTESTATION_NONE,
  kFailed = SIPWARD_ATTESTATION_FAILED,
  kUnchecked = SIPWARD_ATTESTATION_UNCHECKED,
};
// "A".
inline std::string_view Name(Attestation attestation) noexcept {
  return sipward_attestation_name(static_cast<uint32_t>(attestation));
}

// Calls: all of them, or those of one key.
struct CallCounts {
  std::string key;   // the first 64 bytes of a longer one; others chose it: escape what you print
  bool cut = false;  // it is longer
  // How often the key came, at most too high by `error`; what follows counts since it has its row.
  uint64_t count = 0;
  uint64_t error = 0;
  uint64_t attempts = 0;
  uint64_t answered = 0;
  uint64_t ended = 0;
  uint64_t short_calls = 0;
  std::array<uint64_t, SIPWARD_FAILURE_UNKNOWN + 1> failed{};          // by Failure
  std::array<uint64_t, SIPWARD_ATTESTATION_UNCHECKED + 1> attested{};  // by Attestation
  uint64_t auth_failures = 0;
  std::chrono::nanoseconds talk{};
  int64_t cost = 0;     // millionths
  uint64_t setups = 0;  // calls of which the post-dial delay is known
  std::chrono::nanoseconds setup_sum{}, setup_p50{}, setup_p95{}, setup_p99{};

  // Answer-seizure ratio; 0 where no call began.
  double asr() const noexcept {
    return attempts == 0 ? 0 : static_cast<double>(answered) / static_cast<double>(attempts);
  }
  // Calls that were answered and are over.
  uint64_t completed() const noexcept {
    uint64_t failures = 0;
    for (const uint64_t each : failed) failures += each;
    return ended - failures;
  }
  // Average call duration.
  std::chrono::nanoseconds acd() const noexcept {
    return completed() == 0 ? std::chrono::nanoseconds(0)
                            : talk / static_cast<int64_t>(completed());
  }
};

// How much of a dimension its rows tell.
struct DimensionSize {
  uint32_t rows = 0;
  uint32_t capacity = 0;
  uint64_t total = 0;      // of all keys, those without a row as well
  uint64_t evictions = 0;  // 0: every row is exact, and there are no others
};

// Requests and registrations, which are no calls.
struct Traffic {
  std::array<uint64_t, 4> requests{};   // INVITE, REGISTER, OPTIONS, all others
  std::array<uint64_t, 3> attempts{};   // to authenticate: success, fail, challenged
  std::array<uint64_t, 3> registers{};  // the same of registrations
};

// Times of which the distribution is kept.
enum class TimesOf : uint32_t {
  kSetup = SIPWARD_TIMES_SETUP,    // post-dial delay of calls
  kInvite = SIPWARD_TIMES_INVITE,  // from a request to its first response
  kRegister = SIPWARD_TIMES_REGISTER,
  kOptions = SIPWARD_TIMES_OPTIONS,
  kOther = SIPWARD_TIMES_OTHER,
};

struct Times {
  uint64_t count = 0;
  std::chrono::nanoseconds sum{}, least{}, most{}, p50{}, p90{}, p95{}, p99{};
};

// What was counted up to the moment when Engine::analytics gave it. Needs the engine no more.
class Analytics {
 public:
  // Of all calls.
  CallCounts totals() const {
    sipward_call_counts counted{};
    counted.struct_size = sizeof counted;
    static_cast<void>(sipward_analytics_totals(analytics_.get(), &counted));
    return ToCounts(counted);
  }
  // The keys that surely came most often, by count - error, the first first.
  std::vector<CallCounts> Rows(Dimension dimension, uint32_t most = UINT32_MAX) const {
    std::vector<CallCounts> out;
    sipward_call_counts counted{};
    counted.struct_size = sizeof counted;
    for (uint32_t i = 0; i < most; ++i) {
      if (sipward_analytics_row(analytics_.get(), static_cast<uint32_t>(dimension), i, &counted) !=
          SIPWARD_OK) {
        break;
      }
      out.push_back(ToCounts(counted));
    }
    return out;
  }
  DimensionSize size(Dimension dimension) const noexcept {
    sipward_dimension told{};
    told.struct_size = sizeof told;
    static_cast<void>(
        sipward_analytics_dimension(analytics_.get(), static_cast<uint32_t>(dimension), &told));
    return {told.rows, told.capacity, told.total, told.evictions};
  }
  Traffic traffic() const noexcept {
    sipward_traffic told{};
    told.struct_size = sizeof told;
    static_cast<void>(sipward_analytics_traffic(analytics_.get(), &told));
    Traffic out;
    for (size_t i = 0; i < out.requests.size(); ++i) out.requests[i] = told.requests[i];
    for (size_t i = 0; i < out.attempts.size(); ++i) out.attempts[i] = told.attempts[i];
    for (size_t i = 0; i < out.registers.size(); ++i) out.registers[i] = told.registers[i];
    return out;
  }
  Times times(TimesOf which) const noexcept {
    using Nanoseconds = std::chrono::nanoseconds;
    sipward_times told{};
    told.struct_size = sizeof told;
    static_cast<void>(
        sipward_analytics_times(analytics_.get(), static_cast<uint32_t>(which), &told));
    return {told.count,
            Nanoseconds(told.sum_ns),
            Nanoseconds(told.least_ns),
            Nanoseconds(told.most_ns),
            Nanoseconds(told.p50_ns),
            Nanoseconds(told.p90_ns),
            Nanoseconds(told.p95_ns),
            Nanoseconds(told.p99_ns)};
  }
  // How many of them were not longer: exact at 1, 2, 4 ... ms.
  uint64_t TimesUntil(TimesOf which, std::chrono::nanoseconds bound) const noexcept {
    uint64_t count = 0;
    static_cast<void>(sipward_analytics_times_until(analytics_.get(), static_cast<uint32_t>(which),
                                                    bound.count(), &count));
    return count;
  }
  const sipward_analytics* c_analytics() const noexcept { return analytics_.get(); }

 private:
  friend class Engine;
  explicit Analytics(sipward_analytics* analytics) noexcept : analytics_(analytics) {}

  static CallCounts ToCounts(const sipward_call_counts& c) {
    using Nanoseconds = std::chrono::nanoseconds;
    CallCounts out;
    out.key.assign(c.key, c.key_size);
    out.cut = (c.flags & SIPWARD_COUNTS_CUT) != 0;
    out.count = c.count;
    out.error = c.error;
    out.attempts = c.attempts;
    out.answered = c.answered;
    out.ended = c.ended;
    out.short_calls = c.short_calls;
    for (size_t i = 0; i < out.failed.size(); ++i) out.failed[i] = c.failed[i];
    for (size_t i = 0; i < out.attested.size(); ++i) out.attested[i] = c.attested[i];
    out.auth_failures = c.auth_failures;
    out.talk = Nanoseconds(c.talk_ns);
    out.cost = c.cost;
    out.setups = c.setups;
    out.setup_sum = Nanoseconds(c.setup_sum_ns);
    out.setup_p50 = Nanoseconds(c.setup_p50_ns);
    out.setup_p95 = Nanoseconds(c.setup_p95_ns);
    out.setup_p99 = Nanoseconds(c.setup_p99_ns);
    return out;
  }

  detail::Handle<sipward_analytics, sipward_analytics_destroy> analytics_;
};

}  // namespace sipward

#endif  // SIPWARD_ANALYTICS_H_
