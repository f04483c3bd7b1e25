// What goes on, in numbers: calls by trunk, account, caller, destination, range of numbers,
// country, User-Agent and source, with the field's ratios and times; in memory of a fixed size.
//
// Events go in, as the engine makes them of messages or a host tells of them; a call record is a
// call that began, was answered and ended at once, so both give the same numbers. README.md says
// what each of them means.
#ifndef SIPWARD_ANALYTICS_ANALYTICS_H_
#define SIPWARD_ANALYTICS_ANALYTICS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/histogram.h"
#include "analytics/top_keys.h"
#include "base/hash.h"
#include "base/ip.h"
#include "base/time.h"
#include "facts/facts.h"

namespace sipward::analytics {

// What calls are told apart by.
enum class Dimension : uint8_t {
  kTrunk,
  kAccount,
  kCaller,       // number in one form
  kDestination,  // number in one form
  kRange,        // of such a number, all but the last four digits
  kCountry,      // of the number that is called, as ISO 3166-1 code
  kUserAgent,
  kSource,  // address; of IPv6 the network of the host
};
inline constexpr size_t kDimensions = 8;
std::string_view NameOf(Dimension dimension);  // "trunk" ...

// Why a call was not answered, by the final response.
enum class Failure : uint8_t {
  kRedirected,  // 3xx
  kChallenged,  // 401, 402, 407, and no more came
  kBusy,        // 486, 600
  kNoAnswer,    // 480
  kDeclined,    // 603
  kCancelled,   // 487
  kTimeout,     // 408, 504, or no response at all
  kRejected,    // other 4xx
  kServer,      // other 5xx
  kRefused,     // other 6xx
  kUnknown,     // not said
};
inline constexpr size_t kFailures = 11;
std::string_view NameOf(Failure failure);
Failure FailureOf(int64_t code);

// What the check of the caller's identity found when the call began.
enum class Attestation : uint8_t {
  kA,
  kB,
  kC,
  kOther,      // verified, without a level
  kNone,       // no Identity
  kFailed,     // that did not hold
  kUnchecked,  // no result
};
inline constexpr size_t kAttestations = 7;
std::string_view NameOf(Attestation attestation);

// Times to the first response, by the method of the request.
enum class Method : uint8_t { kInvite, kRegister, kOptions, kOther };
inline constexpr size_t kMethods = 4;
std::string_view NameOf(Method method);

// Of calls, all together or of one row.
struct Counts {
  uint64_t attempts = 0;  // that began
  uint64_t answered = 0;
  uint64_t ended = 0;        // answered or not
  uint64_t short_calls = 0;  // answered, and over sooner than Options::short_call
  uint64_t auth_failures = 0;
  std::array<uint64_t, kFailures> failed{};
  std::array<uint64_t, kAttestations> attested{};
  Nanos talk = 0;    // of calls that were answered and are over; saturates
  int64_t cost = 0;  // millionths; saturates

  void Add(const Counts& other);
};

// From the INVITE to the first sign of its progress. Of a row to 1/16; in all, and of responses, to
// 1/32.
using RowTimes = Histogram<uint32_t, kMillisecond, 3, 18>;
using Times = Histogram<uint64_t, kMillisecond / 64, 4, 25>;

struct Totals {
  Counts calls;
  Times setup;
  std::array<Times, kMethods> responses;
  std::array<uint64_t, kMethods> requests{};        // without those that are sent again
  std::array<uint64_t, 3> attempts{}, registers{};  // by facts::Result

  void Add(const Totals& other);
};

inline constexpr size_t kKeyBytes = 64;
inline constexpr uint32_t kMostRows = 65'536;

// What stands in a dimension for one key.
struct Row {
  std::array<char, kKeyBytes> key;  // of a source its address
  uint8_t key_size = 0;
  bool cut = false;  // the key is longer
  Counts counts;
  RowTimes setup;
};

struct Options {
  uint32_t rows = 0;  // of each dimension
  Nanos short_call = 6 * kSecond;
};

// One thread's, or behind a lock. Nothing is allocated but when it is made.
class Analytics {
 public:
  Analytics(const Options& options, const HashSecret& secret);

  // A message from this source: the ones that talk most are those of most messages.
  void TakeSource(const IpAddress& source);
  void TakeRequest(Method method) { ++totals_.requests[static_cast<size_t>(method)]; }
  void TakeResponse(Method method, Nanos time) {
    totals_.responses[static_cast<size_t>(method)].Add(time);
  }
  // Events of calls, call records, attempts to authenticate, registrations, and messages that are
  // told by fields.
  // `agent`: keyed hash of the User-Agent that the call began with, where the event does not have
  // it; 0: not known. `of_message`: its source was counted by TakeSource.
  void TakeEvent(facts::HostEvent& event, uint64_t agent, bool of_message);

  const Totals& totals() const { return totals_; }
  const TopKeys& keys(Dimension dimension) const { return Of(dimension).keys; }
  const std::vector<Row>& rows(Dimension dimension) const { return Of(dimension).rows; }
  // Bytes that it takes, nearly.
  static uint64_t MemoryOf(const Options& options);

 private:
  struct Table {
    explicit Table(uint32_t capacity) : keys(capacity) { rows.resize(keys.capacity()); }
    TopKeys keys;
    std::vector<Row> rows;  // by slot
  };
  struct Step;

  static uint32_t CapacityOf(Dimension dimension, const Options& options);
  const Table& Of(Dimension dimension) const { return tables_[static_cast<size_t>(dimension)]; }
  uint64_t HashOf(std::string_view key) const { return KeyedHash64(secret_, key); }
  Row* Place(Dimension dimension, std::string_view key, uint64_t hash, bool count);
  void Put(Dimension dimension, std::string_view key, const Step& step);
  void PutAt(Dimension dimension, std::string_view key, uint64_t hash, bool count,
             const Step& step);
  Step StepOf(facts::HostEvent& event) const;
  void TakeCall(facts::HostEvent& event, uint64_t agent, bool of_message);
  void PutCallee(std::string_view number, const Step& step);
  void TakeAttempt(facts::HostEvent& event);

  HashSecret secret_;
  Nanos short_call_;
  Totals totals_;
  std::vector<Table> tables_;
};

// What several of them counted together, and in order.
class Report {
 public:
  struct Line {
    std::string key;
    uint64_t count = 0;  // of a source its messages and records; else attempts. At most too high by
    uint64_t error = 0;  // this
    bool cut = false;
    Counts counts;  // since the key has its row
    RowTimes setup;
  };
  struct Lines {
    std::vector<Line> lines;  // those that surely came most first, by count - error
    uint32_t capacity = 0;
    uint64_t total = 0;      // of all keys, those without a line as well
    uint64_t evictions = 0;  // 0: every line is exact, and there are no others
  };

  // Takes one in that has the same options and secret as those before. May allocate.
  void Add(const Analytics& analytics);
  // After the last.
  void Settle();

  const Totals& totals() const { return totals_; }
  const Lines& lines(Dimension dimension) const { return lines_[static_cast<size_t>(dimension)]; }

 private:
  struct Part {
    uint64_t hash;
    size_t from;  // which of those that were added
    Line line;
  };
  void Join(size_t dimension);

  Totals totals_;
  std::array<Lines, kDimensions> lines_;
  std::array<std::vector<Part>, kDimensions> parts_;
  // Of each that was added: what a key without a line may have come there.
  std::array<std::vector<uint64_t>, kDimensions> least_;
};

}  // namespace sipward::analytics

#endif  // SIPWARD_ANALYTICS_ANALYTICS_H_
